//! All who sit, as numbers: how far people are from each other and from everybody.
//!
//! For words after the search; the search itself keeps distances in its own way. As distances are
//! sums over dimensions, the mean distance of each person to everybody comes from sorted columns,
//! so that thousands of people need no table of pairs.

#![expect(clippy::indexing_slicing, reason = "people and questions are indices of one crowd")]

use super::problem::{filled, real, weight};
use super::request::Request;

/// Those who sit in a plan. People are counted by their place in it.
pub(super) struct Crowd {
    /// Per person, one value times its weight for each dimension.
    rows: Vec<Vec<f64>>,
    /// Questions that any dimension belongs to, in order.
    pub questions: Vec<usize>,
    /// For each dimension its place in `questions`.
    place: Vec<usize>,
    /// `apart[person][question]`: mean distance to everybody, oneself included.
    apart: Vec<Vec<f64>>,
    /// The mean of `apart` per question: mean distance over all ordered pairs.
    means: Vec<f64>,
    /// The sum of `means`.
    pub mean: f64,
}

impl Crowd {
    /// `people` are places in the request, in an order that does not depend on the request's.
    pub(super) fn new(request: &Request, people: &[usize]) -> Self {
        let weights: Vec<f64> = request.dimensions.iter().map(|d| weight(d.weight)).collect();
        let rows: Vec<Vec<f64>> = filled(request, people)
            .into_iter()
            .map(|row| row.iter().zip(&weights).map(|(view, weight)| view * weight).collect())
            .collect();
        let mut questions: Vec<usize> = request.dimensions.iter().map(|d| d.question).collect();
        questions.sort_unstable();
        questions.dedup();
        let place: Vec<usize> = request
            .dimensions
            .iter()
            .map(|d| questions.binary_search(&d.question).unwrap_or(0))
            .collect();
        let count = real(rows.len()).max(1.0);
        let mut apart = vec![vec![0.0; questions.len()]; rows.len()];
        for (dimension, &question) in place.iter().enumerate() {
            let mut order: Vec<usize> = (0..rows.len()).collect();
            order.sort_by(|&a, &b| rows[a][dimension].total_cmp(&rows[b][dimension]));
            let total: f64 = order.iter().map(|&person| rows[person][dimension]).sum();
            let mut below = 0.0;
            for (rank, &person) in order.iter().enumerate() {
                let value = rows[person][dimension];
                let lower = real(rank) * value - below;
                let higher = total - below - real(rows.len() - rank) * value;
                apart[person][question] += (lower + higher).max(0.0) / count;
                below += value;
            }
        }
        let means: Vec<f64> = (0..questions.len())
            .map(|question| apart.iter().map(|row| row[question]).sum::<f64>() / count)
            .collect();
        let mean = means.iter().sum();
        Self { rows, questions, place, apart, means, mean }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether nobody differs from anybody.
    pub(super) fn flat(&self) -> bool {
        self.mean <= f64::EPSILON
    }

    pub(super) fn distance(&self, a: usize, b: usize) -> f64 {
        self.rows[a].iter().zip(&self.rows[b]).map(|(x, y)| (x - y).abs()).sum()
    }

    /// Sum of the distances to some others.
    pub(super) fn to_all(&self, person: usize, others: &[usize]) -> f64 {
        others.iter().map(|&other| self.distance(person, other)).sum()
    }

    /// Sum over all pairs of a group.
    pub(super) fn inside(&self, group: &[usize]) -> f64 {
        group.iter().enumerate().map(|(at, &person)| self.to_all(person, &group[..at])).sum()
    }

    /// The value of a group in units of the mean distance: `W/s`, less what it falls behind.
    pub(super) fn value(&self, inside: f64, size: usize, fairness: f64) -> f64 {
        if self.flat() || size == 0 {
            return 0.0;
        }
        let (size, share) = (real(size), inside / self.mean);
        let behind = (1.0 - 2.0 * share / (size * size)).max(0.0);
        share / size - fairness * size * behind * behind
    }

    /// How like everybody a group is, 0..100: 100 (1 - E/E of chance), with E the energy distance
    /// (Székely and Rizzo 2013); and the same for each question.
    pub(super) fn mix(&self, group: &[usize]) -> (f64, Vec<(usize, f64)>) {
        let mut inside = vec![0.0; self.questions.len()];
        for (at, &a) in group.iter().enumerate() {
            for &b in &group[..at] {
                for (dimension, &question) in self.place.iter().enumerate() {
                    inside[question] += (self.rows[a][dimension] - self.rows[b][dimension]).abs();
                }
            }
        }
        let (size, count) = (real(group.len()).max(1.0), real(self.len()));
        let share = |energy: f64, mean: f64| {
            if mean <= f64::EPSILON || group.len() >= self.len() || group.is_empty() {
                return 100.0;
            }
            let chance = mean * (count - size) / (size * (count - 1.0));
            (100.0 * (1.0 - energy / chance)).clamp(0.0, 100.0)
        };
        let mut whole = 0.0;
        let by_question = (0..self.questions.len())
            .map(|question| {
                let across: f64 = group.iter().map(|&person| self.apart[person][question]).sum();
                let energy = 2.0 * across / size
                    - 2.0 * inside[question] / (size * size)
                    - self.means[question];
                whole += energy;
                (self.questions[question], share(energy, self.means[question]))
            })
            .collect();
        (share(whole, self.mean), by_question)
    }
}
