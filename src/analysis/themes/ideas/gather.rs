//! Tokens that mean the same or keep company, gathered into ideas (average linkage).
#![expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    reason = "numbers of passages, tokens and ideas are below their counts; counts become weights"
)]

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Answer, Asked, Idea,
    tokens::{Spoken, Token},
};
use crate::analysis::{
    language::han,
    themes::{
        matrix::dot,
        space::{Reader, Space},
    },
};

/// Terms this alike are one idea.
const JOIN: f32 = 0.55;
/// A term of one answer joins an idea only if it is this much alike.
const ADOPT: f32 = 0.62;
/// How much of the likeness is meaning; the rest is company.
const MEANING: f32 = 0.85;
/// Where letters are not read as a word, the model knows little of them.
const STRANGE: f32 = 0.8;
/// How alike a term and a kind of it are: "agents" and "coding agents".
const KIND: f32 = 0.7;
/// The most common terms, which are compared with each other; the others only join.
const COMPARED: usize = 150;
/// The ideas of most people, which are looked at further.
const IDEAS: usize = 40;

/// Who answered what.
pub(super) struct Crowd<'a> {
    pub answers: &'a [Answer<'a>],
    pub question: Asked<'a>,
    pub all: usize,
}

impl Crowd<'_> {
    pub fn people(&self, texts: &BTreeSet<usize>) -> usize {
        texts.iter().map(|at| self.answers[*at].people).sum()
    }

    /// How many people an idea may have: what nearly all speak of tells nobody apart.
    pub fn most(&self, wide: bool) -> usize {
        if wide { self.all * 3 / 5 } else { self.all * 2 / 5 }
    }
}

/// A token that may stand for an idea.
struct Term<'a> {
    key: &'a str,
    texts: BTreeSet<usize>,
    people: usize,
    /// Whether it is so clear that it may stand in more than two answers of five.
    wide: bool,
    /// Letters that are not read as a word.
    sign: bool,
    vector: Vec<f32>,
}

impl Term<'_> {
    /// Whether it is a kind of what the other names alone, and no more common.
    fn kind_of(&self, other: &Self) -> bool {
        self.people <= other.people
            && self.key.strip_suffix(other.key).is_some_and(|rest| rest.ends_with(' '))
    }

    fn like(&self, other: &Self) -> f32 {
        let fewer = self.texts.len().min(other.texts.len());
        let shared = self.texts.intersection(&other.texts).count();
        // Two words of one answer keep company by chance.
        let company = if fewer > 1 { shared as f32 / fewer as f32 } else { 0.0 };
        let strange = if self.sign || other.sign { STRANGE } else { 1.0 };
        let lone = if fewer > 1 { 1.0 } else { JOIN / ADOPT };
        let meaning = MEANING * strange * lone * dot(&self.vector, &other.vector);
        let like = meaning + (1.0 - MEANING) * company;
        if self.kind_of(other) || other.kind_of(self) { like.max(KIND) } else { like }
    }
}

/// The ideas that the passages speak of, those of most people first.
pub(super) fn gather(
    spoken: &[Spoken<'_>],
    tokens: &[Vec<Token>],
    crowd: &Crowd<'_>,
    space: &Space,
    reader: &mut Reader,
) -> Vec<Idea> {
    let terms = terms(spoken, tokens, crowd, space, reader);
    let common = terms.iter().take_while(|term| term.people >= 2).count().min(COMPARED);
    let (common, rare) = terms.split_at(common);
    let like: Vec<Vec<f32>> =
        common.iter().map(|a| common.iter().map(|b| a.like(b)).collect()).collect();
    let mut groups: Vec<Vec<usize>> = (0..common.len()).map(|at| vec![at]).collect();
    let fits = |all: &[&Term<'_>]| {
        let texts = all.iter().flat_map(|term| term.texts.iter().copied()).collect();
        crowd.people(&texts) <= crowd.most(all.iter().any(|term| term.wide))
    };
    loop {
        let mut best = (JOIN, None);
        for a in 0..groups.len() {
            for b in a + 1..groups.len() {
                let pairs = groups[a].iter().flat_map(|x| groups[b].iter().map(|y| like[*x][*y]));
                let mean = pairs.sum::<f32>() / (groups[a].len() * groups[b].len()) as f32;
                if mean > best.0 {
                    let all: Vec<&Term<'_>> =
                        groups[a].iter().chain(&groups[b]).map(|at| &common[*at]).collect();
                    if fits(&all) {
                        best = (mean, Some((a, b)));
                    }
                }
            }
        }
        let Some((a, b)) = best.1 else { break };
        let moved = groups.remove(b);
        groups[a].extend(moved);
    }
    let firm: Vec<Vec<&Term<'_>>> =
        groups.iter().map(|group| group.iter().map(|at| &common[*at]).collect()).collect();
    let mut ideas = firm.clone();
    // What one person says in a word of her own joins what others say.
    for term in rare {
        let mut best = (JOIN, None);
        for (at, group) in firm.iter().enumerate() {
            let mean = group.iter().map(|other| term.like(other)).sum::<f32>() / group.len() as f32;
            if mean > best.0 {
                best = (mean, Some(at));
            }
        }
        if let Some(at) = best.1 {
            ideas[at].push(term);
            if !fits(&ideas[at]) {
                ideas[at].pop();
            }
        }
    }
    let mut ideas: Vec<Idea> = ideas.into_iter().map(|group| idea(&group, crowd)).collect();
    ideas.sort_by(|a, b| b.people.cmp(&a.people).then_with(|| a.keys.cmp(&b.keys)));
    ideas.truncate(IDEAS);
    ideas
}

fn idea(group: &[&Term<'_>], crowd: &Crowd<'_>) -> Idea {
    let texts = group.iter().flat_map(|term| term.texts.iter().copied()).collect();
    Idea {
        keys: group.iter().map(|term| term.key.to_owned()).collect(),
        people: crowd.people(&texts),
        texts,
        wide: group.iter().any(|term| term.wide),
        terms: group.iter().map(|term| (term.key.chars().any(han), term.vector.clone())).collect(),
    }
}

/// What could stand for an idea, that of most people first.
fn terms<'a>(
    spoken: &[Spoken<'_>],
    tokens: &'a [Vec<Token>],
    crowd: &Crowd<'_>,
    space: &Space,
    reader: &mut Reader,
) -> Vec<Term<'a>> {
    let mut seen: BTreeMap<&str, (BTreeSet<usize>, &str, &str)> = BTreeMap::new();
    for (passage, own) in spoken.iter().zip(tokens) {
        for token in own {
            seen.entry(&token.key)
                .or_insert((BTreeSet::new(), &token.surface, passage.language))
                .0
                .insert(passage.text);
        }
    }
    let read: Vec<&str> = seen.values().map(|(_, surface, _)| *surface).collect();
    reader.expect(&read);
    let asked = |key: &str| key.split(' ').all(|word| crowd.question.words.contains(word));
    let mut terms: Vec<Term<'a>> = seen
        .into_iter()
        .map(|(key, (texts, surface, language))| Term {
            key,
            people: crowd.people(&texts),
            texts,
            wide: key.contains(' ') || asked(key),
            sign: surface.chars().all(|c| c.is_uppercase() || c == 's'),
            vector: space.vector(&reader.read_in(surface, language.to_owned())),
        })
        .filter(|term| {
            // Words of the question name an idea only where it offers them and many take them up.
            let single = asked(term.key) && !term.key.contains(' ');
            let offered = crowd.question.options.contains(term.key);
            let echo = single && (!offered || term.people * 5 < crowd.all);
            term.people <= crowd.most(term.wide) && !echo
        })
        .collect();
    terms.sort_by(|a, b| b.people.cmp(&a.people).then(a.key.cmp(b.key)));
    terms
}
