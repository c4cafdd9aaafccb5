//! Answers as files: tables for people and programs, a workbook, everything as JSON, and the five
//! files of Polis, out and in. This room writes into files that it is given, and reads what it is
//! handed; it changes nothing that is kept.

pub mod cells;
pub mod everything;
pub mod form;
pub mod guard;
pub mod make;
pub mod polis;
pub mod sorted;
pub mod table;
pub mod workbook;

/// A file that can be had of a questionnaire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// `responses.csv`: one row a response.
    Responses,
    /// `answers.csv`: one row for each thing said.
    Answers,
    /// `results.xlsx`: a workbook with a sheet for each view.
    Workbook,
    /// `everything.json`.
    Everything,
    /// `polis.zip`: the five files that Polis writes.
    Polis,
    /// One of the five.
    PolisFile(polis::Part),
}

impl Export {
    /// Every file, in the order of the page.
    pub const ALL: [Self; 10] = [
        Self::Responses,
        Self::Answers,
        Self::Workbook,
        Self::Everything,
        Self::Polis,
        Self::PolisFile(polis::Part::Summary),
        Self::PolisFile(polis::Part::Comments),
        Self::PolisFile(polis::Part::Votes),
        Self::PolisFile(polis::Part::ParticipantsVotes),
        Self::PolisFile(polis::Part::StatsHistory),
    ];

    /// Its name in addresses, and the end of the name it is saved under.
    pub fn name(self) -> &'static str {
        match self {
            Self::Responses => "responses.csv",
            Self::Answers => "answers.csv",
            Self::Workbook => "results.xlsx",
            Self::Everything => "everything.json",
            Self::Polis => "polis.zip",
            Self::PolisFile(part) => part.name(),
        }
    }

    /// The file of this name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|export| export.name() == name)
    }

    /// What it is, for the header `Content-Type`.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Everything => "application/json",
            Self::Polis => "application/zip",
            Self::Responses | Self::Answers | Self::PolisFile(_) => "text/csv; charset=utf-8",
        }
    }
}

/// What somebody may choose of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether CSV begins with a byte order mark, by which Excel knows that it is UTF-8.
    pub mark: bool,
    /// Whether made-up examples are in it.
    pub examples: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { mark: false, examples: true }
    }
}
