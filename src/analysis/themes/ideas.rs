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

mod tokens;
mod weak;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    labels::Label,
    matrix::{Matrix, add, dot},
    space::{Prepared, Reader, Space},
    spread::Placed,
};
use crate::analysis::{language::han, passages::passages};
use tokens::{Spoken, Token, tokens};

const LEAST: usize = 3;
const MOST: usize = 12;
const JOIN: f32 = 0.55;
const TRANSLATION: f32 = 0.48;
const ADOPT: f32 = 0.66;
const NEAR: f32 = 0.66;
const MARGIN: f32 = 0.1;

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

struct Idea {
    keys: BTreeSet<String>,
    texts: BTreeSet<usize>,
    people: usize,
}

/// The ideas of answers in the order of their keys; nothing where most hold only one.
pub(super) fn ideas(
    answers: &[Answer<'_>],
    question: &BTreeSet<String>,
    reader: &mut Reader,
    seed: u64,
) -> Option<Ideas> {
    let spans: Vec<(usize, usize, usize)> = answers
        .iter()
        .enumerate()
        .flat_map(|(at, a)| passages(a.text).into_iter().map(move |(s, e)| (at, s, e)))
        .collect();
    if answers.len() < 12 || spans.len() * 2 < answers.len() * 3 {
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
    let space = Space::fit(&prepared.iter().collect::<Vec<_>>(), &BTreeSet::new(), seed);
    let vectors: Vec<Vec<f32>> = prepared.iter().map(|p| space.vector(p)).collect();
    let mut found = gather(&spoken, &tokens, (answers, question), &space, reader);
    found.sort_by(|a, b| b.people.cmp(&a.people).then_with(|| a.keys.cmp(&b.keys)));
    found.retain(|idea| idea.people >= LEAST);
    found.truncate(MOST);
    if found.len() < 2 {
        return None;
    }
    let holds = |idea: &Idea, at: usize| tokens[at].iter().any(|t| idea.keys.contains(&t.key));
    let mut centres = Matrix::zeros(found.len(), vectors.first().map_or(0, Vec::len));
    for (number, idea) in found.iter().enumerate() {
        for at in (0..spoken.len()).filter(|at| holds(idea, *at)) {
            add(centres.row_mut(number), &vectors[at], 1.0);
        }
    }
    centres.normalize();
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

/// What several people put around their answers in the same words.
fn asides(spoken: &[Spoken<'_>]) -> BTreeSet<usize> {
    let mut same: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, passage) in spoken.iter().enumerate() {
        let plain: String = passage
            .slice
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        same.entry(plain).or_default().push(at);
    }
    let edge = |at: usize| {
        let alone = |other: Option<usize>| {
            other.and_then(|o| spoken.get(o)).is_none_or(|o| o.text != spoken[at].text)
        };
        alone(at.checked_sub(1)) != alone(Some(at + 1))
    };
    same.into_values()
        .filter(|all| all.len() >= 2 && all.iter().all(|at| edge(*at)))
        .filter(|all| spoken[all[0]].slice.chars().count() < 60)
        .flatten()
        .collect()
}

/// Tokens that mean the same or keep company, gathered into ideas.
fn gather(
    spoken: &[Spoken<'_>],
    tokens: &[Vec<Token>],
    (answers, question): (&[Answer<'_>], &BTreeSet<String>),
    space: &Space,
    reader: &mut Reader,
) -> Vec<Idea> {
    let mut texts: BTreeMap<&str, (BTreeSet<usize>, &str, &str)> = BTreeMap::new();
    for (passage, own) in spoken.iter().zip(tokens) {
        for token in own {
            texts
                .entry(&token.key)
                .or_insert((BTreeSet::new(), &token.surface, passage.language))
                .0
                .insert(passage.text);
        }
    }
    let people =
        |texts: &BTreeSet<usize>| texts.iter().map(|at| answers[*at].people).sum::<usize>();
    let all: usize = answers.iter().map(|answer| answer.people).sum();
    let asked = |key: &str| key.split(' ').all(|word| question.contains(word));
    let wide = |key: &str| key.contains(' ') || asked(key);
    let most = |wide: bool| if wide { all * 3 / 5 } else { all * 2 / 5 };
    let terms: Vec<Term<'_>> = texts
        .into_iter()
        .map(|(key, (texts, surface, language))| Term {
            key,
            people: people(&texts),
            texts,
            wide: wide(key),
            sign: surface.chars().all(|c| c.is_uppercase() || c == 's'),
            vector: space.vector(&reader.read_in(surface, language.to_owned())),
        })
        .filter(|term| {
            let rare = asked(term.key) && !term.key.contains(' ') && term.people * 5 < all;
            term.people <= most(term.wide) && !rare
        })
        .collect();
    let (common, rare): (Vec<&Term<'_>>, Vec<&Term<'_>>) =
        terms.iter().partition(|term| term.people >= 2);
    let twins = twins(&common);
    let likeness = |a: &[&Term<'_>], b: &[&Term<'_>]| likeness(a, b, &twins);
    let mut groups: Vec<Vec<&Term<'_>>> = common.into_iter().map(|term| vec![term]).collect();
    let union = |a: &[&Term<'_>], b: &[&Term<'_>]| {
        people(&a.iter().chain(b).flat_map(|term| term.texts.iter().copied()).collect())
    };
    let fits = |a: &[&Term<'_>], b: &[&Term<'_>]| {
        union(a, b) <= most(a.iter().chain(b).any(|term| term.wide))
    };
    loop {
        let mut best = (JOIN, None);
        for a in 0..groups.len() {
            for b in a + 1..groups.len() {
                let mean = likeness(&groups[a], &groups[b]);
                if mean > best.0 && fits(&groups[a], &groups[b]) {
                    best = (mean, Some((a, b)));
                }
            }
        }
        let Some((a, b)) = best.1 else { break };
        let moved = groups.remove(b);
        groups[a].extend(moved);
    }
    // What one person says in a word of her own joins what others say.
    let firm = groups.clone();
    for term in rare {
        let mut best = (ADOPT, None);
        for (at, group) in firm.iter().enumerate() {
            let mean = likeness(group, &[term]);
            if mean > best.0 && fits(&groups[at], &[term]) {
                best = (mean, Some(at));
            }
        }
        if let Some(at) = best.1 {
            groups[at].push(term);
        }
    }
    groups
        .into_iter()
        .map(|group| Idea {
            keys: group.iter().map(|term| term.key.to_owned()).collect(),
            people: union(&group, &[]),
            texts: group.iter().flat_map(|term| term.texts.iter().copied()).collect(),
        })
        .collect()
}

/// A token that may stand for an idea.
struct Term<'a> {
    key: &'a str,
    texts: BTreeSet<usize>,
    people: usize,
    /// Whether it is so clear that it may stand in more than two answers of five.
    wide: bool,
    /// Letters that are not read as a word, of which the model knows little.
    sign: bool,
    vector: Vec<f32>,
}

impl Term<'_> {
    /// Whether it is a kind of what the other names alone, and no more common.
    fn kind_of(&self, other: &Self) -> bool {
        self.people <= other.people
            && self.key.strip_suffix(other.key).is_some_and(|rest| rest.ends_with(' '))
    }

    fn han(&self) -> bool {
        self.key.chars().any(han)
    }
}

/// Terms of two scripts that are each other's nearest: one is the translation of the other.
fn twins<'a>(terms: &[&Term<'a>]) -> BTreeSet<(&'a str, &'a str)> {
    let nearest = |of: &Term<'_>| {
        terms
            .iter()
            .enumerate()
            .filter(|(_, term)| term.han() != of.han())
            .map(|(at, term)| (at, dot(&term.vector, &of.vector)))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
            .filter(|(_, near)| *near >= TRANSLATION)
    };
    let mut out = BTreeSet::new();
    for (at, term) in terms.iter().enumerate() {
        if let Some((other, _)) = nearest(term)
            && nearest(terms[other]).is_some_and(|(back, _)| back == at)
        {
            out.insert((term.key, terms[other].key));
        }
    }
    out
}

/// The mean likeness of the terms of two groups: in meaning, and in the company they keep.
fn likeness(a: &[&Term<'_>], b: &[&Term<'_>], twins: &BTreeSet<(&str, &str)>) -> f32 {
    let mut sum = 0.0;
    for x in a {
        for y in b {
            let shared = x.texts.intersection(&y.texts).count() as f32;
            let company = shared / x.texts.len().min(y.texts.len()) as f32;
            let strange = if x.sign || y.sign { 0.8 } else { 1.0 };
            let like = 0.85 * strange * dot(&x.vector, &y.vector) + 0.15 * company;
            let same = if twins.contains(&(x.key, y.key)) || x.kind_of(y) || y.kind_of(x) {
                0.7
            } else {
                0.0
            };
            sum += like.max(same);
        }
    }
    sum / (a.len() * b.len()) as f32
}

fn name(idea: &Idea, spoken: &[Spoken<'_>], tokens: &[Vec<Token>]) -> Label {
    let mut counts: BTreeMap<(bool, &str), (BTreeSet<usize>, BTreeMap<&str, usize>)> =
        BTreeMap::new();
    for (passage, own) in spoken.iter().zip(tokens) {
        for token in own.iter().filter(|t| idea.keys.contains(&t.key)) {
            let entry = counts.entry((passage.language == "zh", token.key.as_str())).or_default();
            entry.0.insert(passage.text);
            *entry.1.entry(&token.surface).or_default() += 1;
        }
    }
    let chinese: usize = counts.iter().filter(|((zh, _), _)| *zh).map(|(_, c)| c.0.len()).sum();
    let others: usize = counts.iter().filter(|((zh, _), _)| !*zh).map(|(_, c)| c.0.len()).sum();
    let mut ranked: Vec<(usize, &str)> = counts
        .iter()
        .filter(|((zh, _), _)| *zh == (chinese > others))
        .filter_map(|(_, (texts, forms))| {
            Some((texts.len(), *forms.iter().max_by_key(|(form, count)| (**count, **form))?.0))
        })
        .collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let keywords: Vec<String> = ranked.iter().take(8).map(|(_, form)| (*form).to_owned()).collect();
    let least = (idea.texts.len() / 5).max(2);
    let shown: Vec<&str> = ranked
        .iter()
        .enumerate()
        .filter(|(at, (count, _))| *at == 0 || *count >= least)
        .map(|(_, r)| r)
        .take(3)
        .map(|(_, form)| *form)
        .collect();
    let label = shown.join(if chinese > others { "、" } else { "; " });
    Label { label: super::labels::raised(&label), keywords }
}
