//! Distances between people, and the value of a group.
//!
//! Distance: weighted L1 over the dimensions, unanswered ones at the mean. The value of all groups
//! is the sum of `W/s`, with `W` the sum of the distances of a group's pairs and `s` its size. As
//! L1 is of negative type, it is at most `n M / 2`, with `M` the mean over all ordered pairs, and
//! reaches it only if every group is like everybody (energy distance, Székely and Rizzo 2013).

#![expect(clippy::indexing_slicing, reason = "people are indices of one table")]

use super::problem::real;

/// Above so many people distances are computed when needed, not kept.
const KEPT: usize = 2500;

/// Views of those who sit, scaled by weight.
pub(super) struct Views {
    rows: Vec<Vec<f64>>,
    table: Vec<f64>,
    /// Mean distance over all ordered pairs, a person with itself included.
    pub mean: f64,
}

impl Views {
    /// `rows` holds one row per person, each value times its weight.
    pub(super) fn new(rows: Vec<Vec<f64>>) -> Self {
        let count = rows.len();
        let mut views = Self { rows, table: Vec::new(), mean: 0.0 };
        if count <= KEPT {
            let mut table = vec![0.0; count * count];
            for a in 0..count {
                for b in 0..a {
                    let distance = views.distance(a, b);
                    table[a * count + b] = distance;
                    table[b * count + a] = distance;
                }
            }
            views.table = table;
        }
        let all: f64 = (0..count).map(|a| (0..a).map(|b| views.distance(a, b)).sum::<f64>()).sum();
        views.mean = 2.0 * all / (real(count) * real(count)).max(1.0);
        views
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn distance(&self, a: usize, b: usize) -> f64 {
        match self.table.get(a * self.rows.len() + b) {
            Some(distance) => *distance,
            None => self.rows[a].iter().zip(&self.rows[b]).map(|(x, y)| (x - y).abs()).sum(),
        }
    }

    /// Sum of the distances from a person to some others.
    pub(super) fn to_all(&self, person: usize, others: &[usize]) -> f64 {
        let mut sum = 0.0;
        for &other in others {
            sum += self.distance(person, other);
        }
        sum
    }

    /// Sum over all pairs.
    pub(super) fn inside(&self, group: &[usize]) -> f64 {
        let mut sum = 0.0;
        for (place, &person) in group.iter().enumerate() {
            sum += self.to_all(person, &group[..place]);
        }
        sum
    }

    /// Value of a group in units of the mean distance: `W/s`, less what it falls behind.
    pub(super) fn value(&self, inside: f64, size: usize, fairness: f64) -> f64 {
        if self.mean <= 0.0 || size == 0 {
            return 0.0;
        }
        let size = real(size);
        let share = inside / self.mean;
        let behind = (1.0 - 2.0 * share / (size * size)).max(0.0);
        share / size - fairness * size * behind * behind
    }

    /// How like everybody a group is, 0..100: 100 (1 - E/E of chance).
    pub(super) fn likeness(&self, group: &[usize]) -> f64 {
        let (size, count) = (real(group.len()), real(self.len()));
        if self.mean <= f64::EPSILON || group.len() >= self.len() || group.is_empty() {
            return 100.0;
        }
        let everybody: Vec<usize> = (0..self.len()).collect();
        let across: f64 = group.iter().map(|&person| self.to_all(person, &everybody)).sum();
        let energy =
            2.0 * across / (size * count) - 2.0 * self.inside(group) / (size * size) - self.mean;
        let chance = self.mean * (count - size) / (size * (count - 1.0));
        (100.0 * (1.0 - energy / chance)).clamp(0.0, 100.0)
    }
}
