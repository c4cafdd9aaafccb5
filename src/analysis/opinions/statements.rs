//! What a statement's votes say: who agrees, where groups differ, where everybody meets.
//!
//! Smoothed shares count one more agreeing and one more other vote, so a statement with two votes
//! does not beat one with two hundred. The tests are one-sided at 10 % (z = 1.2816). Definitions
//! of Polis (Small et al. 2021, Recerca 26(2)), with a control of many tests that it lacks.
#![expect(clippy::indexing_slicing, reason = "positions come from the table itself")]

use super::{Group, GroupConsensus, Interval, Representative, StatementCount, Votes};
use crate::analysis::stats::{normal_above, survivors, wilson};

/// One-sided 90 % point of the normal distribution.
const Z90: f64 = 1.281_551_565_544_600_4;
/// Share of the statements shown as representative that may be so by chance.
const FALSE_SHARE: f64 = 0.1;
/// A statement on which this share of the votes are passes leaves people unsure, if half of it is
/// certain.
const UNSURE: f64 = 0.2;

/// Votes of some people on one statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// How many agree.
    pub agree: u32,
    /// How many disagree.
    pub disagree: u32,
    /// How many have seen it and passed.
    pub pass: u32,
}

impl Count {
    /// All votes, passes included.
    pub fn votes(self) -> u32 {
        self.agree + self.disagree + self.pass
    }

    /// Those who agree, or those who disagree.
    pub fn on(self, agree: bool) -> u32 {
        if agree { self.agree } else { self.disagree }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            agree: self.agree + other.agree,
            disagree: self.disagree + other.disagree,
            pass: self.pass + other.pass,
        }
    }
}

/// Counts every statement over the given rows.
pub fn count<Key>(votes: &Votes<Key>, rows: impl Iterator<Item = usize>) -> Vec<Count> {
    let mut counts = vec![Count::default(); votes.statements];
    for row in rows {
        for (count, cell) in counts.iter_mut().zip(&votes.cells[row]) {
            match cell.map(i8::signum) {
                Some(1) => count.agree += 1,
                Some(-1) => count.disagree += 1,
                Some(_) => count.pass += 1,
                None => {}
            }
        }
    }
    counts
}

/// How strongly one side of a statement is held, by itself and against the other people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strength {
    /// Smoothed share.
    pub success: f64,
    /// Its test against one half.
    pub success_test: f64,
    /// How many times the share of the others.
    pub repness: f64,
    /// The test of the two shares.
    pub repness_test: f64,
}

impl Strength {
    /// Of one side among some people, `inside`, and among others.
    pub fn new(inside: Count, outside: Count, agree: bool) -> Self {
        let (n, n_o) = (f64::from(inside.votes()), f64::from(outside.votes()));
        let (a, a_o) = (f64::from(inside.on(agree)), f64::from(outside.on(agree)));
        let success = (a + 1.0) / (n + 2.0);
        let success_test = 2.0 * (n + 1.0).sqrt() * ((a + 1.0) / (n + 1.0) - 0.5);
        let repness = success / ((a_o + 1.0) / (n_o + 2.0));
        let (s1, s2, n1, n2) = (a + 1.0, a_o + 1.0, n + 1.0, n_o + 1.0);
        let pooled = (s1 + s2) / (n1 + n2);
        let spread = (pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n2)).sqrt();
        let repness_test = if spread > 0.0 { (s1 / n1 - s2 / n2) / spread } else { 0.0 };
        Self { success, success_test, repness, repness_test }
    }

    /// Both tests passed: held here, and held more than elsewhere.
    fn stands_out(self) -> bool {
        self.repness_test > Z90 && self.success_test > Z90
    }

    /// The order among those that stand out.
    pub fn product(self) -> f64 {
        self.repness * self.repness_test * self.success * self.success_test
    }

    /// The chance of the weaker of both tests, twice for there being two sides.
    fn chance(self) -> f64 {
        (2.0 * normal_above(self.repness_test.min(self.success_test))).min(1.0)
    }
}

/// The better side of a statement for a group: `None` when neither stands out.
pub fn side(inside: Count, outside: Count) -> Option<(bool, Strength)> {
    let agree = Strength::new(inside, outside, true);
    let disagree = Strength::new(inside, outside, false);
    let better =
        if agree.repness_test >= disagree.repness_test { (true, agree) } else { (false, disagree) };
    better.1.stands_out().then_some(better)
}

/// Smoothed share and test of one side among some people; it is held when the share is over one
/// half and passes the test.
pub fn holds(count: Count, agree: bool) -> Option<f64> {
    let strength = Strength::new(count, Count::default(), agree);
    let held = strength.success > 0.5 && strength.success_test > Z90;
    held.then_some(strength.success * strength.success_test)
}

/// The share with its interval; `None` when nobody voted.
pub fn interval(part: u32, n: u32) -> Option<Interval> {
    (n > 0).then(|| {
        let (low, high) = wilson(part, n);
        Interval { share: f64::from(part) / f64::from(n), low, high, part, n }
    })
}

/// The groups with what sets each apart; `members` are rows, ascending.
pub fn groups<Key>(votes: &Votes<Key>, members: Vec<Vec<usize>>) -> (Vec<Group>, Vec<Vec<Count>>) {
    let counts: Vec<Vec<Count>> =
        members.iter().map(|rows| count(votes, rows.iter().copied())).collect();
    let outside = |group: usize, statement: usize| {
        let others = counts.iter().enumerate().filter(|(other, _)| *other != group);
        others.fold(Count::default(), |sum, (_, counts)| sum.plus(counts[statement]))
    };
    let mut candidates = vec![];
    let mut chances = vec![];
    for (group, inside) in counts.iter().enumerate() {
        for (statement, &inside) in inside.iter().enumerate() {
            let found = side(inside, outside(group, statement));
            chances.push(found.map_or(1.0, |(_, strength)| strength.chance()));
            candidates.push((group, statement, found));
        }
    }
    let kept = survivors(&chances, FALSE_SHARE);
    let mut representative: Vec<Vec<Representative>> = vec![vec![]; members.len()];
    for ((group, statement, found), kept) in candidates.into_iter().zip(kept) {
        let Some((agree, strength)) = found.filter(|_| kept) else { continue };
        let (here, there) = (counts[group][statement], outside(group, statement));
        let Some(inside) = interval(here.on(agree), here.votes()) else { continue };
        let outside = interval(there.on(agree), there.votes()).unwrap_or(Interval::UNKNOWN);
        representative[group].push(Representative { statement, agree, inside, outside, strength });
    }
    let by_strength = |view: &Representative| view.strength.product();
    let groups = members
        .into_iter()
        .zip(representative)
        .zip(&counts)
        .map(|((members, mut representative), counts)| {
            representative.sort_by(|a, b| {
                by_strength(b).total_cmp(&by_strength(a)).then(a.statement.cmp(&b.statement))
            });
            let share = |agree| counts.iter().map(|c| interval(c.on(agree), c.votes())).collect();
            Group { members, representative, agreed: share(true), disagreed: share(false) }
        })
        .collect();
    (groups, counts)
}

/// One statement over everybody, and over the groups if there are any.
pub fn statement(everybody: Count, people: u32, groups: &[Count]) -> StatementCount {
    let n = everybody.votes();
    let split = if n == 0 {
        0.0
    } else {
        2.0 * f64::from(everybody.agree.min(everybody.disagree)) / f64::from(n)
    };
    let gap = |agree: bool| {
        let voted = groups.iter().filter(|group| group.votes() > 0);
        let shares = || voted.clone().map(|g| Strength::new(*g, Count::default(), agree).success);
        shares().fold(0.0, f64::max) - shares().fold(1.0, f64::min)
    };
    let divisive = if groups.is_empty() { split } else { gap(true).max(gap(false)).max(0.0) };
    let passed = interval(everybody.pass, n);
    StatementCount {
        agree: everybody.agree,
        disagree: everybody.disagree,
        pass: everybody.pass,
        unseen: people.saturating_sub(n),
        agreed: interval(everybody.agree, n),
        disagreed: interval(everybody.disagree, n),
        unsure: passed.is_some_and(|passed| passed.low > UNSURE / 2.0 && passed.share >= UNSURE),
        passed,
        split,
        divisive,
        consensus: holds(everybody, true).or_else(|| holds(everybody, false)).is_some(),
        across: group_consensus(groups),
    }
}

/// Smoothed shares multiplied over the groups; `None` without groups.
pub fn group_consensus(groups: &[Count]) -> Option<GroupConsensus> {
    let number = f64::from(u32::try_from(groups.len()).ok().filter(|n| *n > 0)?);
    let product = |agree: bool| -> f64 {
        groups.iter().map(|g| Strength::new(*g, Count::default(), agree).success).product()
    };
    let (agree, disagree) = (product(true), product(false));
    let (agree_mean, disagree_mean) = (agree.powf(1.0 / number), disagree.powf(1.0 / number));
    Some(GroupConsensus { agree, disagree, agree_mean, disagree_mean })
}
