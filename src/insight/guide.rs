//! The guide of one group, made of its own members' answers: what they agree on already, where
//! they differ, what hardly anybody could answer, and the sides of it in words that somebody
//! wrote. Only answers of respondents who allowed it: members' to their group, others' to be
//! quoted. A vote never stands beside a name.
//!
//! What belongs into a guide follows the practice of deliberative formats (Living Room
//! Conversations, World Café, deliberative polling): story before opinion, open questions, both
//! sides, no push for consensus. [`guide`] finds what to talk about; [`sheet`] puts it into words;
//! [`edits`] is the organizer's layer over them.

use serde::{Deserialize, Serialize};

use super::Insight;
use crate::domain::{QuestionId, ResponseId};

pub mod edits;
mod facts;
pub mod markdown;
mod plan;
mod quotes;
pub mod sheet;
pub mod standing;
mod topics;
mod votes;

/// The guide of one group. Kept as it was made; words around it are added when it is shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Guide {
    /// How long the group meets.
    pub minutes: u32,
    /// Statements on which at least two members voted who let the group see their answers.
    pub voted: u32,
    /// On how many of these both sides sit at the table.
    pub divided: u32,
    /// Statements on which all members who voted say the same: no time is needed for them.
    pub agreed: Vec<Votes>,
    /// What to talk about, in order.
    pub topics: Vec<Topic>,
    /// What members asked or claimed that somebody could look up.
    pub facts: Vec<Quote>,
}

/// Members' votes on a statement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Votes {
    /// The statement.
    pub text: String,
    /// Members who agree.
    pub agree: u32,
    /// Members who disagree.
    pub disagree: u32,
    /// Members who passed.
    pub pass: u32,
}

/// One thing to talk about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Topic {
    /// Its name within the guide, for edits: `shared.q1`, `differs.q2.s5`.
    #[serde(default)]
    pub key: String,
    /// Why it is here.
    pub why: Why,
    /// The question, or the statement on which members differ.
    pub text: String,
    /// How members voted, for statements.
    pub votes: Option<Votes>,
    /// Themes of which members speak differently, for questions on which a group differs.
    #[serde(default)]
    pub between: Vec<String>,
    /// What was written, from different sides.
    pub quotes: Vec<Quote>,
}

/// Why a topic is in a guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Every group talks about it.
    Shared,
    /// This group differs on it.
    Differs,
    /// Everybody together differs on it: of this group too little is known.
    Divides,
    /// Hardly anybody had an answer.
    Unanswered,
    /// A further question of the article.
    Further,
}

/// Words of an answer: the slice `start..end` of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The words.
    pub text: String,
    /// Whose answer.
    pub response: ResponseId,
    /// To which question.
    pub question: QuestionId,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Whether a member of the group wrote it.
    pub inside: bool,
    /// The name under it, where that is allowed; never beside a side.
    pub name: Option<String>,
    /// The side of its author on the statement above it.
    #[serde(default)]
    pub side: Option<Side>,
}

/// A side of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Agrees with it.
    Agree,
    /// Disagrees with it.
    Disagree,
}

impl Quote {
    /// The name by which it can be hidden: where it stands, never what it says.
    pub fn key(&self) -> String {
        format!("{}:{}:{}:{}", self.response, self.question, self.start, self.end)
    }
}

/// The guide for these members (those who have answered; whoever was added by hand has no
/// answers), who meet for so many minutes.
pub fn guide(insight: &Insight, members: &[ResponseId], minutes: u32) -> Guide {
    let counted = votes::of_members(insight, members);
    let (voted, divided) = votes::divided(&counted);
    let topics = topics::topics(insight, members, &counted);
    let facts = facts::facts(insight, members, &topics);
    let agreed = votes::agreed(&counted, &topics);
    Guide { minutes, voted, divided, agreed, topics, facts }
}
