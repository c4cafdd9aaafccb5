//! `results.xlsx`: a sheet for each view, with numbers as numbers, times as times, words as
//! words (never formulas), and a chart beside each tally. The sheet of responses is written line
//! by line and not held.

use std::io::{Seek, Write};
use std::path::Path;

use rust_xlsxwriter::{
    ColNum, DocProperties, ExcelDateTime, Format, FormatAlign, RowNum, Workbook, Worksheet,
    XlsxError,
};

use super::cells::{self, Cell};
use super::form::Form;
use super::table::Responses;
use crate::insight::Insight;

mod opinions;
mod tallies;
mod words;

/// So many lines fit into a sheet of Excel, the head included.
const LINES: RowNum = 1_048_576;
/// So many columns.
const COLUMNS: usize = 16_384;
/// So many characters fit into a cell, counted as Excel does: in UTF-16.
const CHARACTERS: usize = 32_767;
/// What stands at the end of a text that does not fit.
const CUT: &str = " … [cut here, since Excel takes no more: the whole text is in responses.csv]";

/// What is written, and how.
pub struct Given<'a> {
    /// The questions.
    pub form: &'a Form,
    /// What was made of the answers.
    pub insight: &'a Insight,
    /// How many responses there are.
    pub count: usize,
    /// Where parts of the workbook stand while it is written.
    pub folder: &'a Path,
}

/// Writes the workbook.
///
/// # Errors
/// A file that takes no more, a database that refuses.
pub fn write(
    given: &Given<'_>,
    all: &mut Responses<'_>,
    file: impl Write + Seek + Send,
) -> anyhow::Result<()> {
    let mut book = Workbook::new();
    book.set_tempdir(given.folder).map_err(failed)?;
    let questionnaire = &given.form.questionnaire;
    let mut about = DocProperties::new().set_title(&questionnaire.title);
    // Not the present time: the same answers are the same bytes.
    let made = questionnaire.published_at.unwrap_or(questionnaire.created_at);
    if let Ok(made) = ExcelDateTime::from_timestamp(made.timestamp()) {
        about = about.set_creation_datetime(&made);
    }
    book.set_properties(&about);
    let style = Style::default();
    words::overview(&mut Sheet::add(&mut book, "Overview", &style)?, given)?;
    responses(&mut book, &style, given, all)?;
    for tally in &given.insight.tallies {
        tallies::sheet(&mut book, &style, given, tally)?;
    }
    words::themes(&mut book, &style, given.insight)?;
    words::quotes(&mut book, &style, given.insight)?;
    if let Some(opinion) = given.insight.opinion.as_deref() {
        opinions::statements(&mut book, &style, given.insight, opinion)?;
        opinions::groups(&mut book, &style, opinion)?;
    }
    book.save_to_writer(file).map_err(failed)
}

/// One line a response, in the columns of `responses.csv`.
fn responses(
    book: &mut Workbook,
    style: &Style,
    given: &Given<'_>,
    all: &mut Responses<'_>,
) -> anyhow::Result<()> {
    let mut columns = cells::columns(given.form);
    columns.truncate(COLUMNS);
    let page = book.add_worksheet_with_constant_memory().map_err(failed)?;
    let mut sheet = Sheet { page, style, row: 0 };
    sheet.name("Responses")?;
    let mut heads = Vec::with_capacity(columns.len());
    for column in &columns {
        heads.push(column.head());
    }
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let widths: Vec<f64> =
        columns.iter().map(|c| if c.words.is_empty() { 12.0 } else { 24.0 }).collect();
    sheet.heads(&heads, &widths)?;
    for response in all {
        let response = response?;
        if sheet.row >= LINES {
            // The rest is read all the same, and left out; the overview says so.
            continue;
        }
        let row = cells::Row::of(given.form, &response);
        sheet.line(columns.iter().map(|column| row.cell(column)))?;
    }
    Ok(())
}

/// Whether all responses have a line of their own.
fn fits(count: usize) -> bool {
    u32::try_from(count).is_ok_and(|count| count < LINES)
}

/// How cells look.
struct Style {
    head: Format,
    moment: Format,
    day: Format,
    share: Format,
    mean: Format,
    text: Format,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            head: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            share: Format::new().set_num_format("0 %"),
            mean: Format::new().set_num_format("0.0"),
            text: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        }
    }
}

/// A sheet that is filled line by line.
struct Sheet<'a> {
    page: &'a mut Worksheet,
    style: &'a Style,
    row: RowNum,
}

impl<'a> Sheet<'a> {
    fn add(book: &'a mut Workbook, name: &str, style: &'a Style) -> anyhow::Result<Self> {
        let mut sheet = Self { page: book.add_worksheet(), style, row: 0 };
        sheet.name(name)?;
        Ok(sheet)
    }

    fn name(&mut self, name: &str) -> anyhow::Result<()> {
        self.page.set_name(name).map_err(failed)?;
        Ok(())
    }

    /// The heads of the columns, which stay in sight, and their widths in characters.
    fn heads(&mut self, heads: &[&str], widths: &[f64]) -> anyhow::Result<()> {
        for (at, width) in (0..).zip(widths) {
            self.page.set_column_width(at, *width).map_err(failed)?;
        }
        for (at, head) in (0..).zip(heads) {
            let head = shortened(head);
            self.page
                .write_string_with_format(self.row, at, &*head, &self.style.head)
                .map_err(failed)?;
        }
        self.row += 1;
        self.page.set_freeze_panes(self.row, 0).map_err(failed)?;
        Ok(())
    }

    fn line<'b>(&mut self, cells: impl IntoIterator<Item = Cell<'b>>) -> anyhow::Result<()> {
        for (at, cell) in (0..).zip(cells) {
            self.cell(at, &cell)?;
        }
        self.row += 1;
        Ok(())
    }

    fn cell(&mut self, at: ColNum, cell: &Cell<'_>) -> anyhow::Result<()> {
        let (sheet, row, style) = (&mut *self.page, self.row, self.style);
        match cell {
            Cell::Empty => return Ok(()),
            Cell::Text(text) | Cell::Word(text) => sheet.write_string(row, at, &*shortened(text)),
            Cell::Whole(number) => sheet.write_number(row, at, whole(*number)),
            Cell::Amount(amount) => sheet.write_number(row, at, amount.value()),
            Cell::Moment(moment) | Cell::Day(moment) => {
                let day = matches!(cell, Cell::Day(_));
                let format = if day { &style.day } else { &style.moment };
                let moment = ExcelDateTime::from_timestamp(moment.timestamp()).map_err(failed)?;
                sheet.write_datetime_with_format(row, at, &moment, format)
            }
        }
        .map_err(failed)?;
        Ok(())
    }

    fn number(&mut self, at: ColNum, number: f64) -> anyhow::Result<()> {
        self.page.write_number(self.row, at, number).map_err(failed)?;
        Ok(())
    }

    fn share(&mut self, at: ColNum, share: f64) -> anyhow::Result<()> {
        let format = &self.style.share;
        self.page.write_number_with_format(self.row, at, share, format).map_err(failed)?;
        Ok(())
    }

    fn mean(&mut self, at: ColNum, mean: f64) -> anyhow::Result<()> {
        let format = &self.style.mean;
        self.page.write_number_with_format(self.row, at, mean, format).map_err(failed)?;
        Ok(())
    }

    fn text(&mut self, at: ColNum, text: &str) -> anyhow::Result<()> {
        let (text, format) = (shortened(text), &self.style.text);
        self.page.write_string_with_format(self.row, at, &*text, format).map_err(failed)?;
        Ok(())
    }

    fn next(&mut self) {
        self.row += 1;
    }
}

/// A count as the floating point number that workbooks are made of.
#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "counts and points, below 2^53"
)]
fn whole(number: i64) -> f64 {
    number as f64
}

fn count(number: usize) -> f64 {
    whole(i64::try_from(number).unwrap_or(i64::MAX))
}

/// A text that fits into a cell.
fn shortened(text: &str) -> std::borrow::Cow<'_, str> {
    if text.len() <= CHARACTERS || text.encode_utf16().count() <= CHARACTERS {
        return text.into();
    }
    let mut left = CHARACTERS - CUT.encode_utf16().count();
    let fits = |c: &char| {
        let fits = c.len_utf16() <= left;
        left = left.saturating_sub(c.len_utf16());
        fits
    };
    let mut short: String = text.chars().take_while(fits).collect();
    short.push_str(CUT);
    short.into()
}

/// A workbook that could not be written; a file that takes no more is told as what it is.
fn failed(error: XlsxError) -> anyhow::Error {
    match error {
        XlsxError::IoError(error) => error.into(),
        XlsxError::ZipError(error) => std::io::Error::from(error).into(),
        other => other.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_where_excel_takes_no_more_and_say_so() {
        assert_eq!(shortened("short"), "short");
        let fits = "é".repeat(CHARACTERS);
        assert_eq!(shortened(&fits), fits);
        for letter in ["a", "字", "😀"] {
            let cut = shortened(&letter.repeat(40_000)).into_owned();
            let length = cut.encode_utf16().count();
            assert!((CHARACTERS - 1..=CHARACTERS).contains(&length), "{letter}: {length}");
            assert!(cut.starts_with(letter) && cut.ends_with(CUT));
        }
    }
}
