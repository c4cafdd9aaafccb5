//! A brief as it is read, whatever it is read on: words in order, nothing to compute.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::frozen::Change;
use super::{Brief, By, Quote, Table};
use crate::words::Words;

/// The brief in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// The language: `en` or `zh`.
    pub language: String,
    /// "Brief", its version and day.
    pub kicker: String,
    /// The questionnaire's title.
    pub title: String,
    /// The sections.
    pub sections: Vec<Part>,
    /// Who signed it, and when.
    pub signed: String,
    /// What has to be known about it: that words were taken back, and which are the organizer's.
    pub notes: Vec<String>,
    /// "What changed", if it is not the first version.
    pub changes_title: String,
    /// What changed, one line each.
    pub changes: Vec<String>,
    /// Where it can be read; empty for a draft.
    pub address: String,
}

/// A section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its heading.
    pub title: String,
    /// Its sentences.
    pub items: Vec<Item>,
}

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// The sentence.
    pub text: String,
    /// What says that it is the organizer's; empty where it is made of the answers.
    pub mark: String,
    /// Numbers under it.
    pub table: Option<Table>,
    /// In their words.
    pub quotes: Vec<Said>,
}

/// A quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The words; of a quote that was taken back, what says so.
    pub text: String,
    /// Whether its author has taken it back.
    pub gone: bool,
    /// Whose words they are, as far as may be said.
    pub by: String,
    /// The language of the page they were written on.
    pub language: String,
}

/// What belongs to a version beside its text.
#[derive(Clone, Debug, Default)]
pub struct Edition<'a> {
    /// Its number; none for a draft.
    pub number: Option<i32>,
    /// When it was published, or the day of the draft.
    pub at: Option<DateTime<Utc>>,
    /// Who signed; empty: nobody.
    pub signed: &'a str,
    /// When, as it was typed.
    pub signed_on: &'a str,
    /// What the organizer says about this version.
    pub note: &'a str,
    /// What changed.
    pub changes: &'a [Change],
    /// How many quotes were taken back since it was published.
    pub withdrawn: usize,
    /// Where it can be read.
    pub address: &'a str,
}

/// The brief in words.
pub fn sheet(brief: &Brief, edition: &Edition<'_>) -> Sheet {
    let words = Words::of(&brief.language);
    let part = |section: &super::Section| Part {
        title: section.title.clone(),
        items: section
            .sentences
            .iter()
            .map(|sentence| Item {
                text: sentence.text.clone(),
                mark: if sentence.by == By::Made { String::new() } else { words.get("brief-mark") },
                table: sentence.table.clone(),
                quotes: sentence.quotes.iter().map(|quote| quoted(words, quote)).collect(),
            })
            .collect(),
    };
    let own = brief.sentences().any(|(_, sentence)| sentence.by != By::Made);
    let mut notes = vec![];
    if own {
        notes.push(words.with("brief-own-words", &[("mark", words.get("brief-mark").into())]));
    }
    if edition.withdrawn > 0 {
        notes.push(words.with("brief-withdrawn-since", &[("count", edition.withdrawn.into())]));
    }
    let mut changes: Vec<String> = edition.changes.iter().map(|c| changed(words, c)).collect();
    if !edition.note.is_empty() {
        changes.insert(0, edition.note.to_owned());
    }
    Sheet {
        language: words.language().to_owned(),
        kicker: kicker(words, edition),
        title: brief.title.clone(),
        sections: brief.sections.iter().map(part).collect(),
        signed: signed(words, edition),
        notes,
        changes_title: words.get("brief-changes"),
        changes,
        address: edition.address.to_owned(),
    }
}

fn kicker(words: Words, edition: &Edition<'_>) -> String {
    let day = edition.at.map(|at| words.date(at, chrono_tz::UTC)).unwrap_or_default();
    match edition.number {
        Some(number) => {
            let number = i64::from(number);
            words.with("brief-kicker", &[("number", number.into()), ("day", day.into())])
        }
        None => words.get("brief-kicker-draft"),
    }
}

fn signed(words: Words, edition: &Edition<'_>) -> String {
    match (edition.signed, edition.signed_on) {
        ("", _) => String::new(),
        (name, "") => words.with("brief-signed", &[("name", name.into())]),
        (name, day) => words.with("brief-signed-on", &[("name", name.into()), ("day", day.into())]),
    }
}

/// A quote in words.
pub fn quoted(words: Words, quote: &Quote) -> Said {
    let gone = quote.text.is_empty();
    // Who is not named is nobody: only what is made up has to be told.
    let by = match (&quote.name, quote.example) {
        (Some(name), true) => words.with("brief-example-by", &[("name", name.into())]),
        (Some(name), false) => name.clone(),
        (None, true) => words.get("brief-example"),
        (None, false) => String::new(),
    };
    Said {
        text: if gone { words.get("brief-quote-gone") } else { quote.text.clone() },
        gone,
        by: if gone { String::new() } else { by },
        language: quote.language.clone(),
    }
}

/// A line of the change log.
fn changed(words: Words, change: &Change) -> String {
    let counted = [
        ("new", change.new),
        ("changed", change.changed),
        ("gone", change.gone),
        ("quotes", change.quotes),
    ];
    let what = counted.into_iter().filter(|(_, count)| *count > 0).map(|(what, count)| {
        words.with(&format!("brief-change-{what}"), &[("count", count.into())])
    });
    let what = what.collect::<Vec<_>>().join(&words.get("brief-list"));
    words
        .with("brief-change", &[("section", change.section.as_str().into()), ("what", what.into())])
}
