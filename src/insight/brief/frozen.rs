//! A published version of the brief: everything in it as it was, what it rests on, and the answers
//! behind each of its numbers, by which the next version is held to tell nothing about a few.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Brief, Limits, Quote};
use crate::analysis::themes::Model;
use crate::domain::consent::Consent;
use crate::domain::token::hex;
use crate::domain::{Answer, ResponseId};
use crate::insight::{Material, opinion, themes};
use crate::store::responses::Given;

/// A version as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frozen {
    /// The brief.
    pub brief: Brief,
    /// How it was made.
    pub made: Made,
}

/// How a brief was made: enough to make it again from the same answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// The version of the program.
    pub program: String,
    /// The table of word meanings by which themes are found.
    pub model: String,
    /// The seed of the themes.
    pub themes_seed: u64,
    /// The seed of the opinion groups.
    pub opinion_seed: u64,
    /// Nothing is told of fewer people.
    pub least_people: usize,
    /// Nothing is quoted of fewer answers.
    pub least_comments: usize,
    /// No theme is named of fewer people.
    pub least_authors: usize,
}

impl Made {
    /// As it is made now.
    pub fn now(limits: Limits, model: &Model) -> Self {
        Self {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            model: model.name().to_owned(),
            themes_seed: themes::SEED,
            opinion_seed: opinion::SEED,
            least_people: limits.people,
            least_comments: limits.comments,
            least_authors: limits.authors,
        }
    }
}

/// What each sentence of a version rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rests {
    /// The responses; nil for those that were erased.
    pub responses: Vec<ResponseId>,
    /// For each sentence, by key, the places of its responses in the list.
    pub sentences: BTreeMap<String, Vec<u32>>,
}

impl Rests {
    /// What the sentences of a brief rest on.
    pub fn of(brief: &Brief) -> Self {
        let all: BTreeSet<ResponseId> =
            brief.sentences().flat_map(|(_, sentence)| sentence.rests_on.iter().copied()).collect();
        let responses: Vec<ResponseId> = all.into_iter().collect();
        let place = |id: &ResponseId| u32::try_from(responses.binary_search(id).ok()?).ok();
        let sentences = brief.sentences().map(|(_, sentence)| {
            let places = sentence.rests_on.iter().filter_map(place).collect();
            (sentence.key.clone(), places)
        });
        Self { sentences: sentences.collect(), responses }
    }

    /// The responses of a sentence that are still there.
    pub fn on(&self, key: &str) -> Vec<ResponseId> {
        let places = self.sentences.get(key).into_iter().flatten();
        let ids = places.filter_map(|at| self.responses.get(usize::try_from(*at).ok()?));
        ids.copied().filter(|id| !id.0.is_nil()).collect()
    }

    /// Forgets a response.
    pub fn forget(&mut self, id: ResponseId) {
        for known in &mut self.responses {
            if *known == id {
                *known = ResponseId(uuid::Uuid::nil());
            }
        }
    }
}

/// The answers behind the numbers of a brief: for each question shown (and `*`: for all responses)
/// a mark of each, sorted. A mark is made of the answer and its response's random id, so it
/// tells nothing to whoever does not have both.
pub type Behind = BTreeMap<String, Vec<String>>;

/// The answers behind the numbers of this brief.
pub fn behind(material: &Material, brief: &Brief) -> Behind {
    let keys: BTreeSet<&String> = brief.sections.iter().flat_map(|section| &section.of).collect();
    let marks = |key: &str| -> Vec<String> {
        let asked = material.questions.iter().find(|asked| asked.key == key);
        let of = material.voices.iter().filter_map(|voice| {
            let id = voice.response.id;
            if key == "*" {
                let told = voice.all().filter(|(_, a)| !matches!(a, Answer::Availability(_)));
                let all: Vec<_> = told.map(|(question, answer)| (question, said(answer))).collect();
                return Some(mark(id, &(&*voice.response.language, voice.response.invited, all)));
            }
            Some(mark(id, &said(voice.answer(asked?.id)?)))
        });
        let mut marks: Vec<String> = of.collect();
        marks.sort_unstable();
        marks
    };
    keys.into_iter().map(|key| (key.clone(), marks(key))).collect()
}

/// What counts of an answer: of a name and an address, only what they allow.
fn said(answer: &Answer) -> serde_json::Value {
    match answer {
        Answer::Contact(contact) => serde_json::to_value(&contact.consents),
        answer => serde_json::to_value(answer),
    }
    .unwrap_or_default()
}

fn mark(id: ResponseId, said: &impl Serialize) -> String {
    let mut hash = Sha256::new();
    hash.update(id.0.as_bytes());
    hash.update(serde_json::to_vec(said).unwrap_or_default());
    hex(hash.finalize().get(..9).unwrap_or_default())
}

/// A question whose numbers, beside those of a version that was published, would tell about a few.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooNear {
    /// The question's key; `*`: all responses.
    pub of: String,
    /// How many answers differ.
    pub differ: usize,
}

/// Where two versions differ, but by fewer answers than may be told of.
pub fn too_near(before: &Behind, after: &Behind, limits: Limits) -> Vec<TooNear> {
    let both = after.iter().filter_map(|(key, now)| Some((key, before.get(key)?, now)));
    both.filter_map(|(key, then, now)| {
        let (then, now): (BTreeSet<_>, BTreeSet<_>) = (then.iter().collect(), now.iter().collect());
        // Somebody who changed an answer is one person, not one who left and one who came.
        let differ = then.difference(&now).count().max(now.difference(&then).count());
        let few = differ > 0 && differ < limits.people;
        few.then(|| TooNear { of: key.clone(), differ })
    })
    .collect()
}

/// What changed in one section between two versions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The section's title.
    pub section: String,
    /// Sentences that are new.
    pub new: usize,
    /// Sentences that say something else.
    pub changed: usize,
    /// Sentences that are gone.
    pub gone: usize,
    /// Quotes that were not there.
    pub quotes: usize,
}

/// The change log between two versions, section by section.
pub fn changes(before: &Brief, after: &Brief) -> Vec<Change> {
    let mut all: Vec<Change> = vec![];
    let then: BTreeMap<_, _> = before.sections.iter().map(|s| (&s.key, s)).collect();
    for section in &after.sections {
        let old = then.get(&section.key).map(|section| section.sentences.as_slice());
        let old: BTreeMap<_, _> = old.unwrap_or_default().iter().map(|s| (&s.key, s)).collect();
        let mut change = Change { section: section.title.clone(), ..Change::default() };
        for sentence in &section.sentences {
            match old.get(&sentence.key) {
                None => change.new += 1,
                Some(known) => {
                    let table = known.table != sentence.table;
                    change.changed += usize::from(known.text != sentence.text || table);
                }
            }
            let known = old.get(&sentence.key).map(|s| s.quotes.as_slice()).unwrap_or_default();
            let same = |a: &Quote, b: &Quote| a.response == b.response && a.start == b.start;
            let new = sentence.quotes.iter().filter(|q| !known.iter().any(|k| same(k, q)));
            change.quotes += new.count();
        }
        let stays = |key: &&&String| !section.sentences.iter().any(|s| s.key == ***key);
        change.gone = old.keys().filter(stays).count();
        if change.new + change.changed + change.gone + change.quotes > 0 {
            all.push(change);
        }
    }
    for section in &before.sections {
        if !after.sections.iter().any(|s| s.key == section.key) {
            let gone = section.sentences.len();
            all.push(Change { section: section.title.clone(), gone, ..Change::default() });
        }
    }
    all
}

/// Takes out what may not stand in a version any more: whatever is no slice of an answer that
/// counts, or is not allowed by its author as of now, loses its words; whoever does not allow their
/// name is not named. `standing`: the responses that are there; `asks`: whether the form asks who
/// may be quoted. How many quotes have no words.
pub fn check(brief: &mut Brief, standing: &BTreeMap<ResponseId, Given>, asks: bool) -> usize {
    let mut gone = 0;
    let sentences = brief.sections.iter_mut().flat_map(|section| &mut section.sentences);
    for quote in sentences.flat_map(|sentence| &mut sentence.quotes) {
        let given = standing.get(&quote.response);
        let named = given.is_some_and(|given| given.allows(Consent::QuoteNamed));
        let allowed = !asks || named || given.is_some_and(|given| given.allows(Consent::Quote));
        if !named {
            quote.name = None;
        }
        let written = match given.and_then(|given| given.answer(quote.question)) {
            Some(Answer::Open(text)) => text.as_str(),
            _ => "",
        };
        // An answer that was changed since may have the same words in another place.
        let is_there = written.get(quote.start..quote.end) == Some(quote.text.as_str())
            || written.contains(quote.text.as_str());
        if quote.text.is_empty() || !allowed || !is_there {
            blank(quote);
            gone += 1;
        }
    }
    gone
}

/// Takes the words of a quote away; what is left says that they were taken back.
fn blank(quote: &mut Quote) {
    quote.text = String::new();
    quote.name = None;
    quote.response = ResponseId(uuid::Uuid::nil());
    (quote.start, quote.end, quote.revision) = (0, 0, 0);
}

/// Takes a respondent's words out of a brief; how many quotes that were.
pub fn unquote(brief: &mut Brief, id: ResponseId) -> usize {
    let mut taken = 0;
    let sentences = brief.sections.iter_mut().flat_map(|section| &mut section.sentences);
    for quote in sentences.flat_map(|sentence| &mut sentence.quotes) {
        if quote.response == id {
            blank(quote);
            taken += 1;
        }
    }
    taken
}

/// Takes a respondent's name from under their quotes; how many quotes that were.
pub fn unname(brief: &mut Brief, id: ResponseId) -> usize {
    let mut taken = 0;
    let sentences = brief.sections.iter_mut().flat_map(|section| &mut section.sentences);
    for quote in sentences.flat_map(|sentence| &mut sentence.quotes) {
        if quote.response == id && quote.name.take().is_some() {
            taken += 1;
        }
    }
    taken
}
