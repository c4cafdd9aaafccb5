//! The kinds of question. The list is closed: adding one is one file here, and the compiler
//! names every place that has to know it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::Answer;
use super::fields::Fields;
use super::question::Line;

mod allocation;
mod availability;
mod ballot;
mod contact;
mod digits;
mod multiple;
mod number;
mod open;
mod ranking;
mod scale;
mod single;
mod statements;

pub use allocation::{Allocation, OTHER, Shares};
pub use availability::{Availability, Free, Slot};
pub use ballot::{Ballot, Shared};
pub use contact::{Contact, ContactAnswer};
pub use multiple::Multiple;
pub use number::{Amount, Number};
pub use open::Open;
pub use ranking::Ranking;
pub use scale::Scale;
pub use single::{Chosen, Single};
pub use statements::{OWN, Statements, Vote, Votes};

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// In the reader's own words.
    Open(Open),
    /// One option.
    Single(Single),
    /// Any number of options.
    Multiple(Multiple),
    /// One of n points between two ends.
    Scale(Scale),
    /// Agree, disagree or pass, line by line.
    Statements(Statements),
    /// Options in an order of one's own.
    Ranking(Ranking),
    /// Points shared among options.
    Allocation(Allocation),
    /// A number.
    Number(Number),
    /// Yes, if need be or no for each possible time.
    Availability(Availability),
    /// Who they are and what they allow.
    Contact(Contact),
}

/// What is wrong with what was typed. The words for it are the page's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It must be answered and is not.
    Missing,
    /// A choice that the question does not offer; an old page, or not a browser.
    NotOffered,
    /// A text where a number must stand.
    NoNumber(String),
    /// A number that is too small or too large.
    OutOfRange {
        /// The smallest that fits, if one is set.
        least: Option<Amount>,
        /// The largest that fits, if one is set.
        most: Option<Amount>,
    },
    /// A fraction where only whole numbers fit.
    NotWhole(String),
    /// A place that two options were given.
    SamePlace(u32),
    /// More points given than there are.
    TooMany {
        /// What was given in all.
        given: u32,
        /// What there is to give.
        total: u32,
    },
    /// Something that is no mail address.
    NoAddress,
    /// A consent that needs an address, without one.
    AddressMissing,
}

impl Kind {
    /// Reads the answer under `name` from a form: `None` where nothing was answered.
    ///
    /// # Errors
    /// What is wrong, where something was answered that cannot be kept as it is.
    pub fn read(&self, fields: &Fields, name: &str) -> Result<Option<Answer>, Problem> {
        Ok(match self {
            Self::Open(kind) => kind.read(fields, name).map(Answer::Open),
            Self::Single(kind) => kind.read(fields, name)?.map(Answer::Single),
            Self::Multiple(kind) => kind.read(fields, name)?.map(Answer::Multiple),
            Self::Scale(kind) => kind.read(fields, name)?,
            Self::Statements(kind) => kind.read(fields, name)?.map(Answer::Statements),
            Self::Ranking(kind) => kind.read(fields, name)?.map(Answer::Ranking),
            Self::Number(kind) => kind.read(fields, name)?.map(Answer::Number),
            Self::Allocation(kind) => kind.read(fields, name)?.map(Answer::Allocation),
            Self::Availability(kind) => kind.read(fields, name)?.map(Answer::Availability),
            Self::Contact(kind) => {
                kind.read(fields, name)?.map(|given| Answer::Contact(Box::new(given)))
            }
        })
    }

    /// Its lines with keys of their own: options or statements.
    pub fn lines(&self) -> &[Line] {
        match self {
            Self::Single(kind) => &kind.options,
            Self::Multiple(kind) => &kind.options,
            Self::Ranking(kind) => &kind.options,
            Self::Allocation(kind) => &kind.options,
            Self::Statements(kind) => &kind.statements,
            Self::Open(_)
            | Self::Scale(_)
            | Self::Number(_)
            | Self::Availability(_)
            | Self::Contact(_) => &[],
        }
    }

    /// Its options or statements, to be changed, and the letter with which their keys begin.
    pub fn lines_mut(&mut self) -> Option<(&mut Vec<Line>, &'static str)> {
        match self {
            Self::Single(kind) => Some((&mut kind.options, "o")),
            Self::Multiple(kind) => Some((&mut kind.options, "o")),
            Self::Ranking(kind) => Some((&mut kind.options, "o")),
            Self::Allocation(kind) => Some((&mut kind.options, "o")),
            Self::Statements(kind) => Some((&mut kind.statements, "s")),
            Self::Open(_)
            | Self::Scale(_)
            | Self::Number(_)
            | Self::Availability(_)
            | Self::Contact(_) => None,
        }
    }

    /// Gives each line that has no key yet (an empty one) a key that none of the lines of its
    /// question has `ever` had: answers stay with the words they were given to.
    pub fn name_lines<'a>(&mut self, ever: impl IntoIterator<Item = &'a Line>) {
        let Some((lines, letter)) = self.lines_mut() else { return };
        let number = |line: &Line| line.key.strip_prefix(letter)?.parse::<u32>().ok();
        let before = ever.into_iter().filter_map(number).max();
        let last = lines.iter().filter_map(number).max().max(before).unwrap_or(0);
        let new = lines.iter_mut().filter(|line| line.key.is_empty());
        for (line, number) in new.zip(last.saturating_add(1)..) {
            line.key = format!("{letter}{number}");
        }
    }

    /// Shows `change` every text of its own that can be translated, each with its key.
    pub fn texts(&mut self, change: &mut dyn FnMut(&str, &mut String)) {
        match self {
            Self::Scale(kind) => {
                change("low", &mut kind.low);
                change("high", &mut kind.high);
            }
            Self::Number(kind) => change("unit", &mut kind.unit),
            _ => {
                for line in self.lines_mut().into_iter().flat_map(|(lines, _)| lines) {
                    change(&line.key, &mut line.text);
                }
            }
        }
    }

    /// The word for it in addresses, stored JSON and `--json` output.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Open(_) => "open",
            Self::Single(_) => "single",
            Self::Multiple(_) => "multiple",
            Self::Scale(_) => "scale",
            Self::Statements(_) => "statements",
            Self::Ranking(_) => "ranking",
            Self::Number(_) => "number",
            Self::Allocation(_) => "allocation",
            Self::Availability(_) => "availability",
            Self::Contact(_) => "contact",
        }
    }
}
