//! The lists of statements: where everybody meets, where people part, what they pass on.
#![expect(clippy::indexing_slicing, reason = "every group has a count for each statement")]

use super::StatementCount;
use super::statements::{Count, group_consensus, holds, interval};

/// Without groups people are apart on a statement if surely this share stands on either side.
const EITHER: f64 = 0.2;

/// Fewer votes than this are no consensus of everybody, nor of a group: one vote would pass the
/// test.
const OF_ALL: u32 = 5;
const OF_GROUP: u32 = 3;

/// Statements on whose same side every group (or, with no groups, everybody) stands, best first.
pub(super) fn common_ground(everybody: &[Count], groups: &[Vec<Count>]) -> Vec<usize> {
    let mut found: Vec<(f64, usize)> = vec![];
    for (statement, &all) in everybody.iter().enumerate() {
        let within: Vec<Count> = groups.iter().map(|counts| counts[statement]).collect();
        for agree in [true, false] {
            let rank = if let Some(mean) = group_consensus(&within) {
                let held =
                    |count: &Count| count.votes() >= OF_GROUP && holds(*count, agree).is_some();
                let shared = all.votes() >= OF_ALL && within.iter().all(held);
                let mean = if agree { mean.agree_mean } else { mean.disagree_mean };
                shared.then_some(mean)
            } else {
                holds(all, agree).filter(|_| all.votes() >= OF_ALL)
            };
            found.extend(rank.map(|rank| (rank, statement)));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.into_iter().map(|(_, statement)| statement).collect()
}

/// Statements with which everybody together agrees (true) or disagrees, clearest first.
pub(super) fn consensus(everybody: &[Count]) -> Vec<(usize, bool)> {
    let mut found: Vec<(f64, usize, bool)> = vec![];
    for (statement, &all) in everybody.iter().enumerate() {
        for agree in [true, false] {
            let held = holds(all, agree).filter(|_| all.votes() >= OF_ALL);
            found.extend(held.map(|rank| (rank, statement, agree)));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.into_iter().map(|(_, statement, agree)| (statement, agree)).collect()
}

/// Statements on which people are surely apart, widest first: with groups those where the
/// intervals of two groups on one side do not touch, without groups those where both sides are
/// surely held by a fifth.
pub(super) fn divisive(statements: &[StatementCount], groups: &[Vec<Count>]) -> Vec<usize> {
    let apart = |statement: usize, agree: bool| {
        let mut lows = f64::NEG_INFINITY;
        let mut highs = f64::INFINITY;
        for count in groups.iter().map(|counts| counts[statement]) {
            if let Some(share) = interval(count.on(agree), count.votes()) {
                lows = lows.max(share.low);
                highs = highs.min(share.high);
            }
        }
        lows > highs
    };
    let either = |count: &StatementCount| {
        let low = |share: Option<super::Interval>| share.map_or(0.0, |share| share.low);
        low(count.agreed).min(low(count.disagreed)) > EITHER
    };
    let mut found: Vec<usize> = (0..statements.len())
        .filter(|&at| {
            if groups.is_empty() {
                either(&statements[at])
            } else {
                apart(at, true) || apart(at, false)
            }
        })
        .collect();
    let gap = |at: usize| statements[at].divisive;
    found.sort_by(|&a, &b| gap(b).total_cmp(&gap(a)).then(a.cmp(&b)));
    found
}

/// Statements on which many pass, the largest share first.
pub(super) fn unsure(statements: &[StatementCount]) -> Vec<usize> {
    let share = |at: usize| statements[at].passed.map_or(0.0, |passed| passed.share);
    let mut found: Vec<usize> = (0..statements.len()).filter(|&at| statements[at].unsure).collect();
    found.sort_by(|&a, &b| share(b).total_cmp(&share(a)).then(a.cmp(&b)));
    found
}
