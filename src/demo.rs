//! Made-up readers, so that every page has something to show before the first real one comes.
//!
//! They hold one of three opinions, write in one of two languages, and answer whatever is asked:
//! the example questionnaire from texts written for it (`examples/demo.toml`), any other from
//! the same texts as far as they fit. The same questions, seed and time give the same people.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::domain::kind::Votes;
use crate::domain::{Answer, Kind, Wording};

mod chance;
mod choices;
mod opinion;
mod script;
#[cfg(test)]
mod tests;
mod who;
mod words;

use chance::Chance;
use script::Script;

/// How many people fill the example.
pub const PEOPLE: usize = 60;
/// The seed of the example.
pub const SEED: u64 = 2025;

/// What a made-up reader believes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Camp {
    /// Scale and compute decide.
    Scale,
    /// Open source and better algorithms decide.
    Open,
    /// What matters is use, data and society.
    Society,
}

/// A made-up reader and what they answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Which of them it is, from 0.
    pub number: usize,
    /// What they believe.
    pub camp: Camp,
    /// The language they write in: `en` or `zh`.
    pub language: &'static str,
    /// When they answered: within the nine days before the given time.
    pub at: DateTime<Utc>,
    /// Their answers by the question's place in what was given; at least one where any question
    /// can be answered at all.
    pub answers: BTreeMap<usize, Answer>,
}

/// How much somebody cares about the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    /// Answers most of it, in sentences.
    Plain,
    /// Answers in a few words.
    Brief,
    /// Wants to be done.
    Careless,
}

/// What decides about a person's answers.
#[derive(Clone, Copy, Debug)]
struct Traits {
    number: usize,
    camp: Camp,
    language: &'static str,
    manner: Manner,
    reach: who::Reach,
}

/// `count` people who answer these questions: about a third in Chinese, about 60 of a hundred
/// ready to join.
///
/// # Errors
/// Texts of the example that do not fit their form: a defect of the program.
pub fn people(
    questions: &[&Wording],
    seed: u64,
    count: usize,
    now: DateTime<Utc>,
) -> anyhow::Result<Vec<Person>> {
    let script = Script::load()?;
    let mut decks = words::Decks::new(seed);
    let mut people = vec![];
    for traits in cast(seed, count) {
        let mut answers = BTreeMap::new();
        for forced in [false, true] {
            if answers.is_empty() {
                for (place, wording) in questions.iter().enumerate() {
                    let mut chance =
                        Chance::named(seed, &format!("answer/{}/{place}", traits.number));
                    let answer = answer(&script, &mut decks, &mut chance, traits, wording, forced);
                    answers.extend(answer.map(|answer| (place, answer)));
                }
            }
        }
        let mut chance = Chance::named(seed, &format!("time/{}", traits.number));
        let at = who::time(&mut chance, traits.language, now);
        let Traits { number, camp, language, .. } = traits;
        people.push(Person { number, camp, language, at, answers });
    }
    Ok(people)
}

/// Who they are: each trait dealt out in its share, independent of the others.
fn cast(seed: u64, count: usize) -> Vec<Traits> {
    use who::Reach;
    let dealt = |name: &str| Chance::named(seed, name);
    let camps = [(Camp::Scale, 40), (Camp::Open, 35), (Camp::Society, 25)];
    let camps = dealt("camps").deal(count, &camps);
    let languages = dealt("languages").deal(count, &[("en", 67), ("zh", 33)]);
    let manners = [(Manner::Plain, 75), (Manner::Brief, 17), (Manner::Careless, 8)];
    let manners = dealt("manners").deal(count, &manners);
    let reaches = [(Reach::Joins, 60), (Reach::Address, 12), (Reach::Nothing, 28)];
    let reaches = dealt("reaches").deal(count, &reaches);
    let cast = camps.into_iter().zip(languages).zip(manners).zip(reaches);
    cast.enumerate()
        .map(|(number, (((camp, language), manner), reach))| Traits {
            number,
            camp,
            language,
            manner,
            reach,
        })
        .collect()
}

/// What somebody answers to one question; `None`: they leave it empty.
fn answer(
    script: &Script,
    decks: &mut words::Decks,
    chance: &mut Chance,
    traits: Traits,
    wording: &Wording,
    forced: bool,
) -> Option<Answer> {
    let (often, seldom) = match traits.manner {
        Manner::Plain => (8, 4),
        Manner::Brief => (20, 8),
        Manner::Careless => (35, 30),
    };
    let left_out = match wording.kind {
        Kind::Open(_) => often,
        Kind::Contact(_) | Kind::Availability(_) => 0,
        _ => seldom,
    };
    if chance.percent(left_out) && !forced && !wording.required {
        return None;
    }
    let must = forced || wording.required;
    match &wording.kind {
        Kind::Open(_) => {
            decks.open_answer(script, chance, traits, &wording.prompt).map(Answer::Open)
        }
        Kind::Single(kind) => choices::single(script, chance, traits, kind).map(Answer::Single),
        Kind::Multiple(kind) => {
            choices::multiple(script, chance, traits, kind).map(Answer::Multiple)
        }
        Kind::Scale(kind) => {
            opinion::scale(chance, traits, &wording.prompt, kind).map(Answer::Scale)
        }
        Kind::Statements(kind) => {
            let votes = opinion::votes(script, chance, traits, kind);
            votes.map(|votes| Answer::Statements(Votes { votes, own: Box::default() }))
        }
        Kind::Allocation(kind) => {
            choices::allocation(script, chance, traits, kind).map(Answer::Allocation)
        }
        // The example asks for neither.
        Kind::Ranking(_) | Kind::Number(_) => None,
        Kind::Availability(kind) => who::free(chance, traits, kind, must).map(Answer::Availability),
        Kind::Contact(kind) => who::contact(script, decks, chance, traits, kind)
            .map(|who| Answer::Contact(Box::new(who))),
    }
}
