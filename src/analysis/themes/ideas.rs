//! Themes where answers hold several ideas: found in their passages, around the words that name
//! what is spoken of.
//!
//! Whole answers of several ideas lie near all and nothing. So words and pairs of words that
//! several people use are gathered by meaning and company into ideas; a passage belongs to those
//! it has a word of, or clearly lies near to; and what belongs to none (asides, greetings) stays
//! outside.
#![expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    reason = "numbers of passages, tokens and ideas are below their counts; counts become weights"
)]

mod gather;
mod merge;
mod name;
mod tokens;
mod weak;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    build::Known,
    labels::Label,
    matrix::{Matrix, dot},
    space::{Prepared, Reader, Space},
    spread::Placed,
};
use crate::analysis::passages::passages;
use gather::{Crowd, gather};
use merge::{Passages, merge};
use name::name;
use tokens::{Spoken, asides, tokens};

/// Fewer answers than this are grouped whole.
const FEW: usize = 12;
/// More passages than this are too many to be gone through word by word.
const MANY: usize = 30_000;
/// The people an idea needs.
const LEAST: usize = 3;
const MOST: usize = 12;
/// Ideas of few people must hold together better than this.
const LOOSE: f32 = 0.1;
/// Passages that hold together less than this share a word and nothing else.
const SCATTERED: f32 = 0.06;
/// Cohesion counts beside this.
const HOLDING: f32 = 0.6;
/// What shared words count beside shared meaning: less than for whole answers, since ideas are
/// gathered by words already.
const WORDS: f32 = 0.5;
/// A passage without a word of an idea belongs to one this near, if the next is farther by a margin.
const NEAR: f32 = 0.66;
const MARGIN: f32 = 0.1;

/// What the question says.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The stems of its words.
    pub words: &'a BTreeSet<String>,
    /// Those of what it offers to speak of.
    pub options: &'a BTreeSet<String>,
}

/// A different answer.
pub(super) struct Answer<'a> {
    pub text: &'a str,
    pub language: &'a str,
    /// How many people wrote it, or nearly the same.
    pub people: usize,
}

/// What was found: for each answer the passages of ideas and the main one.
pub(super) struct Ideas {
    pub space: Space,
    pub centres: Matrix,
    pub placed: Vec<Vec<Placed>>,
    pub main: Vec<Option<usize>>,
    pub names: Vec<Label>,
}

impl Ideas {
    /// Every text, with what was found of the answer it is or repeats; `prepared` holds the
    /// different answers.
    pub fn known<'a>(
        &self,
        texts: &[&'a str],
        sources: &[usize],
        prepared: &BTreeMap<usize, Prepared>,
    ) -> Vec<Known<'a>> {
        let places: BTreeMap<usize, usize> =
            prepared.keys().enumerate().map(|(place, at)| (*at, place)).collect();
        let known = |(text, source): (&&'a str, &usize)| {
            let place = places.get(source).copied().unwrap_or(usize::MAX);
            Known {
                text,
                language: prepared.get(source).map_or_else(String::new, |t| t.language.clone()),
                main: self.main.get(place).copied().flatten(),
                source: *source,
                placed: moved(
                    self.placed.get(place).map(Vec::as_slice).unwrap_or_default(),
                    texts.get(*source).copied().unwrap_or_default(),
                    text,
                ),
            }
            .settled()
        };
        texts.iter().zip(sources).map(known).collect()
    }
}

/// What was found in a text, in one that repeats it nearly: there the same passages lie at other
/// bytes.
fn moved(placed: &[Placed], source: &str, text: &str) -> Vec<Placed> {
    if source == text {
        return placed.to_vec();
    }
    let (of_source, own) = (passages(source), passages(text));
    let mut all: Vec<Placed> = placed
        .iter()
        .filter_map(|found| {
            let nth = of_source.iter().position(|(start, _)| *start == found.start)?;
            let (start, end) = *own.get(nth).or(own.last())?;
            Some(Placed { start, end, ..*found })
        })
        .collect();
    all.dedup_by_key(|found| (found.theme, found.start));
    all
}

struct Idea {
    keys: BTreeSet<String>,
    texts: BTreeSet<usize>,
    people: usize,
    /// Whether it may hold more than two people of five.
    wide: bool,
    /// For each token: whether it is Chinese, and where it lies.
    terms: Vec<(bool, Vec<f32>)>,
}

/// The ideas of answers in the order of their keys; nothing where most hold only one.
pub(super) fn ideas(
    answers: &[Answer<'_>],
    question: Asked<'_>,
    reader: &mut Reader,
    seed: u64,
) -> Option<Ideas> {
    let spans: Vec<(usize, usize, usize)> = answers
        .iter()
        .enumerate()
        .flat_map(|(at, a)| passages(a.text).into_iter().map(move |(s, e)| (at, s, e)))
        .collect();
    if answers.len() < FEW || spans.len() > MANY || spans.len() * 2 < answers.len() * 3 {
        return None;
    }
    let spoken: Vec<Spoken<'_>> = spans
        .iter()
        .map(|(at, start, end)| Spoken {
            text: *at,
            slice: answers[*at].text.get(*start..*end).unwrap_or_default(),
            language: answers[*at].language,
        })
        .collect();
    let asides = asides(&spoken);
    let mut tokens = tokens(&spoken);
    for (at, own) in tokens.iter_mut().enumerate() {
        if asides.contains(&at) {
            own.clear();
        }
    }
    let prepared: Vec<Prepared> =
        spoken.iter().map(|s| reader.read_in(s.slice, s.language.to_owned())).collect();
    let space =
        Space::fit(&prepared.iter().collect::<Vec<_>>(), &BTreeSet::new(), seed).with_words(WORDS);
    // What was made ready is let go of as it is placed.
    let vectors: Vec<Vec<f32>> = prepared.into_iter().map(|p| space.vector(&p)).collect();
    let crowd = Crowd { answers, question, all: answers.iter().map(|a| a.people).sum() };
    let mut found = gather(&spoken, &tokens, &crowd, &space, reader);
    found.retain(|idea| idea.people >= LEAST);
    let passages = Passages { spoken: &spoken, tokens: &tokens, vectors: &vectors };
    merge(&mut found, &passages, &crowd);
    let mut scored: Vec<(f32, Idea)> = found
        .into_iter()
        .filter_map(|idea| {
            let close = passages.cohesion(&idea);
            let people = idea.people as f32;
            let holds = close >= if idea.people > LEAST { SCATTERED } else { LOOSE };
            holds.then_some((people * (HOLDING + close), idea))
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.keys.cmp(&b.1.keys)));
    scored.truncate(MOST);
    let found: Vec<Idea> = scored.into_iter().map(|(_, idea)| idea).collect();
    if found.len() < 2 {
        return None;
    }
    let holds = |idea: &Idea, at: usize| passages.holds(idea, at);
    let centres = passages.centres(&found);
    let mut placed: Vec<Vec<Placed>> = vec![Vec::new(); answers.len()];
    let mut weights: Vec<BTreeMap<usize, f32>> = vec![BTreeMap::new(); answers.len()];
    for (at, (text, start, end)) in spans.iter().enumerate() {
        if asides.contains(&at) {
            continue;
        }
        let near: Vec<f32> =
            (0..found.len()).map(|idea| dot(centres.row(idea), &vectors[at])).collect();
        let mut of: Vec<usize> = (0..found.len()).filter(|idea| holds(&found[*idea], at)).collect();
        if of.is_empty() {
            let mut order: Vec<usize> = (0..found.len()).collect();
            order.sort_by(|a, b| near[*b].total_cmp(&near[*a]).then(a.cmp(b)));
            let second = order.get(1).map_or(0.0, |at| near[*at]);
            of = order
                .into_iter()
                .take(1)
                .filter(|at| near[*at] >= NEAR && near[*at] >= second + MARGIN)
                .collect();
        }
        for theme in of {
            placed[*text].push(Placed { theme, start: *start, end: *end, near: near[theme] });
            *weights[*text].entry(theme).or_default() += 1.0 + near[theme];
        }
    }
    let main = weights
        .iter()
        .map(|own| own.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0))).map(|b| *b.0))
        .collect();
    let names = found.iter().map(|idea| name(idea, &spoken, &tokens)).collect();
    Some(Ideas { space, centres, placed, main, names })
}
