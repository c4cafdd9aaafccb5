//! How well what was found agrees with what people saw.

use std::collections::{BTreeMap, BTreeSet};

/// What is known of a partition in two.
struct Table {
    both: BTreeMap<(usize, usize), f64>,
    first: BTreeMap<usize, f64>,
    second: BTreeMap<usize, f64>,
    all: f64,
}

fn table(a: &[usize], b: &[usize]) -> Table {
    let mut table = Table {
        both: BTreeMap::new(),
        first: BTreeMap::new(),
        second: BTreeMap::new(),
        all: a.len() as f64,
    };
    for (x, y) in a.iter().zip(b) {
        *table.both.entry((*x, *y)).or_default() += 1.0;
        *table.first.entry(*x).or_default() += 1.0;
        *table.second.entry(*y).or_default() += 1.0;
    }
    table
}

/// Normalized mutual information (arithmetic mean of the entropies), as scikit-learn has it.
pub fn nmi(a: &[usize], b: &[usize]) -> f64 {
    let table = table(a, b);
    let entropy = |count: &f64| -count / table.all * (count / table.all).ln();
    let first: f64 = table.first.values().map(entropy).sum();
    let second: f64 = table.second.values().map(entropy).sum();
    let both: f64 = table.both.values().map(entropy).sum();
    if first + second == 0.0 { 1.0 } else { 2.0 * (first + second - both) / (first + second) }
}

/// The Rand index adjusted for chance (Hubert, Arabie 1985).
pub fn ari(a: &[usize], b: &[usize]) -> f64 {
    let table = table(a, b);
    let pairs = |count: &f64| count * (count - 1.0) / 2.0;
    let both: f64 = table.both.values().map(pairs).sum();
    let first: f64 = table.first.values().map(pairs).sum();
    let second: f64 = table.second.values().map(pairs).sum();
    let expected = first * second / pairs(&table.all);
    let most = f64::midpoint(first, second);
    if most == expected { 1.0 } else { (both - expected) / (most - expected) }
}

/// Extended `BCubed` F (Amigo et al. 2009): answers may have several themes.
pub fn several(gold: &[BTreeSet<usize>], found: &[BTreeSet<usize>]) -> f64 {
    let mean = |from: &[BTreeSet<usize>], to: &[BTreeSet<usize>]| {
        let mut total = 0.0;
        let mut counted = 0.0_f64;
        for (own_from, own_to) in from.iter().zip(to) {
            let (mut sum, mut count) = (0.0, 0.0_f64);
            for (other_from, other_to) in from.iter().zip(to) {
                let here = own_from.intersection(other_from).count();
                let there = own_to.intersection(other_to).count();
                if here > 0 {
                    sum += here.min(there) as f64 / here as f64;
                    count += 1.0;
                }
            }
            if count > 0.0 {
                total += sum / count;
                counted += 1.0;
            }
        }
        total / counted.max(1.0)
    };
    let (precision, recall) = (mean(found, gold), mean(gold, found));
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}

/// The mean.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}
