//! Which texts belong together.
#![expect(
    clippy::indexing_slicing,
    reason = "every index is a text or group below the counts they were numbered from"
)]

use std::collections::BTreeSet;

use super::{
    graph::smooth,
    kmeans::{by_itself, centres, kmeans},
    matrix::{Matrix, add, dot, unit},
    random::hash,
    space::{Prepared, Space},
    twins::merge_twins,
};

/// More texts than this are not compared with each other: the groups are found in a sample of
/// them, and the others join the nearest.
const FIT: usize = 3_000;
/// A text that lies less near than this to the rest of its group belongs to none.
const OUTSIDE: f32 = 0.12;
const RESTARTS: u64 = 6;

/// What was found.
pub(super) struct Grouping {
    pub space: Space,
    /// One row of length one for each group.
    pub centres: Matrix,
    /// The group of each text.
    pub main: Vec<Option<usize>>,
}

/// One text that stands for itself and those that repeat it.
pub(super) struct Member<'a> {
    pub key: &'a str,
    pub prepared: &'a Prepared,
    /// How many texts it stands for.
    pub weight: usize,
}

/// Groups texts that are given in the order of their keys.
pub(super) fn group(
    members: &[Member<'_>],
    wanted: Option<usize>,
    question: &BTreeSet<String>,
    seed: u64,
) -> Grouping {
    let sample = sample(members, seed);
    let prepared: Vec<&Prepared> = members.iter().map(|member| member.prepared).collect();
    let fitted: Vec<&Prepared> = sample.iter().map(|at| prepared[*at]).collect();
    let space = Space::fit(&fitted, question, seed);
    let rows = space.vectors(&prepared);
    let near = smooth(&rows.select(&sample));
    let found = match wanted {
        Some(count) => kmeans(&near, count.clamp(1, near.rows.max(1)), RESTARTS, seed),
        None => by_itself(&near, seed),
    };
    let mut main: Vec<Option<usize>> = vec![None; members.len()];
    for (at, group) in sample.iter().zip(found) {
        main[*at] = Some(group);
    }
    let centres = middles(&rows, &main);
    for (at, group) in main.iter_mut().enumerate() {
        *group = group.or_else(|| nearest(&centres, rows.row(at)).map(|(group, _)| group));
    }
    if wanted.is_none() {
        merge_twins(&rows, &prepared, question, &mut main);
    }
    let mut strict = main.clone();
    leave_outside(&rows, &mut strict);
    dissolve_single(members, &mut strict);
    dissolve_single(members, &mut main);
    // Whoever asks for a number of themes gets it, even if some answers fit badly.
    if wanted.is_none() || strict.iter().flatten().max() == main.iter().flatten().max() {
        main = strict;
    }
    let centres = middles(&rows, &main);
    Grouping { space, centres, main }
}

/// The nearest centre and its cosine.
pub(super) fn nearest(centres: &Matrix, row: &[f32]) -> Option<(usize, f32)> {
    let mut best: Option<(usize, f32)> = None;
    for group in 0..centres.rows {
        let cosine = dot(centres.row(group), row);
        if best.is_none_or(|(_, highest)| cosine > highest) {
            best = Some((group, cosine));
        }
    }
    best
}

/// Chosen by the hash of the key, so that a text stays chosen when others come.
fn sample(members: &[Member<'_>], seed: u64) -> Vec<usize> {
    let mut all: Vec<usize> = (0..members.len()).collect();
    if all.len() > FIT {
        all.sort_by_key(|at| {
            (hash(seed.to_le_bytes().into_iter().chain(members[*at].key.bytes())), *at)
        });
        all.truncate(FIT);
        all.sort_unstable();
    }
    all
}

/// The mean row of each group, to length one.
pub(super) fn middles(rows: &Matrix, main: &[Option<usize>]) -> Matrix {
    let count = main.iter().flatten().max().map_or(0, |most| most + 1);
    let mut centres = centres(rows, main, count);
    centres.normalize();
    centres
}

/// Takes out texts that are far from the rest of their group, each judged without itself.
fn leave_outside(rows: &Matrix, main: &mut [Option<usize>]) {
    let count = main.iter().flatten().max().map_or(0, |most| most + 1);
    let mut sums = Matrix::zeros(count, rows.columns);
    for (at, group) in main.iter().enumerate() {
        if let Some(group) = *group {
            add(sums.row_mut(group), rows.row(at), 1.0);
        }
    }
    for (at, group) in main.iter_mut().enumerate() {
        if let Some(own) = *group {
            let mut rest = sums.row(own).to_vec();
            add(&mut rest, rows.row(at), -1.0);
            unit(&mut rest);
            let alone = dot(&rest, &rest) == 0.0;
            if !alone && dot(&rest, rows.row(at)) < OUTSIDE {
                *group = None;
            }
        }
    }
}

/// A group of one text is no theme. Numbers the others anew.
fn dissolve_single(members: &[Member<'_>], main: &mut [Option<usize>]) {
    let count = main.iter().flatten().max().map_or(0, |most| most + 1);
    let mut sizes = vec![0; count];
    for (member, group) in members.iter().zip(main.iter()) {
        if let Some(group) = *group {
            sizes[group] += member.weight;
        }
    }
    let mut next = 0;
    let numbers: Vec<Option<usize>> = sizes
        .into_iter()
        .map(|size| {
            (size >= 2).then(|| {
                next += 1;
                next - 1
            })
        })
        .collect();
    for group in main {
        *group = group.and_then(|own| numbers[own]);
    }
}
