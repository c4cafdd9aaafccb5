//! Polis's files, read: of its own export, of its open data, or of ours. Which file is which is
//! told by its columns, since names differ between versions.

use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read as _};

use chrono::{DateTime, Utc};
use csv::{ReaderBuilder, StringRecord};
use zip::ZipArchive;

use crate::domain::kind::Vote;
use crate::domain::text::one_line;
use crate::export::guard::unguarded;
use crate::polis::{self, Lines, Matrix};

/// A title is cut after so many characters.
const TOPIC: usize = 200;
/// So many bytes are taken out of an archive at most: far more than the largest conversation has.
const LARGEST: u64 = 256 << 20;
/// A statement is cut after so many characters; Polis takes no longer ones than 1,000.
const LONGEST: usize = 2_000;

/// What was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conversation {
    /// What it is about; empty where no file says it.
    pub topic: String,
    /// What its organizer wrote above it; may be empty.
    pub description: String,
    /// Where it was held; may be empty.
    pub link: String,
    /// The statements that were not rejected, by their number.
    pub comments: BTreeMap<u64, String>,
    /// How many statements its moderators rejected: they are left out, with the votes on them.
    pub rejected: usize,
    /// Who voted on at least one of the statements, by their number.
    pub voters: BTreeMap<u64, Voter>,
}

impl Conversation {
    /// Gives it a name, if there is anything in it.
    pub fn call(&mut self, name: &str) {
        let name = one_line(name, TOPIC);
        if !name.is_empty() {
            self.topic = name;
        }
    }

    /// Gives it a name where no file told one.
    pub fn call_if_nameless(&mut self, name: &str) {
        if self.topic.is_empty() {
            self.call(name);
        }
    }
}

/// One participant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Voter {
    /// Their last vote on each statement that they saw.
    pub votes: BTreeMap<u64, Vote>,
    /// When they last voted, where the files say it.
    pub at: Option<DateTime<Utc>>,
}

/// Why files cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// What is no archive of CSV files.
    #[error("“{0}” is neither a table saved as CSV nor a ZIP archive of such tables.")]
    Archive(String),
    /// What is no text.
    #[error("“{0}” is not UTF-8 text.")]
    NotText(String),
    /// A table that makes no sense.
    #[error("“{file}”, {what}.")]
    Table {
        /// The file.
        file: String,
        /// Where, and why.
        what: polis::Unreadable,
    },
    /// A cell that makes no sense.
    #[error("“{file}”, line {line}: {why}")]
    Line {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u64,
        /// What is wrong there.
        why: String,
    },
    /// There are no statements.
    #[error("None of the files has the statements: add “comments.csv”.")]
    NoComments,
    /// There are no votes.
    #[error("None of the files has the votes: add “participants-votes.csv” or “votes.csv”.")]
    NoVotes,
}

/// A file: its name and its bytes.
pub type File = (String, Vec<u8>);

/// Takes the tables out of archives; other files stay as they are.
///
/// # Errors
/// An archive that is broken or too large.
pub fn unpacked(files: Vec<File>) -> Result<Vec<File>, Unreadable> {
    let mut tables = vec![];
    for (name, bytes) in files {
        if !bytes.starts_with(b"PK\x03\x04") {
            tables.push((name, bytes));
            continue;
        }
        let broken = |_| Unreadable::Archive(name.clone());
        let mut archive = ZipArchive::new(Cursor::new(&bytes)).map_err(broken)?;
        let mut left = LARGEST;
        for at in 0..archive.len() {
            let file = archive.by_index(at).map_err(broken)?;
            let inner = file.name().map_err(broken)?.into_owned();
            let hidden = inner.starts_with("__MACOSX") || inner.contains("/.");
            if hidden || !inner.to_lowercase().ends_with(".csv") {
                continue;
            }
            let mut table = vec![];
            let read = file.take(left).read_to_end(&mut table);
            read.map_err(|_broken| Unreadable::Archive(name.clone()))?;
            left = left.saturating_sub(u64::try_from(table.len()).unwrap_or(u64::MAX));
            if left == 0 {
                return Err(Unreadable::Archive(name.clone()));
            }
            tables.push((inner, table));
        }
    }
    Ok(tables)
}

/// Reads a conversation. Where both tables of votes are there, the one with a line a participant
/// counts: it has the last vote on each statement, and its signs are always the same.
///
/// # Errors
/// See [`Unreadable`].
pub fn read(files: &[File]) -> Result<Conversation, Unreadable> {
    let mut tables = vec![];
    for (name, bytes) in files {
        tables.push(Table::read(name, bytes)?);
    }
    let with = |heads: &[&str]| tables.iter().find(|table| table.has(heads));
    let mut conversation = Conversation::default();
    let comments = with(&["comment-id", "comment-body"]).ok_or(Unreadable::NoComments)?;
    let counts = comments.comments(&mut conversation)?;
    if conversation.comments.is_empty() {
        return Err(Unreadable::NoComments);
    }
    let matrix = with(&["participant"]);
    let votes = with(&["comment-id", "voter-id", "vote"]);
    match (matrix, votes) {
        (Some(matrix), _) => matrix.matrix(&mut conversation)?,
        (None, Some(votes)) => votes.votes(&mut conversation, &counts)?,
        (None, None) => return Err(Unreadable::NoVotes),
    }
    if let (Some(_), Some(votes)) = (matrix, votes) {
        votes.times(&mut conversation)?;
    }
    conversation.voters.retain(|_, voter| !voter.votes.is_empty());
    if conversation.voters.is_empty() {
        return Err(Unreadable::NoVotes);
    }
    if let Some(summary) = tables.iter().find(|table| table.is_summary()) {
        summary.summary(&mut conversation);
    }
    Ok(conversation)
}

/// A table with the line that each of its rows began on.
struct Table<'a> {
    name: String,
    bytes: &'a [u8],
    columns: HashMap<String, usize>,
    heads: Vec<String>,
    rows: Vec<(u64, StringRecord)>,
}

impl<'a> Table<'a> {
    fn read(name: &str, bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let text = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
        let text = text.ok().filter(|text| !text.contains('\0'));
        let text = text.ok_or_else(|| Unreadable::NotText(name.to_owned()))?;
        let reader = ReaderBuilder::new()
            .delimiter(polis::delimiter(text.as_bytes()))
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let (mut rows, mut lines) = (vec![], Lines::of(text.as_bytes()));
        for record in reader.into_records() {
            let record = record.map_err(|_never| Unreadable::NotText(name.to_owned()))?;
            let line = lines.of_row(record.position());
            rows.push((line, record));
        }
        let heads: Vec<String> = match rows.first() {
            Some((_, heads)) => heads.iter().map(|head| head.trim().to_lowercase()).collect(),
            None => vec![],
        };
        let columns = heads.iter().cloned().zip(0..).collect();
        Ok(Self { name: name.to_owned(), bytes, columns, heads, rows })
    }

    fn has(&self, heads: &[&str]) -> bool {
        heads.iter().all(|head| self.columns.contains_key(*head))
    }

    fn is_summary(&self) -> bool {
        self.heads.first().is_some_and(|head| head == "topic") && self.heads.len() <= 2
    }

    fn wrong(&self, line: u64, why: impl Into<String>) -> Unreadable {
        Unreadable::Line { file: self.name.clone(), line, why: why.into() }
    }

    fn astray(&self, what: polis::Unreadable) -> Unreadable {
        Unreadable::Table { file: self.name.clone(), what }
    }

    fn cells(&self) -> impl Iterator<Item = (u64, &StringRecord)> {
        let rows = self.rows.iter().skip(1).map(|(line, record)| (*line, record));
        rows.filter(|(_, record)| record.iter().any(|cell| !cell.is_empty()))
    }

    fn cell<'b>(&self, record: &'b StringRecord, head: &str) -> &'b str {
        let at = self.columns.get(head);
        at.and_then(|at| record.get(*at)).unwrap_or_default().trim()
    }

    fn number(&self, line: u64, record: &StringRecord, head: &str) -> Result<u64, Unreadable> {
        let cell = self.cell(record, head);
        cell.parse().map_err(|_not| self.wrong(line, no_number(cell, head)))
    }

    /// Reads the statements; how often each was agreed and disagreed with, as far as it is told.
    fn comments(&self, into: &mut Conversation) -> Result<HashMap<u64, (u64, u64)>, Unreadable> {
        for comment in polis::comments(self.bytes).map_err(|what| self.astray(what))? {
            if comment.moderated == -1 {
                into.rejected += 1;
                continue;
            }
            let id = comment.id.parse();
            let id = id.map_err(|_not| self.wrong(1, no_number(&comment.id, "comment-id")))?;
            let text = one_line(unguarded(comment.text.trim()), LONGEST);
            if text.is_empty() {
                return Err(self.wrong(1, format!("statement {id} has no words.")));
            }
            into.comments.insert(id, text);
        }
        let counted = self.cells().filter_map(|(_, record)| {
            let number = |head| self.cell(record, head).parse().ok();
            Some((number("comment-id")?, (number("agrees")?, number("disagrees")?)))
        });
        Ok(counted.collect())
    }

    fn matrix(&self, into: &mut Conversation) -> Result<(), Unreadable> {
        let matrix = Matrix::read(self.bytes).map_err(|what| self.astray(what))?;
        let ids: Vec<Option<u64>> = matrix.statements.iter().map(|id| id.parse().ok()).collect();
        for (person, cells) in matrix.people.iter().zip(matrix.cells) {
            let number = person.parse();
            let number = number.map_err(|_not| self.wrong(1, no_number(person, "participant")))?;
            let mut voter = Voter::default();
            for (id, vote) in ids.iter().zip(cells) {
                if let (Some(id), Some(vote)) = (id, vote)
                    && into.comments.contains_key(id)
                {
                    voter.votes.insert(*id, of_sign(vote));
                }
            }
            into.voters.insert(number, voter);
        }
        Ok(())
    }

    /// Reads single votes, the last on each statement counts. Some versions of Polis write
    /// agreement as -1: the counts beside the statements tell.
    fn votes(
        &self,
        into: &mut Conversation,
        counts: &HashMap<u64, (u64, u64)>,
    ) -> Result<(), Unreadable> {
        let mut all = vec![];
        let mut counted: HashMap<u64, (u64, u64)> = HashMap::new();
        for (line, record) in self.cells() {
            let comment = self.number(line, record, "comment-id")?;
            let voter = self.number(line, record, "voter-id")?;
            let cell = self.cell(record, "vote");
            let vote = vote(cell).map_err(|why| self.wrong(line, why))?;
            if !into.comments.contains_key(&comment) {
                continue;
            }
            let count = counted.entry(comment).or_default();
            count.0 += u64::from(vote == Vote::Agree);
            count.1 += u64::from(vote == Vote::Disagree);
            all.push((moment(self.cell(record, "timestamp")), comment, voter, vote));
        }
        let same = |flip: bool| {
            let told = counted.iter().filter(|(id, (agree, disagree))| {
                let as_told = if flip { (*disagree, *agree) } else { (*agree, *disagree) };
                counts.get(id) == Some(&as_told)
            });
            told.count()
        };
        let flip = same(true) > same(false);
        // A stable sort: votes of one moment stay in the order of the file.
        all.sort_by_key(|(at, ..)| *at);
        for (at, comment, voter, vote) in all {
            let vote = match vote {
                Vote::Agree if flip => Vote::Disagree,
                Vote::Disagree if flip => Vote::Agree,
                vote => vote,
            };
            let voter = into.voters.entry(voter).or_default();
            voter.votes.insert(comment, vote);
            voter.at = voter.at.max(at);
        }
        Ok(())
    }

    /// Reads when participants last voted.
    fn times(&self, into: &mut Conversation) -> Result<(), Unreadable> {
        for (line, record) in self.cells() {
            let voter = self.number(line, record, "voter-id")?;
            if let Some(voter) = into.voters.get_mut(&voter) {
                voter.at = voter.at.max(moment(self.cell(record, "timestamp")));
            }
        }
        Ok(())
    }

    fn summary(&self, into: &mut Conversation) {
        for (_, record) in &self.rows {
            let value = unguarded(record.get(1).unwrap_or_default()).trim().to_owned();
            match record.get(0).map(str::trim) {
                Some("topic") => into.call(&value),
                Some("url") => into.link = value,
                Some("conversation-description") => into.description = value,
                _ => {}
            }
        }
    }
}

fn no_number(cell: &str, head: &str) -> String {
    format!("“{}” is no number for {head}.", polis::shown(cell, 40))
}

fn vote(cell: &str) -> Result<Vote, String> {
    match cell {
        "1" | "1.0" => Ok(Vote::Agree),
        "-1" | "-1.0" => Ok(Vote::Disagree),
        "0" | "0.0" | "-0.0" => Ok(Vote::Pass),
        other => Err(format!("“{}” is no vote; 1, 0 or -1 is.", polis::shown(other, 40))),
    }
}

fn of_sign(vote: i8) -> Vote {
    match vote {
        1 => Vote::Agree,
        -1 => Vote::Disagree,
        _ => Vote::Pass,
    }
}

/// A time in milliseconds, or in seconds as some versions write it.
fn moment(cell: &str) -> Option<DateTime<Utc>> {
    let number: i64 = cell.parse().ok()?;
    if number > 100_000_000_000 {
        DateTime::from_timestamp_millis(number)
    } else {
        DateTime::from_timestamp(number, 0)
    }
}

#[cfg(test)]
mod tests;
