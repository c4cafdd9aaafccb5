//! Do people fall into camps at all, and would the same camps appear from slightly fewer votes?
//!
//! *Chance*: each statement's votes are shuffled among those who saw it, which keeps every count
//! and who saw what, and undoes what holds a person's votes together; the whole way is gone again.
//! *Stability*: a tenth of the votes is taken away and the way is gone again.
#![expect(clippy::indexing_slicing, reason = "positions come from the table itself")]
#![expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "counts fit an f64")]

use std::collections::BTreeMap;

use super::clusters::{Clustering, best, splits};
use super::map::{Axes, ROUGH};
use super::table::Table;
use crate::analysis::rng::Rng;

/// A result that chance reaches more often than this is no result. At the customary 5 % five of a
/// hundred questionnaires without camps would be shown some: a camp that is none does more harm
/// than a faint one that is missed.
pub(super) const LEVEL: f64 = 0.01;
/// Fewer comparisons than this can show nothing at that level.
const FEWEST: u32 = 99;
/// Cells of all comparisons together, about; see [`within_reach`].
const BUDGET: usize = 20_000_000;

/// How many runs a table of that size is worth: as many as asked for, but no more than keep the
/// whole at about twenty million cells, and never fewer than 99 of those asked for.
pub(super) fn within_reach(asked: u32, people: usize, statements: usize) -> u32 {
    // A person also costs the distances to others, about as much as a hundred more statements.
    let cells = people.saturating_mul(statements.saturating_add(100)).max(1);
    let affordable = u32::try_from(BUDGET / cells).unwrap_or(u32::MAX);
    asked.min(affordable.max(FEWEST))
}

/// The share of shuffles whose groups are as well apart as those `found`, the real votes counted
/// as one of them.
///
/// Noise splits better into four groups than into two, so silhouettes are compared number of
/// groups by number of groups: each as its distance from the mean of all runs in standard
/// deviations, of which a run's largest counts (a permutation test over several statistics;
/// Westfall and Young 1993).
pub(super) fn chance(
    table: &Table,
    placed: &[usize],
    asked: Option<usize>,
    found: &[Clustering],
    runs: u32,
    seed: u64,
) -> f64 {
    let mut by_column: Vec<Vec<usize>> = vec![vec![]; table.columns.len()];
    for (cell, &column) in table.column.iter().enumerate() {
        by_column[column].push(cell);
    }
    let mut rng = Rng::new(seed);
    let mut shuffled = table.clone();
    let pairs = |splits: &[Clustering]| -> Vec<(usize, f64)> {
        splits.iter().map(|split| (split.groups, split.silhouette)).collect()
    };
    let mut all = vec![pairs(found)];
    for _ in 0..runs {
        for cells in &by_column {
            for last in (1..cells.len()).rev() {
                shuffled.vote.swap(cells[last], cells[rng.below(last + 1)]);
            }
        }
        let points = Axes::new(&shuffled, ROUGH).place_all(&shuffled, placed);
        all.push(pairs(&splits(&points, asked)));
    }
    let distances = largest_distances(&all);
    let as_good = distances.iter().filter(|distance| **distance >= distances[0] - 1e-9).count();
    as_good as f64 / distances.len() as f64
}

/// For each run the largest of its silhouettes, each measured against those of all runs with the
/// same number of groups.
fn largest_distances(runs: &[Vec<(usize, f64)>]) -> Vec<f64> {
    let mut by_groups: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for &(groups, silhouette) in runs.iter().flatten() {
        by_groups.entry(groups).or_default().push(silhouette);
    }
    let scales: BTreeMap<usize, (f64, f64)> = by_groups
        .into_iter()
        .map(|(groups, values)| {
            let n = values.len() as f64;
            let mean = values.iter().sum::<f64>() / n;
            let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n;
            (groups, (mean, variance.sqrt()))
        })
        .collect();
    let distance = |&(groups, silhouette): &(usize, f64)| {
        let (mean, deviation) = scales[&groups];
        if deviation > 1e-9 { (silhouette - mean) / deviation } else { 0.0 }
    };
    runs.iter().map(|run| run.iter().map(distance).fold(f64::MIN, f64::max)).collect()
}

/// The mean share of placed people who stay in their group when a tenth of the votes is left out.
/// 1 for no runs.
pub(super) fn stability(
    table: &Table,
    placed: &[usize],
    found: &Clustering,
    runs: u32,
    seed: u64,
) -> f64 {
    let mut rng = Rng::new(seed);
    let mut order: Vec<usize> = (0..table.vote.len()).collect();
    let removed = order.len().div_ceil(10);
    let mut stayed = 0.0;
    for _ in 0..runs {
        rng.shuffle(&mut order);
        let mut keep = vec![true; order.len()];
        for &cell in order.iter().take(removed) {
            keep[cell] = false;
        }
        let less = table.without(&keep);
        let points = Axes::new(&less, ROUGH).place_all(&less, placed);
        if let Some(again) = best(splits(&points, Some(found.groups))) {
            stayed += agreement(&found.labels, &again.labels, found.groups);
        }
    }
    if runs == 0 { 1.0 } else { stayed / f64::from(runs) }
}

/// The share of people whose labels agree under the best renaming of the second labels.
fn agreement(first: &[usize], second: &[usize], groups: usize) -> f64 {
    let mut table = vec![vec![0_usize; groups]; groups];
    for (&a, &b) in first.iter().zip(second) {
        table[a][b] += 1;
    }
    best_match(&table, 0, &mut vec![false; groups]) as f64 / first.len().max(1) as f64
}

/// The largest sum of one entry of each row, no two of one column: greedy beyond eight groups.
fn best_match(table: &[Vec<usize>], row: usize, taken: &mut Vec<bool>) -> usize {
    let Some(entries) = table.get(row) else { return 0 };
    let mut choices: Vec<usize> = (0..entries.len()).filter(|&c| !taken[c]).collect();
    if table.len() > 8 {
        choices.sort_by_key(|&c| std::cmp::Reverse(entries[c]));
        choices.truncate(1);
    }
    let mut best = 0;
    for column in choices {
        taken[column] = true;
        best = best.max(entries[column] + best_match(table, row + 1, taken));
        taken[column] = false;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::{agreement, largest_distances, within_reach};

    #[test]
    fn agreement_does_not_depend_on_the_names_of_groups() {
        assert!((agreement(&[0, 0, 1, 1, 2], &[2, 2, 0, 0, 1], 3) - 1.0).abs() < 1e-12);
        assert!((agreement(&[0, 0, 0, 1, 1], &[1, 1, 0, 0, 0], 2) - 0.8).abs() < 1e-12);
    }

    #[test]
    fn large_tables_get_fewer_runs_but_enough_to_tell() {
        assert_eq!(within_reach(200, 60, 12), 200);
        assert_eq!(within_reach(200, 5_000, 50), 99);
        assert_eq!(within_reach(20, 5_000, 50), 20);
        assert_eq!(within_reach(200, 0, 0), 200);
    }

    #[test]
    fn silhouettes_are_compared_among_equal_numbers_of_groups() {
        // With two groups the first run stands out, though four groups always look better.
        let runs = [
            vec![(2, 0.6), (4, 0.7)],
            vec![(2, 0.3), (4, 0.7)],
            vec![(2, 0.3)],
            vec![(2, 0.3), (4, 0.7)],
            vec![],
        ];
        let found = largest_distances(&runs);
        assert!((found[0] - 3.0_f64.sqrt()).abs() < 1e-9, "{found:?}");
        assert!(found[1..].iter().all(|other| *other < 1.0));
    }
}
