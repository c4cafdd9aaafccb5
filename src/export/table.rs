//! CSV (RFC 4180): UTF-8, lines that end with CR LF, quotes where they are needed, and nothing
//! that a spreadsheet takes for a formula, in heads as in cells.

use std::io::{self, Write};

use csv::{Terminator, Writer, WriterBuilder};

use super::cells::{Cell, Row, columns};
use super::form::Form;
use super::guard::guarded;
use crate::store::copying::Copied;

/// A table that is being written.
pub struct Table<W: Write> {
    out: Writer<W>,
}

impl<W: Write> Table<W> {
    /// Begins a table; `mark`: with a byte order mark.
    ///
    /// # Errors
    /// A file that takes no more.
    pub fn begin(mut file: W, mark: bool) -> io::Result<Self> {
        if mark {
            file.write_all("\u{feff}".as_bytes())?;
        }
        let mut build = WriterBuilder::new();
        // Lines of one cell, as some programs write at the end, would not be ours to refuse.
        build.terminator(Terminator::CRLF).flexible(true).buffer_capacity(1 << 16);
        Ok(Self { out: build.from_writer(file) })
    }

    /// Puts words into the next cell.
    ///
    /// # Errors
    /// A file that takes no more.
    pub fn text(&mut self, text: &str) -> io::Result<()> {
        Ok(self.out.write_field(guarded(text).as_bytes())?)
    }

    /// Puts something of ours into the next cell: a number, a key, an id.
    ///
    /// # Errors
    /// A file that takes no more.
    pub fn plain(&mut self, word: &str) -> io::Result<()> {
        Ok(self.out.write_field(word)?)
    }

    /// Fills the next cell.
    ///
    /// # Errors
    /// A file that takes no more.
    pub fn cell(&mut self, cell: &Cell<'_>) -> io::Result<()> {
        match cell {
            Cell::Empty => self.plain(""),
            Cell::Text(text) => self.text(text),
            Cell::Word(word) => self.plain(word),
            Cell::Whole(0) => self.plain("0"),
            Cell::Whole(1) => self.plain("1"),
            Cell::Whole(number) => self.plain(&number.to_string()),
            Cell::Amount(amount) => self.plain(&amount.to_string()),
            Cell::Moment(at) => self.plain(&at.format("%Y-%m-%dT%H:%M:%SZ").to_string()),
            Cell::Day(at) => self.plain(&at.format("%Y-%m-%d").to_string()),
        }
    }

    /// Ends the line.
    ///
    /// # Errors
    /// A file that takes no more.
    pub fn end_line(&mut self) -> io::Result<()> {
        Ok(self.out.write_record(None::<&[u8]>)?)
    }

    /// Hands over the rest.
    ///
    /// # Errors
    /// A file that takes no more: then it is not whole.
    pub fn finish(self) -> io::Result<W> {
        self.out.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

/// Responses on their way into a file.
pub type Responses<'a> = dyn Iterator<Item = anyhow::Result<Copied>> + 'a;

/// `responses.csv`: one line a response.
///
/// # Errors
/// A file that takes no more, a database that refuses.
pub fn responses(
    form: &Form,
    all: &mut Responses<'_>,
    file: impl Write,
    mark: bool,
) -> anyhow::Result<()> {
    let columns = columns(form);
    let mut table = Table::begin(file, mark)?;
    for column in &columns {
        table.text(&column.head())?;
    }
    table.end_line()?;
    for response in all {
        let response = response?;
        let row = Row::of(form, &response);
        for column in &columns {
            table.cell(&row.cell(column))?;
        }
        table.end_line()?;
    }
    table.finish()?.flush()?;
    Ok(())
}

/// `answers.csv`: one line for each thing that was said.
///
/// # Errors
/// A file that takes no more, a database that refuses.
pub fn answers(
    form: &Form,
    all: &mut Responses<'_>,
    file: impl Write,
    mark: bool,
) -> anyhow::Result<()> {
    let mut table = Table::begin(file, mark)?;
    for head in ["response", "question", "version", "item", "value"] {
        table.plain(head)?;
    }
    table.end_line()?;
    for response in all {
        let response = response?;
        let id = response.id.to_string();
        for said in Row::of(form, &response).said() {
            table.plain(&id)?;
            table.plain(said.question)?;
            table.plain(&said.version.to_string())?;
            table.plain(&said.item)?;
            table.cell(&said.value)?;
            table.end_line()?;
        }
    }
    table.finish()?.flush()?;
    Ok(())
}
