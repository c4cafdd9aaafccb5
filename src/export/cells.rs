//! What one response says, cell by cell: wide, one column for each thing that can be said, and
//! long, one line for each thing that was.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use super::form::{Form, Question};
use crate::domain::condition::CANNOT_SAY;
use crate::domain::consent::Consent;
use crate::domain::kind::{Amount, Kind, OTHER, OWN};
use crate::domain::question::text_of;
use crate::domain::status::Mode;
use crate::domain::{Answer, ResponseId, Wording};
use crate::store::copying::Copied;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing was said.
    Empty,
    /// Words, which may be anything.
    Text(Cow<'a, str>),
    /// A word of ours, an id or a key: never a formula.
    Word(Cow<'a, str>),
    /// A whole number.
    Whole(i64),
    /// A decimal number.
    Amount(Amount),
    /// A moment in UTC.
    Moment(DateTime<Utc>),
    /// A day in UTC.
    Day(DateTime<Utc>),
}

impl<'a> Cell<'a> {
    fn text(text: &'a str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.into()) }
    }

    fn word(word: &'a str) -> Self {
        Self::Word(word.into())
    }

    fn yes(yes: bool) -> Self {
        Self::Whole(i64::from(yes))
    }
}

/// A column of the wide table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The key of what is in it: `q3.o1`.
    pub key: String,
    /// Its words: the question's, and the option's or statement's.
    pub words: String,
    source: Source,
}

#[derive(Clone, Debug, PartialEq)]
enum Source {
    Response,
    Answered,
    Language,
    Via,
    Example,
    Revision,
    Hidden(String),
    Answer(usize, Part),
}

/// What of an answer stands in a column.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    /// The one thing that it says.
    Whole,
    /// What it says of this option, statement or time.
    Line(String),
    /// What was written beside "something else".
    Other,
    Name,
    Address,
    Allows(Consent),
}

impl Column {
    /// The head of the column: its key, and its words.
    pub fn head(&self) -> String {
        if self.words.is_empty() {
            self.key.clone()
        } else {
            format!("{}: {}", self.key, self.words)
        }
    }
}

/// The columns of the wide table: the response's, the hidden fields', then each question's in the
/// order of the form. They depend on the questionnaire alone, not on who answered.
pub fn columns(form: &Form) -> Vec<Column> {
    let own = |key: &str, source| Column { key: key.to_owned(), words: String::new(), source };
    let mut columns = vec![
        own("response", Source::Response),
        own("answered", Source::Answered),
        own("language", Source::Language),
        own("via", Source::Via),
        own("example", Source::Example),
        own("revision", Source::Revision),
    ];
    for name in form.questionnaire.options().hidden {
        columns.push(own(&format!("h.{name}"), Source::Hidden(name.clone())));
    }
    for (place, question) in form.questions.iter().enumerate() {
        columns.extend(parts(question).into_iter().map(|(part, key, words)| Column {
            key: format!("{}{key}", question.asked.key),
            words: match words.as_str() {
                "" => question.prompt().to_owned(),
                words => format!("{} – {words}", question.prompt()),
            },
            source: Source::Answer(place, part),
        }));
    }
    columns
}

/// What can be said to a question: the part, the end of its key, its words.
fn parts(question: &Question) -> Vec<(Part, String, String)> {
    let plain = |part, key: &str, words: &str| (part, key.to_owned(), words.to_owned());
    let lines = || {
        let of = |key: &str, words: String| (Part::Line(key.to_owned()), format!(".{key}"), words);
        question.lines().into_iter().map(move |line| of(&line.key, line.text.clone()))
    };
    let whole = || plain(Part::Whole, "", "");
    let mut parts = match &question.asked.wording.kind {
        Kind::Open(_) | Kind::Scale(_) | Kind::Number(_) | Kind::Single(_) => vec![whole()],
        Kind::Multiple(_) | Kind::Statements(_) | Kind::Ranking(_) => lines().collect(),
        Kind::Allocation(_) => {
            let mut all: Vec<_> = lines().collect();
            if question.takes_own() {
                all.push((
                    Part::Line(OTHER.to_owned()),
                    format!(".{OTHER}"),
                    "something else".to_owned(),
                ));
            }
            all
        }
        Kind::Availability(_) => {
            let of = |slot: &crate::domain::kind::Slot| {
                let when = slot.start.format("%Y-%m-%d %H:%M UTC").to_string();
                (Part::Line(slot.key.clone()), format!(".{}", slot.key), when)
            };
            question.slots().into_iter().map(of).collect()
        }
        Kind::Contact(_) => {
            let allows = |c: Consent| plain(Part::Allows(c), &format!(".{}", c.key()), c.key());
            let known =
                [plain(Part::Name, ".name", "name"), plain(Part::Address, ".address", "address")];
            known.into_iter().chain(question.consents().into_iter().map(allows)).collect()
        }
    };
    if question.takes_own() {
        match question.asked.wording.kind {
            Kind::Allocation(_) => {
                parts.push(plain(Part::Other, ".other.text", "something else, in words"));
            }
            Kind::Statements(_) => parts.push(plain(Part::Other, ".own", "own statements")),
            _ => parts.push(plain(Part::Other, ".other", "something else")),
        }
    }
    parts
}

/// A response with each answer at the place of its question.
pub struct Row<'a> {
    form: &'a Form,
    response: &'a Copied,
    answers: Vec<Option<(&'a Wording, i32, &'a Answer)>>,
}

impl<'a> Row<'a> {
    /// Puts the answers in their places.
    pub fn of(form: &'a Form, response: &'a Copied) -> Self {
        let mut answers = vec![None; form.questions.len()];
        for (id, answer) in &response.answers {
            let Some((place, version, wording)) = form.wording(*id) else { continue };
            if let Some(cell) = answers.get_mut(place) {
                *cell = Some((wording, version, answer));
            }
        }
        Self { form, response, answers }
    }

    /// What stands in a column.
    pub fn cell(&self, column: &Column) -> Cell<'a> {
        let response = self.response;
        match &column.source {
            Source::Response => Cell::Word(response.id.to_string().into()),
            Source::Answered => moment(self.form.questionnaire.mode, response.at),
            Source::Language => Cell::word(&response.language),
            Source::Via => match response.invited {
                Some(true) => Cell::word("invited"),
                Some(false) => Cell::word("public"),
                None => Cell::Empty,
            },
            Source::Example => Cell::yes(response.example),
            Source::Revision => Cell::Whole(i64::from(response.revision)),
            Source::Hidden(name) => {
                response.extras.get(name).map_or(Cell::Empty, |t| Cell::text(t))
            }
            Source::Answer(place, part) => match self.answers.get(*place).copied().flatten() {
                Some((wording, _, answer)) => said(wording, answer, part),
                None => Cell::Empty,
            },
        }
    }

    /// Everything that the response says, question by question in the order of the form.
    pub fn said(&self) -> impl Iterator<Item = Said<'a>> {
        let id = self.response.id;
        let questions = self.form.questions.iter().zip(self.answers.clone());
        questions.flat_map(move |(question, bound)| {
            let key = question.asked.key.as_str();
            let items = bound.map(|(wording, version, answer)| (version, items(wording, answer)));
            let (version, items) = items.unwrap_or_default();
            items.into_iter().map(move |(item, value)| Said {
                response: id,
                question: key,
                version,
                item,
                value,
            })
        })
    }
}

/// One thing that was said.
#[derive(Clone, Debug, PartialEq)]
pub struct Said<'a> {
    /// The response.
    pub response: ResponseId,
    /// The question's key.
    pub question: &'a str,
    /// The number of the wording that was answered.
    pub version: i32,
    /// The key of the option, statement, time or part; empty where there is one thing to say.
    pub item: Cow<'a, str>,
    /// What was said of it.
    pub value: Cell<'a>,
}

/// A time as an organizer is told it in this mode.
pub fn moment(mode: Mode, at: DateTime<Utc>) -> Cell<'static> {
    if mode == Mode::Identified { Cell::Moment(at) } else { Cell::Day(at) }
}

fn said<'a>(wording: &'a Wording, answer: &'a Answer, part: &Part) -> Cell<'a> {
    match (answer, part) {
        (Answer::Open(text), Part::Whole) => Cell::text(text),
        (Answer::Single(chosen), Part::Whole) => match chosen.options.first() {
            Some(key) => Cell::text(text_of(wording.kind.lines(), key).unwrap_or(key)),
            None => Cell::Empty,
        },
        (Answer::Single(chosen) | Answer::Multiple(chosen), Part::Other) => {
            chosen.other.as_deref().map_or(Cell::Empty, Cell::text)
        }
        (Answer::Multiple(chosen), Part::Line(key)) => Cell::yes(chosen.options.contains(key)),
        (Answer::Scale(point), Part::Whole) => Cell::Whole(i64::from(*point)),
        (Answer::CannotSay, Part::Whole) => Cell::word(CANNOT_SAY),
        (Answer::Statements(given), Part::Line(key)) => {
            given.votes.get(key).map_or(Cell::Empty, |vote| Cell::word(vote.key()))
        }
        (Answer::Statements(given), Part::Other) => match &*given.own {
            [] => Cell::Empty,
            [one] => Cell::text(one),
            several => Cell::Text(several.join("\n").into()),
        },
        (Answer::Ranking(keys), Part::Line(key)) => keys
            .iter()
            .zip(1_i64..)
            .find(|(ranked, _)| *ranked == key)
            .map_or(Cell::Empty, |(_, place)| Cell::Whole(place)),
        (Answer::Allocation(shares), Part::Line(key)) => {
            Cell::Whole(i64::from(shares.points.get(key).copied().unwrap_or(0)))
        }
        (Answer::Allocation(shares), Part::Other) => {
            shares.other.as_deref().map_or(Cell::Empty, Cell::text)
        }
        (Answer::Number(number), Part::Whole) => Cell::Amount(*number),
        (Answer::Availability(free), Part::Line(key)) => {
            free.get(key).map_or(Cell::Empty, |free| Cell::word(free.key()))
        }
        (Answer::Contact(contact), Part::Name) => Cell::text(&contact.name),
        (Answer::Contact(contact), Part::Address) => Cell::text(&contact.address),
        (Answer::Contact(contact), Part::Allows(consent)) => Cell::yes(contact.allows(*consent)),
        _ => Cell::Empty,
    }
}

fn items<'a>(wording: &'a Wording, answer: &'a Answer) -> Vec<(Cow<'a, str>, Cell<'a>)> {
    let one = |value| vec![("".into(), value)];
    let item = |key: &'a str, value| (Cow::Borrowed(key), value);
    match answer {
        Answer::Open(text) => one(Cell::text(text)),
        Answer::Scale(point) => one(Cell::Whole(i64::from(*point))),
        Answer::CannotSay => one(Cell::word(CANNOT_SAY)),
        Answer::Number(number) => one(Cell::Amount(*number)),
        Answer::Single(chosen) | Answer::Multiple(chosen) => {
            let lines = wording.kind.lines();
            let options = chosen.options.iter();
            let words = |key: &'a String| Cell::text(text_of(lines, key).unwrap_or(key));
            let other = chosen.other.iter().map(|text| item(OTHER, Cell::text(text)));
            options.map(|key| item(key, words(key))).chain(other).collect()
        }
        Answer::Statements(given) => {
            let votes = given.votes.iter().map(|(key, vote)| item(key, Cell::word(vote.key())));
            votes.chain(given.own.iter().map(|text| item(OWN, Cell::text(text)))).collect()
        }
        Answer::Ranking(keys) => {
            keys.iter().zip(1_i64..).map(|(key, place)| item(key, Cell::Whole(place))).collect()
        }
        Answer::Allocation(shares) => {
            let points = shares.points.iter();
            let points = points.map(|(key, points)| item(key, Cell::Whole(i64::from(*points))));
            let other = shares.other.iter().map(|text| item("other.text", Cell::text(text)));
            points.chain(other).collect()
        }
        Answer::Availability(free) => {
            free.iter().map(|(key, free)| item(key, Cell::word(free.key()))).collect()
        }
        Answer::Contact(contact) => {
            let known = [("name", &contact.name), ("address", &contact.address)];
            let known = known.into_iter().filter(|(_, text)| !text.is_empty());
            let known = known.map(|(key, text)| item(key, Cell::text(text)));
            known.chain(contact.consents.iter().map(|c| item(c.key(), Cell::yes(true)))).collect()
        }
    }
}
