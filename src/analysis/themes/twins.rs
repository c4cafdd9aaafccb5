//! Groups that are one: cut apart by k-means, yet about the same thing.
#![expect(
    clippy::indexing_slicing,
    reason = "every index is a group below the count they were numbered from"
)]

use std::collections::{BTreeMap, BTreeSet};

use super::{
    group::middles,
    lexical::Key,
    matrix::{Matrix, dot},
    space::Prepared,
};

/// Groups whose centres are nearer than this are one.
const TWINS: f32 = 0.5;
/// A group of at most this many texts is one with another ...
const SMALL: usize = 4;
/// ... if at least this many in ten texts of both hold a word, ...
const HOLD: usize = 7;
/// ... that at most one in so many of its texts holds elsewhere, ...
const ELSEWHERE: usize = 10;
/// ... and all groups that hold it are together at most half of all texts.
const LARGEST: usize = 2;

/// Joins twins until there are none; groups stay numbered without gaps.
pub(super) fn merge_twins(
    rows: &Matrix,
    texts: &[&Prepared],
    question: &BTreeSet<String>,
    main: &mut [Option<usize>],
) {
    while let Some((a, b)) = by_centre(rows, main).or_else(|| by_word(texts, question, main)) {
        for group in main.iter_mut().flatten() {
            *group = match *group {
                group if group == b => a,
                group if group > b => group - 1,
                group => group,
            };
        }
    }
}

/// The two nearest groups, if they are near enough.
fn by_centre(rows: &Matrix, main: &[Option<usize>]) -> Option<(usize, usize)> {
    let centres = middles(rows, main);
    let mut best = (TWINS, None);
    for a in 0..centres.rows {
        for b in a + 1..centres.rows {
            let cosine = dot(centres.row(a), centres.row(b));
            if cosine > best.0 {
                best = (cosine, Some((a, b)));
            }
        }
    }
    best.1
}

/// A small group and another that share a word which is their own.
fn by_word(
    texts: &[&Prepared],
    question: &BTreeSet<String>,
    main: &[Option<usize>],
) -> Option<(usize, usize)> {
    let count = main.iter().flatten().max().map_or(0, |most| most + 1);
    let mut sizes = vec![0; count];
    let mut holding: BTreeMap<&Key, Vec<usize>> = BTreeMap::new();
    for (text, group) in texts.iter().zip(main) {
        let Some(group) = *group else { continue };
        sizes[group] += 1;
        for key in text.keys.iter().collect::<BTreeSet<_>>() {
            holding.entry(key).or_insert_with(|| vec![0; count])[group] += 1;
        }
    }
    let all: usize = sizes.iter().sum();
    let asked = |key: &str| question.contains(key);
    for (_, held) in holding.iter().filter(|(key, _)| !asked(key)) {
        let often: Vec<usize> =
            (0..count).filter(|at| held[*at] * 10 >= sizes[*at] * HOLD).collect();
        let smallest = often.iter().copied().min_by_key(|at| (sizes[*at], *at));
        let Some(a) = smallest.filter(|at| sizes[*at] <= SMALL) else { continue };
        if let Some(b) = often.iter().copied().find(|at| *at != a) {
            let inside: usize = often.iter().map(|at| held[*at]).sum();
            let elsewhere = held.iter().sum::<usize>() - inside;
            let together: usize = often.iter().map(|at| sizes[*at]).sum();
            if elsewhere * ELSEWHERE <= together && together * LARGEST <= all {
                return Some((a.min(b), a.max(b)));
            }
        }
    }
    None
}
