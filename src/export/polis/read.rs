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
struct Table {
    name: String,
    columns: HashMap<String, usize>,
    heads: Vec<String>,
    rows: Vec<(u64, StringRecord)>,
}

impl Table {
    fn read(name: &str, bytes: &[u8]) -> Result<Self, Unreadable> {
        let text = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
        let text = text.ok().filter(|text| !text.contains('\0'));
        let text = text.ok_or_else(|| Unreadable::NotText(name.to_owned()))?;
        let reader =
            ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut rows = vec![];
        for record in reader.into_records() {
            let record = record.map_err(|_never| Unreadable::NotText(name.to_owned()))?;
            let line = record.position().map_or(0, csv::Position::line);
            rows.push((line, record));
        }
        let heads: Vec<String> = match rows.first() {
            Some((_, heads)) => heads.iter().map(|head| head.trim().to_lowercase()).collect(),
            None => vec![],
        };
        let columns = heads.iter().cloned().zip(0..).collect();
        Ok(Self { name: name.to_owned(), columns, heads, rows })
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

    fn cells(&self) -> impl Iterator<Item = (u64, &StringRecord)> {
        let rows = self.rows.iter().skip(1).map(|(line, record)| (*line, record));
        rows.filter(|(_, record)| record.iter().any(|cell| !cell.is_empty()))
    }

    fn cell<'a>(&self, record: &'a StringRecord, head: &str) -> &'a str {
        let at = self.columns.get(head);
        at.and_then(|at| record.get(*at)).unwrap_or_default().trim()
    }

    fn number(&self, line: u64, record: &StringRecord, head: &str) -> Result<u64, Unreadable> {
        let cell = self.cell(record, head);
        cell.parse().map_err(|_not| self.wrong(line, format!("“{cell}” is no number for {head}.")))
    }

    /// Reads the statements; how often each was agreed and disagreed with, as far as it is told.
    fn comments(&self, into: &mut Conversation) -> Result<HashMap<u64, (u64, u64)>, Unreadable> {
        let mut counts = HashMap::new();
        for (line, record) in self.cells() {
            let id = self.number(line, record, "comment-id")?;
            if self.cell(record, "moderated") == "-1" {
                into.rejected += 1;
                continue;
            }
            let text = one_line(unguarded(self.cell(record, "comment-body")), LONGEST);
            if text.is_empty() {
                return Err(self.wrong(line, format!("statement {id} has no words.")));
            }
            if into.comments.insert(id, text).is_some() {
                return Err(self.wrong(line, format!("statement {id} stands there twice.")));
            }
            let count = |head| self.cell(record, head).parse().ok();
            if let Some(both) = count("agrees").zip(count("disagrees")) {
                counts.insert(id, both);
            }
        }
        Ok(counts)
    }

    fn matrix(&self, into: &mut Conversation) -> Result<(), Unreadable> {
        let columns: Vec<(usize, u64)> = (0..)
            .zip(&self.heads)
            .filter_map(|(at, head)| Some((at, head.parse().ok()?)))
            .filter(|(_, id)| into.comments.contains_key(id))
            .collect();
        for (line, record) in self.cells() {
            let id = self.number(line, record, "participant")?;
            if record.len() != self.heads.len() {
                let why = format!(
                    "{} cells, where the first line has {}.",
                    record.len(),
                    self.heads.len()
                );
                return Err(self.wrong(line, why));
            }
            let mut voter = Voter::default();
            for (at, comment) in &columns {
                let cell = record.get(*at).unwrap_or_default().trim();
                if let Some(vote) = vote(cell).map_err(|why| self.wrong(line, why))? {
                    voter.votes.insert(*comment, vote);
                }
            }
            if into.voters.insert(id, voter).is_some() {
                return Err(self.wrong(line, format!("participant {id} stands there twice.")));
            }
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
            let vote = vote.ok_or_else(|| self.wrong(line, "there is no vote."))?;
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

fn vote(cell: &str) -> Result<Option<Vote>, String> {
    match cell {
        "" => Ok(None),
        "1" | "1.0" => Ok(Some(Vote::Agree)),
        "-1" | "-1.0" => Ok(Some(Vote::Disagree)),
        "0" | "0.0" | "-0.0" => Ok(Some(Vote::Pass)),
        other => Err(format!("“{}” is no vote: 1, -1, 0 or nothing.", one_line(other, 40))),
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
