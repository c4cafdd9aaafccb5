//! Tables of votes as Polis exports them, and any table of people by statements: bytes in, votes
//! out. Reads no files; every error names the line and the column.
//!
//! `participants-votes.csv` has the columns `participant`, sometimes `xid`, `group-id`,
//! `n-comments`, `n-votes`, `n-agree` and `n-disagree`, then one column for each statement, named
//! by its id. A plain matrix has the person in its first column and a statement in each other.

use std::collections::{HashMap, HashSet};
use std::fmt;

use csv::ByteRecord;

use crate::analysis::opinions::Votes;

mod lines;
#[cfg(test)]
mod tests;

pub use lines::Lines;

/// Columns of `participants-votes.csv` that hold no votes.
const BESIDE: [&str; 6] = ["xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"];

/// Characters of the file that an error repeats.
const CUT: usize = 60;

/// What cannot be read, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The line of the file, from 1; of a cell with line breaks the first line of its row.
    pub line: u64,
    /// The name of the column, where one is to blame.
    pub column: Option<String>,
    /// A sentence without its full stop.
    pub what: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(column) = &self.column {
            write!(f, ", column “{}”", shown(column, CUT))?;
        }
        write!(f, ": {}", self.what)
    }
}

impl std::error::Error for Unreadable {}

/// Who voted how on which statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// The id of each row, none twice.
    pub people: Vec<String>,
    /// The id of each column, none twice.
    pub statements: Vec<String>,
    /// Rows x statements: 1 agrees, -1 disagrees, 0 passes, `None` has not seen it.
    pub cells: Vec<Vec<Option<i8>>>,
    /// The group that the file gives each row, where it gives one.
    pub groups: Vec<Option<String>>,
}

impl Matrix {
    /// Reads `participants-votes.csv` or a plain matrix.
    ///
    /// UTF-8 with or without a byte order mark; commas, semicolons or tabs. A vote is `1`, `0`,
    /// `-1` (also `1.0`, as tables of numbers write it) or an empty cell.
    ///
    /// # Errors
    /// The first thing in the file that is not so.
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut rows = Rows::new(bytes)?;
        let votes: Vec<(usize, String)> = (0_usize..)
            .zip(&rows.header)
            .skip(1)
            .filter(|(_, name)| !BESIDE.contains(&name.as_str()))
            .map(|(at, name)| (at, name.clone()))
            .collect();
        let group = rows.place("group-id");
        let mut matrix = Self {
            statements: votes.iter().map(|(_, name)| name.clone()).collect(),
            ..Self::default()
        };
        let mut known: HashMap<String, u64> = HashMap::new();
        while let Some(row) = rows.next()? {
            let person = row.text(0)?.trim();
            if person.is_empty() {
                return Err(row.wrong(0, "the person’s id is missing"));
            }
            if let Some(line) = known.insert(person.to_owned(), row.line) {
                let twice = format!("“{}” stands in line {line} already", shown(person, CUT));
                return Err(row.wrong(0, &twice));
            }
            matrix.people.push(person.to_owned());
            let given = group.map(|at| row.text(at)).transpose()?.map(str::trim);
            matrix.groups.push(given.filter(|name| !name.is_empty()).map(str::to_owned));
            let cells = votes.iter().map(|(at, _)| row.vote(*at));
            matrix.cells.push(cells.collect::<Result<_, _>>()?);
        }
        Ok(matrix)
    }

    /// The same without some statements, those that were moderated out; how many were found.
    pub fn remove(&mut self, statements: &HashSet<String>) -> usize {
        let keep: Vec<bool> = self.statements.iter().map(|s| !statements.contains(s)).collect();
        let before = self.statements.len();
        let kept = |at: usize| keep.get(at).copied().unwrap_or(true);
        let mut at = 0;
        self.statements.retain(|_| {
            at += 1;
            kept(at - 1)
        });
        for row in &mut self.cells {
            let mut at = 0;
            row.retain(|_| {
                at += 1;
                kept(at - 1)
            });
        }
        before - self.statements.len()
    }

    /// As the analysis takes them.
    pub fn votes(&self) -> Votes {
        Votes {
            people: self.people.clone(),
            statements: self.statements.len(),
            cells: self.cells.clone(),
        }
    }
}

/// One statement of `comments.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its id, the name of its column among the votes.
    pub id: String,
    /// Its words.
    pub text: String,
    /// 1 accepted, 0 not decided, -1 moderated out.
    pub moderated: i8,
}

/// Reads `comments.csv`: the columns `comment-id` and `comment-body`, and `moderated` if there is
/// one; others are passed over.
///
/// # Errors
/// The first thing in the file that is not so.
pub fn comments(bytes: &[u8]) -> Result<Vec<Comment>, Unreadable> {
    let mut rows = Rows::new(bytes)?;
    let needed = |name: &str| {
        rows.place(name).ok_or_else(|| Unreadable {
            line: 1,
            column: None,
            what: format!("there is no column “{name}”"),
        })
    };
    let (id, body, moderated) =
        (needed("comment-id")?, needed("comment-body")?, rows.place("moderated"));
    let mut comments = vec![];
    let mut known: HashMap<String, u64> = HashMap::new();
    while let Some(row) = rows.next()? {
        let name = row.text(id)?.trim();
        if name.is_empty() {
            return Err(row.wrong(id, "the comment’s id is missing"));
        }
        if let Some(line) = known.insert(name.to_owned(), row.line) {
            let twice = format!("“{}” stands in line {line} already", shown(name, CUT));
            return Err(row.wrong(id, &twice));
        }
        comments.push(Comment {
            id: name.to_owned(),
            text: row.text(body)?.to_owned(),
            moderated: moderated.map_or(Ok(1), |at| row.vote(at).map(|m| m.unwrap_or(0)))?,
        });
    }
    Ok(comments)
}

/// Text of a file for a terminal or a message: on one line, without control characters, cut after
/// `most` characters.
pub fn shown(text: &str, most: usize) -> String {
    let plain = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        _ if c.is_control() => '\u{fffd}',
        _ => c,
    };
    let mut shown: String = text.chars().take(most).map(plain).collect();
    if text.chars().nth(most).is_some() {
        shown.push('…');
    }
    shown
}

/// The rows of a table under a header, each as long as that.
struct Rows<'a> {
    reader: csv::Reader<&'a [u8]>,
    lines: Lines<'a>,
    header: Vec<String>,
    record: ByteRecord,
}

/// One row.
struct Row<'a> {
    line: u64,
    header: &'a [String],
    record: &'a ByteRecord,
}

impl<'a> Rows<'a> {
    fn new(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let at = |line, what: &str| Unreadable { line, column: None, what: what.to_owned() };
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return Err(at(1, "the file is UTF-16; save it as CSV in UTF-8"));
        }
        if let Some(place) = bytes.iter().position(|byte| *byte == 0) {
            let lines = bytes.iter().take(place).filter(|byte| **byte == b'\n').count();
            let line = u64::try_from(lines + 1).unwrap_or(u64::MAX);
            return Err(at(line, "the file holds zero bytes: it is no text"));
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter(bytes))
            .from_reader(bytes);
        let mut record = ByteRecord::new();
        let any = reader.read_byte_record(&mut record).map_err(|e| at(1, &e.to_string()))?;
        if !any {
            return Err(at(1, "the file is empty"));
        }
        let mut header: Vec<String> = vec![];
        for (number, name) in (1..).zip(&record) {
            let name = std::str::from_utf8(name)
                .ok()
                .ok_or_else(|| at(1, &format!("the name of column {number} is not UTF-8")))?
                .trim();
            if name.is_empty() {
                return Err(at(1, &format!("column {number} has no name")));
            }
            header.push(name.to_owned());
        }
        let mut known = HashSet::new();
        if let Some(twice) = header.iter().find(|name| !known.insert(name.as_str())) {
            return Err(at(1, &format!("two columns are called “{}”", shown(twice, CUT))));
        }
        Ok(Self { reader, lines: Lines::of(bytes), header, record })
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|n| n == name)
    }

    fn next(&mut self) -> Result<Option<Row<'_>>, Unreadable> {
        let any = self.reader.read_byte_record(&mut self.record).map_err(|error| Unreadable {
            line: self.lines.of_row(Some(self.reader.position())),
            column: None,
            what: error.to_string(),
        })?;
        if !any {
            return Ok(None);
        }
        let line = self.lines.of_row(self.record.position());
        if self.record.len() != self.header.len() {
            let (found, wanted) = (self.record.len(), self.header.len());
            let what = format!("it has {found} cells; the first line has {wanted}");
            return Err(Unreadable { line, column: None, what });
        }
        Ok(Some(Row { line, header: &self.header, record: &self.record }))
    }
}

impl Row<'_> {
    fn wrong(&self, at: usize, what: &str) -> Unreadable {
        Unreadable { line: self.line, column: self.header.get(at).cloned(), what: what.to_owned() }
    }

    fn text(&self, at: usize) -> Result<&str, Unreadable> {
        let bytes = self.record.get(at).unwrap_or_default();
        std::str::from_utf8(bytes)
            .ok()
            .ok_or_else(|| self.wrong(at, "it is not UTF-8; save the file as CSV in UTF-8"))
    }

    fn vote(&self, at: usize) -> Result<Option<i8>, Unreadable> {
        let bytes = self.record.get(at).unwrap_or_default().trim_ascii();
        match bytes {
            b"" => Ok(None),
            b"1" | b"1.0" => Ok(Some(1)),
            b"0" | b"0.0" | b"-0.0" => Ok(Some(0)),
            b"-1" | b"-1.0" => Ok(Some(-1)),
            _ => {
                let text = self.text(at)?;
                let what =
                    format!("“{}” is no vote; 1, 0, -1 or nothing is", shown(text.trim(), CUT));
                Err(self.wrong(at, &what))
            }
        }
    }
}

/// What parts the cells of a table: of comma, semicolon and tab the one that stands most often in
/// the first line, outside of quotation marks.
pub fn delimiter(bytes: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in bytes {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            other if !quoted => {
                counts.iter_mut().filter(|(mark, _)| mark == other).for_each(|(_, n)| *n += 1);
            }
            _ => {}
        }
    }
    // The first of equals, so a single column counts as parted by commas.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(mark, _)| *mark)
}
