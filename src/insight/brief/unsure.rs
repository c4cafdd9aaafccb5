//! What many could not answer: questions that were left out, statements passed on, answers that say
//! "I don't know", and what people ask back.

use std::collections::BTreeSet;

use super::closed::told_of;
use super::open::answered;
use super::quotes::{quote, take};
use super::say::{Say, share};
use super::{Quote, Section, Sentence};
use crate::analysis::passages::passages;
use crate::analysis::themes::Passage;
use crate::domain::kind::Kind;
use crate::domain::{Answer, ResponseId};
use crate::insight::Insight;
use crate::insight::themes::OpenThemes;

/// A question is left out by many if no more than this share of people answer it.
const LEFT_OUT: f64 = 2.0 / 3.0;
/// Many say nothing if this share does.
const MANY: f64 = 0.15;
/// Questions asked back that are quoted.
const ASKED: usize = 3;
/// The sentence that is about them.
const ASKED_BACK: &str = "unsure.asked-back";

pub(super) fn section(say: &Say, insight: &Insight) -> Option<Section> {
    let material = &insight.material;
    let all = material.voices.len();
    let (mut sentences, mut of) = (vec![], vec![]);
    for asked in &material.questions {
        let before = sentences.len();
        let say = &say.on(insight, asked);
        let here = answered(material, asked.id);
        let about = |key: &str, who: String| {
            say.with(key, &[("prompt", asked.wording.prompt.as_str().into()), ("who", who.into())])
        };
        let told = here.len() >= say.limits.people.max(1);
        let conditional = asked.wording.shown_if.is_some() || asked.position.is_none();
        let opinion = !matches!(asked.wording.kind, Kind::Contact(_) | Kind::Availability(_));
        if told && opinion && !conditional && share(here.len(), all) <= LEFT_OUT {
            let text = about("brief-left-out", say.of(here.len(), all));
            let sentence = Sentence::new(format!("{}.left-out", asked.key), text, here.clone());
            sentences.push(sentence.counting(say.figure("answered", here.len(), all)));
        }
        let cannot = material.answers(asked.id).filter(|(_, a)| matches!(a, Answer::CannotSay));
        let cannot: Vec<ResponseId> = cannot.map(|(id, _)| id).collect();
        let tally = insight.tallies.iter().find(|tally| tally.question == asked.id);
        let tells = tally.and_then(|tally| told_of(say.limits, tally));
        let tells = tells.and_then(|told| told.last().map(|(_, told)| *told)).unwrap_or(false);
        let told_apart = cannot.len() >= say.limits.people;
        if told && told_apart && share(cannot.len(), here.len()) >= MANY {
            let who = say.of_if(cannot.len(), here.len(), tells);
            let text = about("brief-cannot-say", who);
            let figure = say.figure_if("cannot_say", cannot.len(), here.len(), tells);
            let key = format!("{}.cannot-say", asked.key);
            sentences.push(Sentence::new(key, text, cannot).counting(figure));
        }
        if let Some(open) = insight.themes.iter().find(|open| open.question == asked.id) {
            let places = &open.found.uninformative;
            if told && share(places.len(), open.texts.len()) >= MANY {
                let text = about("brief-dont-know", say.of(places.len(), open.texts.len()));
                let figure = say.figure("dont_know", places.len(), open.texts.len());
                let key = format!("{}.dont-know", asked.key);
                sentences.push(Sentence::new(key, text, open.people(places)).counting(figure));
            }
        }
        if sentences.len() > before {
            of.push(asked.key.clone());
        }
    }
    statements(say, insight, &mut sentences, &mut of);
    asked_back(say, insight, &mut sentences, &mut of);
    // Whoever asks something back has answered.
    let only_asked = sentences.iter().all(|sentence| sentence.key == ASKED_BACK);
    let title = say.get(if only_asked { "brief-asked-back-title" } else { "brief-unsure" });
    (!sentences.is_empty()).then(|| Section::new("unsure", title, of, sentences))
}

fn statements(say: &Say, insight: &Insight, into: &mut Vec<Sentence>, of: &mut Vec<String>) {
    let Some(opinion) = &insight.opinion else { return };
    let counted = (0..).zip(opinion.statements.iter().zip(&opinion.result.statements));
    for (at, (statement, count)) in counted.filter(|(_, (_, count))| count.unsure) {
        let asked = insight.material.questions.iter().find(|asked| asked.id == statement.question);
        let voted = opinion.voted(at);
        let Some(asked) = asked.filter(|_| voted.len() >= say.limits.people) else { continue };
        let say = &say.on(insight, asked);
        let passed = usize::try_from(count.pass).unwrap_or(usize::MAX);
        let [.., told] = super::votes::told_of(say, count);
        let values = [
            ("statement", statement.text.as_str().into()),
            ("who", say.of_if(passed, voted.len(), told).into()),
        ];
        let figure = say.figure_if(format!("pass.{}", statement.key), passed, voted.len(), told);
        let key = format!("{}.unsure.{}", asked.key, statement.key);
        let text = say.with("brief-passed", &values);
        into.push(Sentence::new(key, text, voted).counting(figure));
        if !of.contains(&asked.key) {
            of.push(asked.key.clone());
        }
    }
}

/// Passages that are questions: facts that are missing, and what the author is asked.
fn asked_back(say: &Say, insight: &Insight, into: &mut Vec<Sentence>, of: &mut Vec<String>) {
    let material = &insight.material;
    let mut people: Vec<ResponseId> = vec![];
    let mut choices: Vec<Quote> = vec![];
    for open in insight.themes.iter() {
        let asked = material.questions.iter().find(|asked| asked.id == open.question);
        let mut any = false;
        for (place, (id, text)) in (0..).zip(&open.texts) {
            let questions = questions_in(open, place, text);
            if questions.is_empty() {
                continue;
            }
            any = true;
            people.push(*id);
            if open.texts.len() >= say.limits.comments {
                let quotes = questions.iter().filter_map(|p| quote(material, open, p));
                let long_enough = |q: &Quote| (20..=200).contains(&q.text.chars().count());
                choices.extend(quotes.filter(long_enough));
            }
        }
        if let Some(asked) = asked.filter(|asked| any && !of.contains(&asked.key)) {
            of.push(asked.key.clone());
        }
    }
    people.sort_unstable();
    people.dedup();
    // Of very many answers not all were read: nothing is known of the others.
    let some = insight.themes.iter().any(|open| open.of > open.texts.len());
    let read = || insight.themes.iter().flat_map(|open| open.texts.iter().map(|(id, _)| *id));
    let all = if some { read().collect::<BTreeSet<_>>().len() } else { material.voices.len() };
    if choices.is_empty() {
        return;
    }
    // The longer ones ask for more; equal ones in the order of their words.
    choices.sort_by(|a, b| b.text.len().cmp(&a.text.len()).then_with(|| a.text.cmp(&b.text)));
    choices.truncate(12);
    let text = say.with("brief-asked-back", &[("who", say.of(people.len(), all).into())]);
    let figure = say.figure("ask_back", people.len(), all);
    into.push(
        Sentence {
            quotes: take(&choices, ASKED, &mut vec![]),
            choices,
            ..Sentence::new(ASKED_BACK, text, people)
        }
        .counting(figure),
    );
}

fn questions_in(open: &OpenThemes, place: usize, text: &str) -> Vec<Passage> {
    if open.found.uninformative.contains(&place) {
        return vec![];
    }
    let asks = |(start, end): &(usize, usize)| {
        text.get(*start..*end).is_some_and(|words| words.ends_with(['?', '？']))
    };
    let spans = passages(text).into_iter().filter(asks);
    spans.map(|(start, end)| Passage { text: place, start, end }).collect()
}
