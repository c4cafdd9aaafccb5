//! Distances for the search, as whole numbers: their sums are exact, so thousands of changes leave
//! no trace and no order of additions matters.

#![expect(
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "units and people are indices of one table; the numbers are bounded in `new`"
)]

use super::problem::real;

/// Above so many units distances are computed when needed: the table would not fit into the
/// processor's caches, and reading it would take longer than computing.
pub(super) const KEPT: usize = 3000;

/// Distances between units, in equal steps: the sum over the pairs of their people.
pub(super) struct Far {
    /// People before each unit, and all at the end.
    first: Vec<usize>,
    dimensions: usize,
    /// `people x dimensions`, people in order of the units.
    features: Vec<i32>,
    /// `units x units`, or nothing.
    table: Vec<i32>,
    /// One step in units of the mean distance.
    pub step: f64,
}

impl Far {
    /// `units` holds the views of the people of each unit, each value times its weight; `most` is
    /// the number of people in the largest group. Twice the sum of distances between a unit and a
    /// group is within 31 bits.
    pub(super) fn new(units: &[Vec<Vec<f64>>], most: usize) -> Self {
        let rows = || units.iter().flatten();
        let ends = |dimension: usize| {
            rows().map(|row| row[dimension]).fold((f64::INFINITY, f64::NEG_INFINITY), wider)
        };
        let ends: Vec<(usize, f64, f64)> = (0..rows().next().map_or(0, Vec::len))
            .map(|dimension| (dimension, ends(dimension)))
            .filter(|(_, (low, high))| high > low)
            .map(|(dimension, (low, high))| (dimension, low, high))
            .collect();
        let span: f64 = ends.iter().map(|(_, low, high)| high - low).sum();
        let largest = units.iter().map(Vec::len).max().unwrap_or(1).max(1);
        let pairs = real(largest) * (real(most) + real(largest));
        let room = f64::from(i32::MAX) / (2.0 * pairs.max(1.0)) - real(ends.len());
        let steps = if span > 0.0 { room.max(1.0) / span } else { 1.0 };
        let mut features = Vec::new();
        let mut first = vec![0];
        for unit in units {
            for row in unit {
                let whole = |&(d, low, _): &(usize, f64, f64)| ((row[d] - low) * steps).round();
                features.extend(ends.iter().map(|end| whole(end) as i32));
            }
            first.push(first.last().copied().unwrap_or(0) + unit.len());
        }
        let dimensions = ends.len();
        let step = inverse_mean(&features, dimensions, rows().count());
        let mut far = Self { first, dimensions, features, table: Vec::new(), step };
        let count = units.len();
        if count <= KEPT {
            let mut table = vec![0; count * count];
            for a in 0..count {
                for b in 0..a {
                    let distance = far.between(a, b);
                    table[a * count + b] = distance;
                    table[b * count + a] = distance;
                }
            }
            far.table = table;
        }
        far
    }

    /// How many units there are.
    pub(super) fn len(&self) -> usize {
        self.first.len() - 1
    }

    /// How many people a unit is.
    pub(super) fn people(&self, unit: usize) -> usize {
        self.first[unit + 1] - self.first[unit]
    }

    /// Whether distances are kept.
    pub(super) const fn kept(&self) -> bool {
        !self.table.is_empty()
    }

    fn features(&self, person: usize) -> &[i32] {
        &self.features[person * self.dimensions..(person + 1) * self.dimensions]
    }

    fn between(&self, a: usize, b: usize) -> i32 {
        let mut sum = 0;
        for a in self.first[a]..self.first[a + 1] {
            for b in self.first[b]..self.first[b + 1] {
                let pairs = self.features(a).iter().zip(self.features(b));
                sum += pairs.map(|(x, y)| (x - y).abs()).sum::<i32>();
            }
        }
        sum
    }

    /// Sum of the distances of the pairs inside a unit.
    pub(super) fn inside(&self, unit: usize) -> i64 {
        i64::from(self.between(unit, unit)) / 2
    }

    /// Between two different units.
    pub(super) fn distance(&self, a: usize, b: usize) -> i32 {
        if self.kept() { self.table[a * self.len() + b] } else { self.between(a, b) }
    }

    /// Distances from a unit to all others; nothing if they are not kept.
    pub(super) fn row(&self, unit: usize) -> &[i32] {
        if self.kept() { &self.table[unit * self.len()..(unit + 1) * self.len()] } else { &[] }
    }

    /// Sum of the distances from a unit to others (itself does not count).
    pub(super) fn to_all(&self, unit: usize, others: &[usize]) -> i32 {
        if self.kept() {
            let row = self.row(unit);
            return others.iter().map(|&other| row[other]).sum();
        }
        let others = others.iter().filter(|&&other| other != unit);
        others.map(|&other| self.between(unit, other)).sum()
    }
}

fn wider((low, high): (f64, f64), value: f64) -> (f64, f64) {
    (low.min(value), high.max(value))
}

/// One by the mean distance over all ordered pairs of people; 0 if nobody differs.
fn inverse_mean(features: &[i32], dimensions: usize, people: usize) -> f64 {
    let mut sum = 0.0;
    for dimension in 0..dimensions {
        let mut values: Vec<i32> =
            features.iter().skip(dimension).step_by(dimensions).copied().collect();
        values.sort_unstable();
        // In order, a value is that much above those before and below those after it.
        let signed = |(rank, value): (usize, &i32)| {
            f64::from(*value) * (2.0 * real(rank) + 1.0 - real(people))
        };
        sum += values.iter().enumerate().map(signed).sum::<f64>();
    }
    if sum > 0.0 { real(people) * real(people) / (2.0 * sum) } else { 0.0 }
}
