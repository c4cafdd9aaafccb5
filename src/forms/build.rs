//! A document, question by question, with what was noted on the way.

use std::collections::{BTreeMap, BTreeSet};

use super::sheet::plain;
use super::{Brought, MOST_NOTES, Note, Source, Unreadable};
use crate::domain::condition::CANNOT_SAY;
use crate::domain::document::{DocumentQuestion, MOST_LINES, MOST_QUESTIONS};
use crate::domain::kind::{
    Allocation, Amount, Kind, Multiple, Number, OTHER, OWN, Open, Ranking, Scale, Single,
    Statements, Vote,
};
use crate::domain::options::Head;
use crate::domain::question::{Line, Translation};
use crate::domain::text::{one_line, shortened};
use crate::domain::{Document, Wording};

mod conditions;

/// A text in the form's language and in others, by language tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub own: String,
    pub others: BTreeMap<String, String>,
}

impl From<&str> for Said {
    fn from(own: &str) -> Self {
        Self { own: plain(own), others: BTreeMap::new() }
    }
}

impl Said {
    pub fn is_empty(&self) -> bool {
        self.own.is_empty() && self.others.is_empty()
    }

    /// This, or another text where there is none.
    pub fn or(self, other: &str) -> Self {
        if self.own.is_empty() { Self { own: plain(other), ..self } } else { self }
    }
}

/// Options or statements: each by its value there.
pub(super) type Lines = Vec<(String, Said)>;

/// How a question is answered.
pub(super) enum How {
    Open {
        long: bool,
        most: Option<u32>,
    },
    Single {
        lines: Lines,
        other: bool,
    },
    Multiple {
        lines: Lines,
        other: bool,
    },
    /// The points from the lowest on, each by its value there; what the ends mean.
    Scale {
        points: Vec<String>,
        low: Said,
        high: Said,
    },
    Statements {
        lines: Lines,
    },
    Ranking {
        lines: Lines,
    },
    Number {
        least: Option<Amount>,
        most: Option<Amount>,
        whole: bool,
        unit: String,
    },
    Allocation {
        lines: Lines,
        total: u32,
    },
}

/// A question, as it is found.
pub(super) struct Asking {
    /// Its name there.
    pub name: String,
    pub prompt: Said,
    pub help: Said,
    pub required: bool,
    pub how: How,
}

impl Asking {
    pub fn new(name: &str, prompt: impl Into<Said>, how: How) -> Self {
        let prompt = prompt.into();
        Self { name: name.to_owned(), prompt, help: Said::default(), required: false, how }
    }
}

/// What is known of a question that was added.
struct Known {
    /// Our value for each value there.
    values: Vec<(String, String)>,
    /// When it is asked, as the file says it, outermost first.
    when: Vec<String>,
    /// Where the file says it otherwise: by its question and our values.
    instead: Option<(usize, Vec<String>)>,
    name: String,
}

/// A document that is being read.
pub(super) struct Builder {
    source: Source,
    pub document: Document,
    notes: Vec<Note>,
    known: Vec<Known>,
    /// Questions by their names there, and lines of questions that have a name of their own.
    names: BTreeMap<String, (usize, Option<String>)>,
}

impl Builder {
    pub fn new(source: Source, title: &str, language: &str) -> Self {
        let language = tag(language).unwrap_or_else(|| "en".to_owned());
        let document = Document::new(one_line(&plain(title), 300), language);
        Self { source, document, notes: vec![], known: vec![], names: BTreeMap::new() }
    }

    pub fn note(&mut self, about: &str, what: impl Into<String>) {
        let note = Note { about: shortened(&plain(about), 120), what: what.into() };
        if self.notes.len() < MOST_NOTES && !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Title or introduction in the form's language and in others.
    pub fn head(&mut self, title: &Said, introduction: &Said) {
        if !title.own.is_empty() {
            self.document.title = one_line(&title.own, 300);
        }
        self.document.introduction = introduction.own.chars().take(20_000).collect();
        let mut all: BTreeMap<String, Head> = BTreeMap::new();
        for (language, text) in &title.others {
            all.entry(language.clone()).or_default().title = one_line(text, 300);
        }
        for (language, text) in &introduction.others {
            let text = text.chars().take(20_000).collect();
            all.entry(language.clone()).or_default().introduction = text;
        }
        self.document.options.translations = all;
    }

    /// Adds a question; its place.
    pub fn ask(&mut self, asking: Asking) -> Option<usize> {
        let Asking { name, prompt, help, required, how } = asking;
        if self.known.len() >= MOST_QUESTIONS {
            self.note("", format!("Only the first {MOST_QUESTIONS} questions were read."));
            return None;
        }
        let prompt = prompt.or(&name);
        let mut translations: BTreeMap<String, Translation> = BTreeMap::new();
        for (language, text) in &prompt.others {
            translations.entry(language.clone()).or_default().prompt = one_line(text, 2000);
        }
        for (language, text) in &help.others {
            translations.entry(language.clone()).or_default().help = one_line(text, 1000);
        }
        for (text, most) in [(&prompt, 2000), (&help, 1000)] {
            if text.own.chars().count() > most {
                self.note(&name, format!("Its text was cut after {most} characters."));
            }
        }
        let (kind, values) = self.kind(&name, how, &mut translations);
        let wording = Wording {
            help: one_line(&help.own, 1000),
            required,
            translations,
            ..Wording::new(one_line(&prompt.own, 2000), kind)
        };
        let place = self.known.len();
        let key = Some(format!("q{}", place + 1));
        self.document.questions.push(DocumentQuestion { key, wording, passage: None });
        self.known.push(Known { values, when: vec![], instead: None, name: name.clone() });
        self.names.entry(name).or_insert((place, None));
        Some(place)
    }

    /// A further name by which conditions call a question, or one line of it.
    pub fn called(&mut self, name: &str, place: usize, value: Option<&str>) {
        self.names.insert(name.to_owned(), (place, value.map(str::to_owned)));
    }

    /// When the question is asked, as the file says it; several: all of them.
    pub fn when(&mut self, place: usize, condition: &str) {
        if let Some(known) = self.known.get_mut(place).filter(|_| !condition.trim().is_empty()) {
            known.when.push(condition.trim().to_owned());
        }
    }

    /// When the question is asked: after one of these values of another.
    pub fn after(&mut self, place: usize, earlier: usize, values: Vec<String>) {
        if let Some(known) = self.known.get_mut(place) {
            known.instead = Some((earlier, values));
        }
    }

    fn kind(
        &mut self,
        name: &str,
        how: How,
        translations: &mut BTreeMap<String, Translation>,
    ) -> (Kind, Vec<(String, String)>) {
        let mut say = |key: &str, said: &Said| {
            for (language, text) in &said.others {
                let texts = translations.entry(language.clone()).or_default();
                texts.lines.insert(key.to_owned(), one_line(text, 1000));
            }
        };
        let mut values = vec![];
        match how {
            How::Open { long, most } => (Kind::Open(Open { long, most }), values),
            How::Number { least, most, whole, unit } => {
                let unit = one_line(&unit, 200);
                (Kind::Number(Number { least, most, whole, unit }), values)
            }
            How::Scale { mut points, low, high } => {
                if points.len() > 11 {
                    self.note(
                        name,
                        "A scale has at most 11 points here: the upper ones were left out.",
                    );
                    points.truncate(11);
                }
                for (number, point) in (1..).zip(&points) {
                    let number: u32 = number;
                    values.push((point.clone(), number.to_string()));
                }
                say("low", &low);
                say("high", &high);
                let (low, high) = (one_line(&low.own, 200), one_line(&high.own, 200));
                let points = u8::try_from(points.len().max(2)).unwrap_or(5);
                (Kind::Scale(Scale { points, low, high, cannot_say: false }), values)
            }
            How::Single { lines, other } => {
                let options = self.lines(name, "o", lines, &mut values, &mut say);
                values.push((OTHER.to_owned(), OTHER.to_owned()));
                (Kind::Single(Single { options, other }), values)
            }
            How::Multiple { lines, other } => {
                let options = self.lines(name, "o", lines, &mut values, &mut say);
                values.push((OTHER.to_owned(), OTHER.to_owned()));
                (Kind::Multiple(Multiple { options, other }), values)
            }
            How::Ranking { lines } => {
                let options = self.lines(name, "o", lines, &mut values, &mut say);
                (Kind::Ranking(Ranking { options }), values)
            }
            How::Allocation { lines, total } => {
                let options = self.lines(name, "o", lines, &mut values, &mut say);
                (Kind::Allocation(Allocation { options, other: false, total }), values)
            }
            How::Statements { lines } => {
                let statements = self.lines(name, "s", lines, &mut values, &mut say);
                (Kind::Statements(Statements { statements, ..Statements::default() }), values)
            }
        }
    }

    fn lines(
        &mut self,
        name: &str,
        letter: &str,
        mut lines: Lines,
        values: &mut Vec<(String, String)>,
        say: &mut impl FnMut(&str, &Said),
    ) -> Vec<Line> {
        if lines.len() > MOST_LINES {
            self.note(name, format!("Only the first {MOST_LINES} of its options were read."));
            lines.truncate(MOST_LINES);
        }
        let mut taken: BTreeSet<String> = BTreeSet::new();
        let mut kept = vec![];
        for (number, (value, said)) in (1_usize..).zip(lines) {
            let said = said.or(&value);
            if said.own.is_empty() {
                continue;
            }
            let own = is_key(&value) && !taken.contains(&value);
            let mut key = if own { value.clone() } else { format!("{letter}{number}") };
            while taken.contains(&key) {
                key.push('x');
            }
            taken.insert(key.clone());
            values.push((value, key.clone()));
            say(&key, &said);
            kept.push(Line { key, text: one_line(&said.own, 1000) });
        }
        kept
    }

    /// The document with its conditions.
    pub fn finish(mut self) -> Result<Brought, Unreadable> {
        if self.known.is_empty() {
            return Err(Unreadable::Nothing);
        }
        for place in 0..self.known.len() {
            let condition = self.condition(place);
            if let Some(question) = self.document.questions.get_mut(place) {
                question.wording.shown_if = condition;
            }
        }
        let document = self.document.sound().map_err(Unreadable::Faults)?;
        Ok(Brought { source: self.source, document, notes: self.notes, answers: vec![] })
    }
}

/// A vote by the words of a scale of agreement; `None`: another answer.
pub(super) fn vote(text: &str) -> Option<Vote> {
    let text = text.trim().to_lowercase();
    match text.as_str() {
        "agree" | "yes" | "同意" | "赞成" | "是" => Some(Vote::Agree),
        "disagree" | "no" | "不同意" | "反对" | "否" => Some(Vote::Disagree),
        "pass" | "neutral" | "unsure" | "uncertain" | "don't know" | "no opinion" | "not sure"
        | "neither" | "跳过" | "中立" | "不确定" | "不清楚" => Some(Vote::Pass),
        _ => None,
    }
}

/// Whether these are the words for agreeing and disagreeing, so that rows are statements.
pub(super) fn are_votes<'a>(texts: impl IntoIterator<Item = &'a str>) -> bool {
    let votes: Option<Vec<Vote>> = texts.into_iter().map(vote).collect();
    votes.is_some_and(|votes| {
        (2..=3).contains(&votes.len())
            && votes.contains(&Vote::Agree)
            && votes.contains(&Vote::Disagree)
    })
}

/// A question's title with one of its rows.
pub(super) fn joined(title: &Said, row: &Said) -> Said {
    let mut said = Said { own: format!("{} — {}", title.own, row.own), ..Said::default() };
    for (language, text) in &title.others {
        let row = row.others.get(language).unwrap_or(&row.own);
        said.others.insert(language.clone(), format!("{text} — {row}"));
    }
    said
}

/// A language tag as we write it: `zh` for Chinese in simplified letters.
pub(super) fn tag(said: &str) -> Option<String> {
    let said = said.trim().replace('_', "-");
    let mut pieces = said.split('-');
    let first = pieces.next()?.to_lowercase();
    let fits = (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
    let rest: Vec<String> = pieces.map(str::to_owned).collect();
    let plain = rest.is_empty()
        || first == "zh"
            && rest.iter().any(|r| ["cn", "hans"].contains(&r.to_lowercase().as_str()));
    let sound = rest
        .iter()
        .all(|r| (1..=8).contains(&r.len()) && r.bytes().all(|b| b.is_ascii_alphanumeric()));
    if !fits || !sound || said.len() > 35 {
        return None;
    }
    Some(if plain { first } else { format!("{first}-{}", rest.join("-")) })
}

/// Whether a value there can be a key here.
fn is_key(value: &str) -> bool {
    let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    (1..=40).contains(&value.len())
        && value.bytes().all(fits)
        && ![OTHER, OWN, CANNOT_SAY].contains(&value)
}
