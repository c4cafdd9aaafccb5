//! Answers and given themes: which theme a further answer belongs to.
//!
//! A passage is compared with each theme by meaning and by words: 0.7 of the cosine in the space
//! that the given answers span, 0.3 of the cosine of TF-IDF. It joins the nearest if it lies there
//! as most of the theme's own passages do, and clearly nearer than to the second. The space is
//! learned from the given answers alone, so what becomes of a further answer depends on them and
//! on its own words, never on the other further answers.
#![expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    reason = "counts become weights; every index is a text or theme below the counts"
)]

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Settings, Text, Theme, Themes,
    build::{Known, build},
    careless::{adds_nothing, says_nothing},
    lexical::Key,
    matrix::{Matrix, add, dot, unit},
    repeats::repeats,
    space::{Prepared, Reader, Space},
    spread::Placed,
    stems, written,
};
use crate::analysis::passages::passages;

/// What meaning counts, and what words count.
const MEANING: f32 = 0.7;
const WORDS: f32 = 0.3;
/// How much of the whole answer each passage takes on, for what "it" and "they" stand for.
const CONTEXT: f32 = 0.3;
/// So many of a theme's own passages may lie farther out than a passage that joins it: one in …
const FAR_OUT: usize = 4;
/// No passage joins a theme that it is less like than this.
const LEAST: f32 = 0.16;
/// By so much a theme must be nearer than the second.
const MARGIN: f32 = 0.04;
/// Themes of fewer passages are judged by the passages of all themes.
const FEW: usize = 6;

/// Where an answer stands before the rest is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// As it was decided: the main theme, and its passages as theme, first byte and byte after the
    /// last. Without passages it belongs to no theme.
    Fixed {
        /// Place of the main theme; none exactly without passages.
        main: Option<usize>,
        /// The passages, in order.
        passages: Vec<(usize, usize, usize)>,
    },
    /// To be assigned.
    Free,
}

/// The themes `0..count` with the answers that stand in them and the further ones that join.
///
/// The result has exactly these themes, in this order, also those that nobody speaks of; names
/// are as the method would give them. What stands nowhere and says nothing is `uninformative`.
/// Depends on the keys, texts, languages, standings and settings only, not on the order of the
/// texts. Linear in their number.
pub fn assign(texts: &[Text], standings: &[Standing], count: usize, settings: &Settings) -> Themes {
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_by_key(|at| (&texts[*at].key, &texts[*at].text));
    let spans = |at: usize| match standings.get(at) {
        Some(Standing::Fixed { passages, .. }) => passages.as_slice(),
        _ => &[],
    };
    let (uninformative, told): (Vec<usize>, Vec<usize>) = order
        .into_iter()
        .partition(|at| spans(*at).is_empty() && says_nothing(written(texts, *at)));
    let slices: Vec<&str> = told.iter().map(|at| written(texts, *at)).collect();
    let sources = repeats(&slices);
    let mut reader = Reader::new(&settings.model);
    reader.expect(&slices);
    let prepared: Vec<Prepared> = told
        .iter()
        .map(|at| reader.read(&texts[*at].text, texts[*at].language.as_deref()))
        .collect();
    let given: Vec<usize> = (0..told.len()).filter(|at| !spans(told[*at]).is_empty()).collect();
    let fitted: Vec<&Prepared> = given.iter().map(|at| &prepared[*at]).collect();
    let question = stems(&settings.question);
    let space = Space::fit(&fitted, &question, settings.seed);
    let own: Vec<Own> = given
        .iter()
        .flat_map(|at| {
            let whole = space.vector(&prepared[*at]);
            let language = &prepared[*at].language;
            let mut read = |(theme, start, end): &(usize, usize, usize)| {
                let slice = slices[*at].get(*start..*end).unwrap_or_default();
                let (vector, keys) = passage(slice, language, &whole, &space, &mut reader);
                Own { at: *at, theme: *theme, start: *start, end: *end, vector, keys }
            };
            let spans = spans(told[*at]).iter().filter(|span| span.0 < count);
            spans.map(&mut read).collect::<Vec<_>>()
        })
        .collect();
    let centres = Centres::of(&own, count, space.columns());
    let mut ground = Ground { space, centres, reader };
    let mut placed: Vec<Vec<Placed>> = vec![vec![]; told.len()];
    let mut main: Vec<Option<usize>> = vec![None; told.len()];
    for passage in &own {
        let Own { theme, start, end, .. } = *passage;
        let near = dot(ground.centres.meaning.row(theme), &passage.vector);
        placed[passage.at].push(Placed { theme, start, end, near });
    }
    for at in 0..told.len() {
        if let Some(Standing::Fixed { main: given, .. }) = standings.get(told[at]) {
            main[at] = *given;
        } else {
            (main[at], placed[at]) = ground.place(slices[at], &prepared[at]);
        }
    }
    let known: Vec<Known<'_>> = (0..told.len())
        .map(|at| Known {
            text: slices[at],
            language: prepared[at].language.clone(),
            main: main[at],
            source: sources[at],
            placed: placed[at].clone(),
        })
        .collect();
    let Ground { space, centres, mut reader } = ground;
    let themes = build(&known, &space, &centres.meaning, &question, None, &mut reader);
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, source) in sources.iter().enumerate() {
        groups.entry(*source).or_default().push(at);
    }
    let outside = (0..told.len()).filter(|at| placed[*at].is_empty()).collect();
    let repeats = groups.into_values().filter(|group| group.len() > 1).collect();
    let found = Themes { themes, outside, uninformative: vec![], repeats };
    given_back(found, &told, uninformative)
}

/// From positions in the order of keys to those of the caller.
fn given_back(mut found: Themes, told: &[usize], mut uninformative: Vec<usize>) -> Themes {
    let back = |all: &mut Vec<usize>| {
        for at in all.iter_mut() {
            *at = told[*at];
        }
        all.sort_unstable();
    };
    for theme in &mut found.themes {
        back(&mut theme.main);
        back(&mut theme.mentions);
        let Theme { passages, quotes, gist, .. } = theme;
        for passage in passages.iter_mut().chain(quotes).chain([gist]) {
            passage.text = told.get(passage.text).copied().unwrap_or(passage.text);
        }
        theme.passages.sort_unstable();
    }
    back(&mut found.outside);
    found.repeats.iter_mut().for_each(back);
    found.repeats.sort();
    uninformative.sort_unstable();
    found.uninformative = uninformative;
    found
}

/// A passage that stands in a theme.
struct Own {
    at: usize,
    theme: usize,
    start: usize,
    end: usize,
    vector: Vec<f32>,
    keys: Box<[Key]>,
}

struct Ground {
    space: Space,
    centres: Centres,
    reader: Reader,
}

/// Where a passage lies, and its telling words.
fn passage(
    slice: &str,
    language: &str,
    whole: &[f32],
    space: &Space,
    reader: &mut Reader,
) -> (Vec<f32>, Box<[Key]>) {
    let read = reader.read_in(slice, language.to_owned());
    let mut vector = space.vector(&read);
    add(&mut vector, whole, CONTEXT);
    unit(&mut vector);
    (vector, read.keys)
}

impl Ground {
    /// The passages of a further answer that join themes, and the theme it is mainly about: the
    /// nearest of the whole answer if a passage is of it, else that of the surest passage.
    fn place(&mut self, text: &str, prepared: &Prepared) -> (Option<usize>, Vec<Placed>) {
        let whole = self.space.vector(prepared);
        let (mut placed, mut surest) = (vec![], (f32::NEG_INFINITY, None));
        for (start, end) in passages(text) {
            let slice = text.get(start..end).unwrap_or_default();
            if adds_nothing(slice) {
                continue;
            }
            let (space, reader) = (&self.space, &mut self.reader);
            let (vector, keys) = passage(slice, &prepared.language, &whole, space, reader);
            let Some((theme, score)) = self.centres.joins(&vector, &keys) else { continue };
            let near = dot(self.centres.meaning.row(theme), &vector);
            placed.push(Placed { theme, start, end, near });
            if score > surest.0 {
                surest = (score, Some(theme));
            }
        }
        let nearest = self.centres.nearest(&whole, &prepared.keys).map(|(theme, ..)| theme);
        let main = nearest.filter(|theme| placed.iter().any(|p| p.theme == *theme)).or(surest.1);
        (main, placed)
    }
}

type Sparse = BTreeMap<Key, f32>;

/// What the given themes are like.
struct Centres {
    meaning: Matrix,
    words: Vec<Sparse>,
    lengths: Vec<f32>,
    rare: Sparse,
    /// What a passage must reach to join each.
    least: Vec<f32>,
}

impl Centres {
    fn of(own: &[Own], count: usize, columns: usize) -> Self {
        let mut holding: BTreeMap<&Key, usize> = BTreeMap::new();
        for passage in own {
            for key in passage.keys.iter().collect::<BTreeSet<_>>() {
                *holding.entry(key).or_default() += 1;
            }
        }
        let all = own.len() as f32;
        let rare = holding
            .into_iter()
            .map(|(key, count)| (key.clone(), ((1.0 + all) / (1 + count) as f32).ln() + 1.0))
            .collect();
        let mut centres = Self {
            meaning: Matrix::zeros(count, columns),
            words: vec![Sparse::new(); count],
            lengths: vec![],
            rare,
            least: vec![],
        };
        let words: Vec<Sparse> = own.iter().map(|p| centres.weighed(&p.keys)).collect();
        for (passage, words) in own.iter().zip(&words) {
            add(centres.meaning.row_mut(passage.theme), &passage.vector, 1.0);
            for (key, weight) in words {
                *centres.words[passage.theme].entry(key.clone()).or_default() += weight;
            }
        }
        // Each passage against the rest of its theme, as a further one is against all of it.
        let mut scores: Vec<Vec<f32>> = vec![vec![]; count];
        let squares: Vec<(f32, f32)> = (0..count)
            .map(|theme| {
                let meaning = centres.meaning.row(theme);
                (dot(meaning, meaning), length(&centres.words[theme]).powi(2))
            })
            .collect();
        for (passage, words) in own.iter().zip(&words) {
            let (meaning, lexical) = squares[passage.theme];
            let near = dot(centres.meaning.row(passage.theme), &passage.vector);
            let like = shared(&centres.words[passage.theme], words);
            let score = MEANING * without(near, meaning, dot(&passage.vector, &passage.vector))
                + WORDS * without(like, lexical, shared(words, words));
            scores[passage.theme].push(score);
        }
        centres.lengths = centres.words.iter().map(length).collect();
        let together: Vec<f32> = scores.iter().flatten().copied().collect();
        centres.least = scores
            .into_iter()
            .map(|scores| low(if scores.len() < FEW { together.clone() } else { scores }))
            .collect();
        centres.meaning.normalize();
        centres
    }

    fn weighed(&self, keys: &[Key]) -> Sparse {
        let mut counts: BTreeMap<&Key, f32> = BTreeMap::new();
        for key in keys {
            *counts.entry(key).or_default() += 1.0;
        }
        let weight = |(key, count): (&Key, f32)| {
            let rare = self.rare.get(key)?;
            Some((key.clone(), (1.0 + count.ln()) * rare))
        };
        let mut row: Sparse = counts.into_iter().filter_map(weight).collect();
        let length = row.values().map(|value| value * value).sum::<f32>().sqrt();
        for value in row.values_mut() {
            *value /= length.max(1e-12);
        }
        row
    }

    /// The nearest theme, how near it is, and how near the second.
    fn nearest(&self, vector: &[f32], keys: &[Key]) -> Option<(usize, f32, f32)> {
        let words = self.weighed(keys);
        let (mut best, mut second) = (None::<(usize, f32)>, f32::NEG_INFINITY);
        for theme in 0..self.meaning.rows {
            let score = MEANING * dot(self.meaning.row(theme), vector)
                + WORDS * shared(&self.words[theme], &words) / self.lengths[theme].max(1e-6);
            match best {
                Some((_, highest)) if score <= highest => second = second.max(score),
                _ => {
                    second = best.map_or(second, |(_, highest)| highest);
                    best = Some((theme, score));
                }
            }
        }
        best.map(|(theme, score)| (theme, score, second))
    }

    /// The theme that a passage joins.
    fn joins(&self, vector: &[f32], keys: &[Key]) -> Option<(usize, f32)> {
        let (theme, score, second) = self.nearest(vector, keys)?;
        let sure = score >= self.least[theme].max(LEAST) && score >= second + MARGIN;
        sure.then_some((theme, score))
    }
}

fn shared(a: &Sparse, b: &Sparse) -> f32 {
    let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    few.iter().filter_map(|(key, weight)| Some(weight * many.get(key)?)).sum()
}

fn length(row: &Sparse) -> f32 {
    shared(row, row).sqrt()
}

/// The cosine of a row and the sum of which it is a part, without that part: from their inner
/// product, the square of the sum and the square of the row.
fn without(near: f32, sum: f32, row: f32) -> f32 {
    let rest = (sum - 2.0 * near + row).max(0.0);
    if rest > 1e-6 && row > 1e-6 { (near - row) / (rest * row).sqrt() } else { 0.0 }
}

/// What three of four reach.
fn low(mut scores: Vec<f32>) -> f32 {
    scores.sort_by(f32::total_cmp);
    scores.get(scores.len() / FAR_OUT).copied().unwrap_or(1.0)
}

#[cfg(test)]
mod tests;
