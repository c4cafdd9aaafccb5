//! What texts share in words: TF-IDF, reduced to the directions along which words go together
//! (latent semantic analysis, Deerwester et al. 1990).
#![expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "counts of words and texts become weights"
)]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::{
    matrix::{Matrix, add, orthonormalize, unit},
    random::Random,
};

/// What a word of the question counts, beside another.
const OF_THE_QUESTION: f32 = 0.4;
/// Rounds of subspace iteration; the directions are exact enough long before.
const ROUNDS: usize = 4;

/// The directions found in a set of texts.
pub(super) struct Lexical {
    /// Number and weight of each term.
    terms: HashMap<Key, (usize, f32)>,
    /// One row for each term.
    basis: Matrix,
}

type Sparse = Vec<(usize, f32)>;

/// What a word is counted as; the same in memory wherever it is said.
pub(super) type Key = Arc<str>;

impl Lexical {
    /// Learns from texts, each given as the keys of its words.
    pub fn fit(texts: &[&[Key]], question: &BTreeSet<String>, seed: u64) -> Self {
        let mut counts: BTreeMap<&Key, usize> = BTreeMap::new();
        for text in texts {
            for key in text.iter().collect::<BTreeSet<_>>() {
                *counts.entry(key).or_default() += 1;
            }
        }
        let least = if texts.len() > 60 { 2 } else { 1 };
        let terms: HashMap<Key, (usize, f32)> = counts
            .into_iter()
            .filter(|(_, count)| *count >= least)
            .enumerate()
            .map(|(number, (key, count))| {
                let rare = ((1 + texts.len()) as f32 / (1 + count) as f32).ln() + 1.0;
                let weight = if question.contains(&**key) { OF_THE_QUESTION } else { 1.0 };
                (key.clone(), (number, rare * weight))
            })
            .collect();
        let mut lexical = Self { terms, basis: Matrix::zeros(0, 0) };
        let rows: Vec<Sparse> = texts.iter().map(|text| lexical.sparse(text)).collect();
        let dimensions = (texts.len() / 4)
            .clamp(10, 100)
            .min(texts.len().saturating_sub(1))
            .min(lexical.terms.len().saturating_sub(1));
        lexical.basis = directions(&rows, lexical.terms.len(), dimensions, seed);
        lexical
    }

    pub fn dimensions(&self) -> usize {
        self.basis.columns
    }

    /// Where a text lies along the directions, of length one; zeros for unknown words only.
    pub fn vector(&self, keys: &[Key]) -> Vec<f32> {
        let mut out = vec![0.0; self.basis.columns];
        for (term, weight) in self.sparse(keys) {
            add(&mut out, self.basis.row(term), weight);
        }
        unit(&mut out);
        out
    }

    /// TF-IDF: one plus the logarithm of the count, times rarity, to length one.
    fn sparse(&self, keys: &[Key]) -> Sparse {
        let mut counts: BTreeMap<usize, (usize, f32)> = BTreeMap::new();
        for (number, rare) in keys.iter().filter_map(|key| self.terms.get(key)) {
            counts.entry(*number).or_insert((0, *rare)).0 += 1;
        }
        let mut row: Sparse = counts
            .into_iter()
            .map(|(number, (count, rare))| (number, (1.0 + (count as f32).ln()) * rare))
            .collect();
        let length = row.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        if length > 0.0 {
            for (_, weight) in &mut row {
                *weight /= length;
            }
        }
        row
    }
}

/// The directions of largest variance, by subspace iteration from a seeded start; term by term.
fn directions(rows: &[Sparse], terms: usize, dimensions: usize, seed: u64) -> Matrix {
    let mut random = Random::new(seed);
    let mut across = Matrix::zeros(dimensions, terms);
    for row in 0..dimensions {
        across.row_mut(row).iter_mut().for_each(|value| *value = random.sign());
    }
    for _ in 0..ROUNDS {
        let mut along = Matrix::zeros(dimensions, rows.len());
        for direction in 0..dimensions {
            let source = across.row(direction);
            for (value, row) in along.row_mut(direction).iter_mut().zip(rows) {
                *value = row
                    .iter()
                    .map(|(term, weight)| source.get(*term).copied().unwrap_or(0.0) * weight)
                    .sum();
            }
        }
        orthonormalize(&mut along);
        across = Matrix::zeros(dimensions, terms);
        for direction in 0..dimensions {
            let target = across.row_mut(direction);
            for (row, value) in rows.iter().zip(along.row(direction)) {
                for (term, weight) in row {
                    if let Some(cell) = target.get_mut(*term) {
                        *cell += weight * value;
                    }
                }
            }
        }
        orthonormalize(&mut across);
    }
    let mut basis = Matrix::zeros(terms, dimensions);
    for direction in 0..dimensions {
        for (term, value) in across.row(direction).iter().enumerate() {
            if let Some(cell) = basis.row_mut(term).get_mut(direction) {
                *cell = *value;
            }
        }
    }
    basis
}

#[cfg(test)]
mod tests {
    use super::{super::matrix::dot, *};

    #[test]
    fn texts_of_the_same_words_lie_together() {
        let texts: Vec<Vec<Key>> = ["a b", "b a a", "c d", "d c", "e f a"]
            .iter()
            .map(|text| text.split(' ').map(Key::from).collect())
            .collect();
        let slices: Vec<&[Key]> = texts.iter().map(Vec::as_slice).collect();
        let lexical = Lexical::fit(&slices, &BTreeSet::new(), 7);
        let at = |i: usize| lexical.vector(&texts[i]);
        assert!(dot(&at(0), &at(1)) > 0.9);
        assert!(dot(&at(2), &at(3)) > 0.99);
        assert!(dot(&at(0), &at(2)).abs() < 0.05);
    }

    #[test]
    fn directions_are_those_of_largest_variance() {
        // Rows along two axes, ten times longer along the first: one direction finds that axis.
        let rows: Vec<Sparse> = vec![vec![(0, 10.0)], vec![(0, -10.0)], vec![(1, 1.0)]];
        let basis = directions(&rows, 3, 1, 1);
        assert!(basis.row(0)[0].abs() > 0.999 && basis.row(1)[0].abs() < 0.01);
    }
}
