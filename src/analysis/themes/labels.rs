//! Names for themes in the words of their passages.
//!
//! Phrases are ranked by how much more often they stand in the passages of a theme than in those
//! of the others (log-odds with a Dirichlet prior; Monroe, Colaresi, Quinn 2008), then by how near
//! they lie to the theme's centre.
#![expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "counts of passages become odds"
)]

use std::collections::{BTreeMap, BTreeSet};

use super::phrases::{Capitals, phrases};

/// Weight of the prior, in passages.
const PRIOR: f32 = 10.0;
/// What each further word of a phrase adds to its score.
const LONGER: f32 = 0.35;
/// What is left of the score of a phrase that only repeats the question.
const OF_THE_QUESTION: f32 = 0.1;
/// What the words of a phrase are worth together, when the phrase itself stands only once.
const OF_PARTS: f32 = 0.8;
/// What is left of that when the phrase is torn out of a longer one.
const BROKEN: f32 = 0.7;
/// What a phrase gains that somebody used as a name.
const NAMED: f32 = 1.25;
/// What a single word is worth that stands only once.
const ONCE: f32 = 0.5;
/// What is left of a Chinese phrase that stands only once and ends where no mark is.
const TORN: f32 = 0.3;
/// Phrases that are compared with the centre.
const FINALISTS: usize = 40;
const PHRASES: usize = 3;
const KEYWORDS: usize = 8;
/// A further phrase must reach this part of the first one's score.
const WORTH: f32 = 0.5;

/// A passage to count in, with its language.
pub(super) struct Sample<'a> {
    pub text: &'a str,
    pub language: &'a str,
}

/// A name and what stands behind it.
#[derive(Default)]
pub(super) struct Label {
    pub label: String,
    pub keywords: Vec<String>,
}

struct Counted {
    /// In how many passages each phrase stands.
    passages: BTreeMap<Vec<String>, usize>,
    /// How it is written there.
    surfaces: BTreeMap<Vec<String>, BTreeMap<String, usize>>,
    /// Those that were once all that was said between two marks.
    whole: BTreeSet<Vec<String>>,
    size: usize,
    language: String,
}

/// Names each theme, given its passages. `near` tells how near a phrase, in a language, lies to
/// the centre of the theme of that number: many phrases at once, since
/// some models read them so. `question` holds the stems of the question.
pub(super) fn labels(
    themes: &[Vec<Sample<'_>>],
    question: &BTreeSet<String>,
    mut near: impl FnMut(usize, &[String], &str) -> Vec<f32>,
) -> Vec<Label> {
    let mut capitals = Capitals::default();
    for sample in themes.iter().flatten() {
        capitals.learn(sample.text, sample.language);
    }
    let counted: Vec<Counted> = themes.iter().map(|samples| count(samples, &capitals)).collect();
    let mut everywhere: BTreeMap<&Vec<String>, usize> = BTreeMap::new();
    for (stems, count) in counted.iter().flat_map(|theme| &theme.passages) {
        *everywhere.entry(stems).or_default() += count;
    }
    let all: usize = counted.iter().map(|theme| theme.size).sum();
    counted
        .iter()
        .enumerate()
        .map(|(at, theme)| {
            let odds = |stems: &Vec<String>, here: usize| {
                let total = everywhere.get(stems).copied().unwrap_or(here);
                log_odds(here as f32, theme.size as f32, total as f32, all as f32)
            };
            label(theme, odds, question, |phrases| near(at, phrases, &theme.language))
        })
        .collect()
}

/// The z-score of the log-odds ratio, by number of passages.
fn log_odds(here: f32, size: f32, total: f32, all: f32) -> f32 {
    let prior = PRIOR * total / all;
    let part =
        |count: f32, of: f32| ((count + prior) / (of + PRIOR - count - prior).max(1e-6)).ln();
    let there = total - here;
    let spread = (1.0 / (here + prior) + 1.0 / (there + prior)).sqrt();
    (part(here, size) - part(there, all - size)) / spread
}

fn count(samples: &[Sample<'_>], capitals: &Capitals) -> Counted {
    let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
    for sample in samples {
        *languages.entry(sample.language).or_default() += 1;
    }
    let language = languages
        .iter()
        .max_by_key(|(_, count)| **count)
        .map_or_else(String::new, |(language, _)| (*language).to_owned());
    let mut counted = Counted {
        passages: BTreeMap::new(),
        surfaces: BTreeMap::new(),
        whole: BTreeSet::new(),
        size: samples.len(),
        language,
    };
    for sample in samples.iter().filter(|sample| sample.language == counted.language) {
        let mut seen = BTreeSet::new();
        for phrase in phrases(sample.text, sample.language, capitals) {
            *counted
                .surfaces
                .entry(phrase.stems.clone())
                .or_default()
                .entry(phrase.surface)
                .or_default() += 1;
            if phrase.whole {
                counted.whole.insert(phrase.stems.clone());
            }
            seen.insert(phrase.stems);
        }
        for stems in seen {
            *counted.passages.entry(stems).or_default() += 1;
        }
    }
    counted
}

fn label(
    theme: &Counted,
    odds: impl Fn(&Vec<String>, usize) -> f32,
    question: &BTreeSet<String>,
    mut near: impl FnMut(&[String]) -> Vec<f32>,
) -> Label {
    let single = |stem: &String| {
        let stems = vec![stem.clone()];
        let count = theme.passages.get(&stems).copied().unwrap_or(0);
        match count {
            _ if question.contains(stem) => 0.0,
            0 | 1 => odds(&stems, count) * ONCE,
            _ => odds(&stems, count),
        }
    };
    let mut ranked: Vec<(f32, &Vec<String>)> = theme
        .passages
        .iter()
        .map(|(stems, count)| {
            let words = stems.len() as f32;
            let new = stems.iter().filter(|stem| !question.contains(*stem)).count() as f32;
            let longer = 1.0 + LONGER * (new - 1.0).max(0.0);
            let asked = OF_THE_QUESTION + (1.0 - OF_THE_QUESTION) * new / words;
            let own = odds(stems, *count) * longer * asked;
            // A phrase said once is worth what its words are worth, said by others too.
            let parts = stems.iter().map(single).sum::<f32>() / words.sqrt() * OF_PARTS;
            let whole = theme.whole.contains(stems);
            let parts = if whole { parts } else { parts * BROKEN };
            let score = match (*count > 1 || theme.size < 4, stems.len() > 1) {
                (true, _) => own.max(parts),
                // Nothing says where a Chinese name ends, so one that is said once is no name.
                (false, true) if theme.language == "zh" && !whole => parts * TORN,
                (false, true) => parts,
                (false, false) => own * ONCE,
            };
            (if whole && stems.len() > 1 { score * NAMED } else { score }, stems)
        })
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let surface = |stems: &Vec<String>| {
        theme
            .surfaces
            .get(stems)
            .and_then(|forms| forms.iter().max_by_key(|(form, count)| (**count, *form)))
            .map_or_else(String::new, |(form, _)| form.clone())
    };
    let keywords = ranked
        .iter()
        .filter(|(_, stems)| stems.len() == 1 && theme.passages.get(*stems) > Some(&1))
        .take(KEYWORDS)
        .map(|(_, stems)| surface(stems))
        .collect();
    ranked.truncate(FINALISTS);
    let forms: Vec<String> = ranked.iter().map(|(_, stems)| surface(stems)).collect();
    let near = near(&forms);
    let best = ranked.iter().map(|(score, _)| *score).fold(1e-6_f32, f32::max);
    let nearest = near.iter().copied().fold(1e-6_f32, f32::max);
    let mut mixed: Vec<(f32, &Vec<String>, String)> = ranked
        .into_iter()
        .zip(near)
        .map(|((score, stems), near)| (score / best + near / nearest, stems, surface(stems)))
        .collect();
    mixed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)));
    Label { label: joined(&mixed, &theme.language), keywords }
}

/// Up to three phrases that share less than half of their words.
fn joined(ranked: &[(f32, &Vec<String>, String)], language: &str) -> String {
    let mut chosen: Vec<(&Vec<String>, &str)> = Vec::new();
    let least = ranked.first().map_or(0.0, |first| first.0 * WORTH);
    for (score, stems, form) in ranked {
        let said = chosen.iter().any(|(other, _)| {
            let shared = stems.iter().filter(|stem| other.contains(stem)).count();
            shared * 2 >= stems.len().min(other.len())
        });
        if *score >= least && !said && chosen.len() < PHRASES {
            chosen.push((stems, form));
        }
    }
    let forms: Vec<&str> = chosen.into_iter().map(|(_, form)| form).collect();
    let joined = forms.join(if matches!(language, "zh" | "ja") { "、" } else { "; " });
    raised(&joined)
}

/// With a capital in front, unless the first word has one inside ("iPhone").
pub fn raised(label: &str) -> String {
    let word = label.split_whitespace().next().unwrap_or_default();
    let mut chars = label.chars();
    match chars.next() {
        Some(first) if !word.chars().any(char::is_uppercase) => {
            first.to_uppercase().chain(chars).collect()
        }
        _ => label.to_owned(),
    }
}

#[cfg(test)]
mod tests;
