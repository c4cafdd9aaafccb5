//! The brief: the summary that prepares the discussion, in the questionnaire's language. Every
//! sentence carries the responses it rests on, every quote is a slice of an answer of somebody who
//! allows it, and what is left out is said.
//!
//! It is made twice from the same answers: for the desk with every number, and to be published
//! with those only that tell nothing about a few people (see [`Limits`]).

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Insight, Material};
use crate::analysis::opinions::{Interval, StatementCount};
use crate::domain::{QuestionId, ResponseId};
use crate::words::Words;

mod asked;
mod closed;
mod covers;
pub mod edits;
pub mod frozen;
pub mod json;
pub mod markdown;
mod minority;
mod open;
mod quotes;
mod say;
pub mod sheet;
mod unsure;
mod votes;
mod who;

pub use say::Limits;
use say::Say;

/// The brief.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Brief {
    /// The questionnaire's title.
    pub title: String,
    /// The language it is written in: `en` or `zh`.
    pub language: String,
    /// Its sections, in order.
    pub sections: Vec<Section>,
}

/// One section.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Its name, the same for as long as there is something to say: `who`, a question's key, ….
    pub key: String,
    /// The question, or what the section is about.
    pub title: String,
    /// The keys of the questions whose answers its numbers are made of; `*`: of all responses.
    pub of: Vec<String>,
    /// What was said.
    pub sentences: Vec<Sentence>,
    /// Whether the organizer has added it.
    #[serde(default)]
    pub own: bool,
    /// Whether the organizer has taken it out.
    #[serde(skip)]
    pub dropped: bool,
}

/// Who has written a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// It is made of the answers.
    #[default]
    Made,
    /// The organizer has put it in other words.
    Edited,
    /// The organizer has added it.
    Own,
}

/// A sentence with what it rests on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sentence {
    /// Its name within the brief: `q1.theme.3fa0…`.
    pub key: String,
    /// The sentence.
    pub text: String,
    /// Who wrote it.
    #[serde(default)]
    pub by: By,
    /// The numbers under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<Table>,
    /// The numbers in it and under it, for programs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<Figure>,
    /// In their words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<Quote>,
    /// The responses it rests on.
    #[serde(skip)]
    pub rests_on: Vec<ResponseId>,
    /// The quotes that could stand under it.
    #[serde(skip)]
    pub choices: Vec<Quote>,
    /// What it would say by itself, where the organizer has put it in other words.
    #[serde(skip)]
    pub made: Option<String>,
    /// Whether what it would say has changed since.
    #[serde(skip)]
    pub newer: bool,
    /// Whether the organizer has taken it out.
    #[serde(skip)]
    pub dropped: bool,
}

/// A small table under a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// What stands in its columns.
    pub head: Vec<String>,
    /// Its rows, each as long as the head.
    pub rows: Vec<Vec<String>>,
}

/// A number with what it counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What is counted: `people`, `option.o1`, `point.3`, `mean.o2`, `agree`, ….
    pub what: String,
    /// The number; none where it would tell something about a few people.
    pub number: Option<f64>,
    /// Of how many people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<usize>,
    /// The 95 % Wilson interval of the share, from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likely: Option<(f64, f64)>,
}

/// Words of an answer that may be quoted: the slice `start..end` of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The words; empty once their author has taken them back.
    pub text: String,
    /// Whose answer.
    pub response: ResponseId,
    /// In which of its states.
    pub revision: i32,
    /// To which question.
    pub question: QuestionId,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The language of the page it was written on.
    pub language: String,
    /// The name under them, where it is allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether its author is made up.
    #[serde(default)]
    pub example: bool,
}

/// For whom a brief is made.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// The questionnaire's title.
    pub title: &'a str,
    /// Its language.
    pub words: Words,
    /// How many were invited.
    pub invited: u64,
    /// What may be told.
    pub limits: Limits,
}

impl Brief {
    /// Every sentence with its section.
    pub fn sentences(&self) -> impl Iterator<Item = (&Section, &Sentence)> {
        self.sections.iter().flat_map(|section| section.sentences.iter().map(move |s| (section, s)))
    }

    /// Every quote that stands in it.
    pub fn quotes(&self) -> impl Iterator<Item = &Quote> {
        self.sentences().flat_map(|(_, sentence)| &sentence.quotes)
    }
}

impl Section {
    fn new(key: &str, title: String, of: Vec<String>, sentences: Vec<Sentence>) -> Self {
        Self { key: key.to_owned(), title, of, sentences, ..Self::default() }
    }
}

impl Sentence {
    fn new(key: impl Into<String>, text: String, rests_on: Vec<ResponseId>) -> Self {
        Self { key: key.into(), text: begun(&text), rests_on, ..Self::default() }
    }

    /// In an organizer's words, as they were typed.
    fn written(key: &str, text: &str) -> Self {
        Self { key: key.to_owned(), text: text.to_owned(), ..Self::default() }
    }

    fn counting(mut self, figure: Figure) -> Self {
        self.figures.push(figure);
        self
    }
}

/// With a capital in front: "fewer than 5 people …" may begin a sentence.
fn begun(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// The brief of what was said; without a section while nobody has answered, or too few to be
/// told of.
pub fn brief(insight: &Insight, around: &Around<'_>) -> Brief {
    let common_ground = |insight: &Insight| {
        insight.opinion.as_ref().is_some_and(|opinion| !opinion.result.common_ground.is_empty())
    };
    let agreed = common_ground(insight);
    let mut insight = Cow::Borrowed(insight);
    if let (Some(opinion), least @ 1..) = (&insight.opinion, around.limits.people) {
        let opinion = opinion.publishable(u32::try_from(least).unwrap_or(u32::MAX));
        insight.to_mut().opinion = Some(Arc::new(opinion));
    }
    let insight = &*insight;
    let say = Say { words: around.words, limits: around.limits, bare: false };
    let material = &insight.material;
    let mut sections = vec![];
    if material.voices.len() >= around.limits.people.max(1) {
        sections.push(who::section(&say, insight, around.invited));
        for asked in &material.questions {
            let say = say.on(insight, asked);
            if let Some(open) = insight.themes.iter().find(|open| open.question == asked.id) {
                sections.extend(open::section(&say, material, asked, open));
            } else if let Some(tally) = insight.tallies.iter().find(|t| t.question == asked.id) {
                sections.extend(closed::section(&say, material, asked, tally));
            }
        }
        let kept_back = agreed && !common_ground(insight);
        sections.extend(votes::agree(&say, insight, kept_back));
        sections.extend(votes::differ(&say, insight));
        sections.extend(minority::section(&say, insight, &sections));
        sections.extend(unsure::section(&say, insight));
        sections.extend(votes::discuss(&say, insight));
        sections.push(covers::section(&say, insight));
    }
    Brief { title: around.title.to_owned(), language: around.words.language().to_owned(), sections }
}

/// Everybody's ids.
fn everybody(material: &Material) -> Vec<ResponseId> {
    material.voices.iter().map(|voice| voice.response.id).collect()
}

/// Statements with votes on both sides, the most divided first.
pub fn most_divided(counts: &[StatementCount]) -> Vec<(usize, &StatementCount)> {
    let mut divided: Vec<(usize, &StatementCount)> = (0..)
        .zip(counts)
        .filter(|(_, count)| count.agree.min(count.disagree) >= 2 && count.divisive > 0.0)
        .collect();
    divided.sort_by(|a, b| b.1.divisive.total_cmp(&a.1.divisive).then(a.0.cmp(&b.0)));
    divided
}

/// `62 %`
pub fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// `62 % (49 to 73)`
pub fn with_interval(interval: &Interval) -> String {
    let (low, high) = (interval.low * 100.0, interval.high * 100.0);
    format!("{} ({low:.0} to {high:.0})", percent(interval.share))
}

/// `1 person`, `64 people`
pub fn people(count: usize) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{count} people") }
}
