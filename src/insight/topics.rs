//! What closed questions are about, with everything that can be said of it: by these responses
//! are chosen and crossed.

use chrono_tz::Tz;

use super::Material;
use super::tally::Bin;
use super::tally::bins_of;
use super::values::says;
use crate::domain::condition::CANNOT_SAY;
use crate::domain::kind::{Kind, OTHER, Vote};
use crate::domain::{Answer, QuestionId};
use crate::store::questionnaires::Asked;
use crate::store::voices::Voice;

/// A closed question, or one statement of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The question.
    pub question: QuestionId,
    /// The question's key in addresses: `q2`.
    pub key: String,
    /// Its name in addresses: `q2`, of a statement `q5.s1`.
    pub name: String,
    /// Its words.
    pub title: String,
    /// What is counted, where it is not plainly what was chosen; may be empty.
    pub note: &'static str,
    /// What can be said.
    pub choices: Vec<Choice>,
    /// Whether nobody can say two of them.
    pub exclusive: bool,
}

/// One thing that can be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// As in [`super::values`].
    pub value: String,
    /// In words, on the desk.
    pub label: String,
}

impl Topic {
    /// Which of the choices somebody said, by place; nothing for who did not answer.
    pub fn said(&self, voice: &Voice) -> Option<Vec<usize>> {
        let answer = voice.answer(self.question)?;
        let said = (0..).zip(&self.choices).filter(|(_, choice)| says(answer, &choice.value));
        let said: Vec<usize> = said.map(|(at, _)| at).collect();
        // A statement that was not voted on is unseen, whatever was said of the others.
        let unseen = matches!(answer, Answer::Statements(_)) && said.is_empty();
        (!unseen).then_some(said)
    }
}

/// Every topic, in the order of the form; statements one by one.
pub fn topics(material: &Material) -> Vec<Topic> {
    let of = |asked: &Asked| match &asked.wording.kind {
        Kind::Statements(_) => {
            let lines = material.lines(asked).into_iter();
            lines.map(|line| statement(asked, &line.key, line.text)).collect()
        }
        _ => question(material, asked).into_iter().collect::<Vec<_>>(),
    };
    material.questions.iter().flat_map(of).collect()
}

/// The topic of this name; of `q5` with statements, the votes on all of them.
pub fn topic(material: &Material, name: &str) -> Option<Topic> {
    let (key, line) = name.split_once('.').unwrap_or((name, ""));
    let asked = material.questions.iter().find(|asked| asked.key == key)?;
    if !matches!(asked.wording.kind, Kind::Statements(_)) {
        return question(material, asked).filter(|_| line.is_empty());
    }
    let lines = material.lines(asked);
    if !line.is_empty() {
        let line = lines.into_iter().find(|known| known.key == line)?;
        return Some(statement(asked, &line.key, line.text));
    }
    let votes = lines.iter().flat_map(|line| {
        votes(&line.key)
            .map(|choice| Choice { label: format!("{}: {}", line.text, choice.label), ..choice })
    });
    Some(made(asked, "", votes.collect(), false))
}

fn made(asked: &Asked, note: &'static str, choices: Vec<Choice>, exclusive: bool) -> Topic {
    Topic {
        question: asked.id,
        key: asked.key.clone(),
        name: asked.key.clone(),
        title: asked.wording.prompt.clone(),
        note,
        choices,
        exclusive,
    }
}

fn statement(asked: &Asked, key: &str, text: String) -> Topic {
    let topic = made(asked, "", votes(key).to_vec(), true);
    Topic { name: format!("{}.{key}", asked.key), title: text, ..topic }
}

fn votes(key: &str) -> [Choice; 3] {
    Vote::ALL.map(|vote| {
        let label = match vote {
            Vote::Agree => "Agree",
            Vote::Disagree => "Disagree",
            Vote::Pass => "Pass",
        };
        Choice { value: format!("{key}.{}", vote.key()), label: label.to_owned() }
    })
}

/// The topic of a question without statements; none for words and contacts.
fn question(material: &Material, asked: &Asked) -> Option<Topic> {
    let choice =
        |value: &str, label: &str| Choice { value: value.to_owned(), label: label.to_owned() };
    let lines = |other: bool| -> Vec<Choice> {
        let lines = material.lines(asked).into_iter();
        let lines = lines.map(|line| Choice { value: line.key, label: line.text });
        lines.chain(other.then(|| choice(OTHER, "Something else"))).collect()
    };
    Some(match &asked.wording.kind {
        Kind::Single(kind) => made(asked, "", lines(kind.other), true),
        Kind::Multiple(kind) => made(asked, "", lines(kind.other), false),
        Kind::Ranking(_) => made(asked, "what was put first", lines(false), true),
        Kind::Allocation(kind) => made(asked, "what got points", lines(kind.other), false),
        Kind::Scale(kind) => {
            let label = |point: u8| match point {
                1 if !kind.low.is_empty() => format!("1 ({})", kind.low),
                last if last == kind.points && !kind.high.is_empty() => {
                    format!("{last} ({})", kind.high)
                }
                point => point.to_string(),
            };
            let points = (1..=kind.points).map(|point| choice(&point.to_string(), &label(point)));
            let cannot = kind.cannot_say.then(|| choice(CANNOT_SAY, "Can’t say"));
            made(asked, "", points.chain(cannot).collect(), true)
        }
        Kind::Availability(kind) => {
            let zone: Tz = kind.zone.parse().unwrap_or(Tz::UTC);
            let time = |slot: &crate::domain::kind::Slot| {
                let at = slot.start.with_timezone(&zone).format("%a %-d %b %Y, %H:%M");
                choice(&slot.key, &at.to_string())
            };
            made(asked, "can come, also if need be", kind.slots.iter().map(time).collect(), false)
        }
        Kind::Number(_) => {
            let range = |bin: &Bin| choice(&format!("{}..{}", bin.from, bin.to), &bin.words());
            let ranges = bins_of(material, asked.id).iter().map(range).collect();
            made(asked, "in ranges", ranges, true)
        }
        Kind::Open(_) | Kind::Statements(_) | Kind::Contact(_) => return None,
    })
}
