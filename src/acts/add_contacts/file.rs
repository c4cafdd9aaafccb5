//! What is in a file: the text of a table, or a workbook as a text of the same kind.

use std::io::{self, Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use zip::ZipArchive;

use super::sheet::MOST_COLUMNS;

/// A workbook may unpack to so many bytes.
const LARGEST: u64 = 96 << 20;
/// How many lines of a workbook are read.
const MOST_LINES: usize = 150_000;

/// Why a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A binary file of another kind.
    #[error(
        "The file is neither a table (CSV) nor an Excel workbook (XLSX). \
         In your table program, save it as one of these."
    )]
    Kind,
    /// A workbook that is broken or kept under a password.
    #[error(
        "The workbook cannot be opened: it is broken or has a password. \
         In your table program, save it as “CSV UTF-8”."
    )]
    Workbook,
    /// A workbook without a word in it.
    #[error(
        "The workbook is empty: no sheet has anything in it. Write one person a line, with a first \
         line such as “name, email”, and save it."
    )]
    Empty,
    /// A workbook that is too large.
    #[error("The workbook is too large. Save the sheet with the people as “CSV UTF-8”.")]
    TooLarge,
}

/// The text of a file: UTF-8, UTF-16 with a mark, else GB 18030 or Windows-1252; of an XLSX
/// workbook its first sheet that is not empty, as CSV.
///
/// # Errors
/// See [`Unreadable`].
pub fn text(bytes: &[u8]) -> Result<String, Unreadable> {
    if bytes.starts_with(b"PK\x03\x04") {
        return workbook(bytes);
    }
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => UTF_16LE.decode_without_bom_handling(rest),
        [0xfe, 0xff, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest),
        _ => match UTF_8.decode_with_bom_removal(bytes) {
            (text, false) => (text, false),
            _ => old(bytes).decode_without_bom_handling(bytes),
        },
    };
    let (text, broken) = text;
    let binary = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}');
    if broken || text.chars().filter(|c| binary(*c)).count() > 8 || text.contains('\0') {
        return Err(Unreadable::Kind);
    }
    Ok(text.into_owned())
}

/// The encoding of a text that is no UTF-8: Chinese characters are pairs of high bytes, letters
/// with accents stand alone.
fn old(bytes: &[u8]) -> &'static Encoding {
    let runs = bytes.split(u8::is_ascii).map(<[u8]>::len).filter(|length| *length > 0);
    let (even, odd): (Vec<usize>, Vec<usize>) = runs.partition(|length| length % 2 == 0);
    if even.len() > 2 * odd.len() { GB18030 } else { WINDOWS_1252 }
}

fn workbook(bytes: &[u8]) -> Result<String, Unreadable> {
    measure(bytes)?;
    let mut book: Xlsx<_> =
        open_workbook_from_rs(Cursor::new(bytes)).map_err(|_broken| Unreadable::Workbook)?;
    for name in book.sheet_names() {
        let mut rows = Rows::default();
        let mut cells =
            book.worksheet_cells_reader(&name).map_err(|_broken| Unreadable::Workbook)?;
        while let Some(cell) = cells.next_cell().map_err(|_broken| Unreadable::Workbook)? {
            let (row, column) = cell.get_position();
            if !rows.put(row, column, said(&Data::from(cell.get_value().clone()))) {
                break;
            }
        }
        if !rows.is_empty() {
            return rows.text().ok_or(Unreadable::Workbook);
        }
    }
    Err(Unreadable::Empty)
}

/// The lines of a sheet. Its empty lines are kept, so that the numbers are those of the sheet.
#[derive(Default)]
struct Rows(Vec<Vec<String>>);

impl Rows {
    /// Puts a text into a cell; false: the sheet is longer than what is read.
    fn put(&mut self, row: u32, column: u32, said: String) -> bool {
        let (Ok(row), Ok(column)) = (usize::try_from(row), usize::try_from(column)) else {
            return false;
        };
        if row >= MOST_LINES {
            return false;
        }
        if column >= MOST_COLUMNS || said.trim().is_empty() {
            return true;
        }
        if self.0.len() <= row {
            self.0.resize(row + 1, vec![]);
        }
        if let Some(cells) = self.0.get_mut(row) {
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            cells.splice(column..=column, [said]);
        }
        true
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }

    fn text(&self) -> Option<String> {
        let width = self.0.iter().map(Vec::len).max().unwrap_or(0);
        let mut out = csv::WriterBuilder::new().flexible(true).from_writer(vec![]);
        for cells in &self.0 {
            if cells.is_empty() {
                // Written by hand: an empty record is written as a pair of quotation marks.
                out.write_record(vec![""; width.max(2)]).ok()?;
            } else {
                let rest = width.max(2).saturating_sub(cells.len());
                let cells = cells.iter().map(String::as_str);
                out.write_record(cells.chain(std::iter::repeat_n("", rest))).ok()?;
            }
        }
        String::from_utf8(out.into_inner().ok()?).ok()
    }
}

/// A cell in words: days as days, whole numbers without a point.
fn said(cell: &Data) -> String {
    match cell {
        Data::DateTime(at) => match at.as_datetime() {
            Some(at) => at.format("%Y-%m-%d %H:%M:%S").to_string(),
            None => at.as_f64().to_string(),
        },
        Data::Error(_) => String::new(),
        // In a cell of several lines they are one.
        other => other.to_string().replace(['\r', '\n'], " "),
    }
}

/// Refuses an archive that unpacks to more than we would hold, whatever it says about itself.
fn measure(bytes: &[u8]) -> Result<(), Unreadable> {
    let broken = |_| Unreadable::Workbook;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut left = LARGEST;
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(broken)?;
        let read = io::copy(&mut file.take(left), &mut io::sink());
        left -= read.map_err(|_broken| Unreadable::Workbook)?.min(left);
        if left == 0 {
            return Err(Unreadable::TooLarge);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    #[test]
    fn texts_of_table_programs_are_read_in_their_encodings() {
        let list = "姓名,邮箱\n王薇,wei@example.org";
        assert_eq!(text(list.as_bytes()).unwrap(), list);
        let marked = format!("\u{feff}{list}");
        assert_eq!(text(marked.as_bytes()).unwrap(), list);
        for unit in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes: Vec<u8> = marked.encode_utf16().flat_map(unit).collect();
            assert_eq!(text(&bytes).unwrap(), list);
        }
        assert_eq!(text(&GB18030.encode(list).0).unwrap(), list);
        let western = "name;email\nJörg;j@example.org";
        assert_eq!(text(&WINDOWS_1252.encode(western).0).unwrap(), western);
    }

    #[test]
    fn other_files_are_refused_with_a_way_out() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01";
        assert_eq!(text(png), Err(Unreadable::Kind));
        assert_eq!(text(b"\xff\xfe\x00\xd8"), Err(Unreadable::Kind));
        assert_eq!(text(b"PK\x03\x04\0\0"), Err(Unreadable::Workbook));
        // An old workbook, or one with a password, is a compound file.
        assert_eq!(text(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0"), Err(Unreadable::Kind));
    }

    #[test]
    fn a_workbook_is_read_from_its_first_sheet_with_people() {
        let mut book = Workbook::new();
        book.add_worksheet();
        let sheet = book.add_worksheet();
        sheet.write_row(1, 0, ["email", "name", "agreed on", "number"]).unwrap();
        sheet.write_row(3, 0, ["wei@example.org", "王薇, \"W\"\nx"]).unwrap();
        let day = ExcelDateTime::parse_from_str("2026-08-12").unwrap();
        let format = Format::new().set_num_format("yyyy-mm-dd");
        sheet.write_datetime_with_format(3, 2, &day, &format).unwrap();
        sheet.write(3, 3, 42).unwrap();
        let read = text(&book.save_to_buffer().unwrap()).unwrap();
        assert_eq!(
            read,
            ",,,\nemail,name,agreed on,number\n,,,\n\
             wei@example.org,\"王薇, \"\"W\"\" x\",2026-08-12 00:00:00,42\n"
        );
    }

    #[test]
    fn an_empty_workbook_is_empty_and_not_broken() {
        let mut book = Workbook::new();
        book.add_worksheet().write(2, 1, "  ").unwrap();
        assert_eq!(text(&book.save_to_buffer().unwrap()), Err(Unreadable::Empty));
    }

    #[test]
    fn an_archive_that_unpacks_without_end_is_refused() {
        let mut zip = ZipWriter::new(Cursor::new(vec![]));
        zip.start_file("xl/sharedStrings.xml", SimpleFileOptions::default()).unwrap();
        let zeros = vec![b' '; 1 << 20];
        for _ in 0..100 {
            zip.write_all(&zeros).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        assert!(bytes.len() < 1 << 20, "{}", bytes.len());
        assert_eq!(text(&bytes), Err(Unreadable::TooLarge));
    }
}
