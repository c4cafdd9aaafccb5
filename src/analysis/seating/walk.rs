//! The search: annealing, descent, and descents from random changes.
//!
//! No exchange breaks a rule, so the search can be stopped anywhere. Descents never leave more tags
//! alone, and of two plans the one with fewer is kept, whatever their mix.

#![expect(clippy::indexing_slicing, reason = "units and groups are indices of one plan")]

use super::groups::{Change, Groups};
use super::problem::real;
use super::rng::{LANES, Limits, Losses, Rng};
use super::rules::Rules;
use super::steps::Steps;

/// A gain below this is rounding.
const LEAST: f64 = 1e-10;
/// So few units are mixed by many short annealings, with random changes and descents after each.
const FEW: usize = 60;
/// So many are mixed by annealings that double in length up to [`LONGEST`]; more by a single one.
const SEVERAL: usize = 500;
/// Steps per unit of each search of few, and of the first annealing of several.
const FIRST_OF_FEW: u64 = 10_000;
const FIRST: u64 = 100_000;
/// The same of the longest annealing of several: the best of some is better than one that is as long
/// as all of them.
const LONGEST: u64 = 1_600_000;
/// The first heat of an annealing, in units of the mean distance by people of a group.
const HOT: f64 = 0.08;
/// What one more tag alone costs an annealing, in the same units: hardly ever put up with at the
/// first heat, never at the last.
const PRICE: f64 = 0.2;
/// Heats of an annealing.
const STAGES: u64 = 128;
/// What cools from the first heat to the tenth of it in so many stages: 0.1 to the power of 1/128.
const COOLER: f64 = 0.982_171_889_188_039_6;
/// Losses drawn are below so many heats.
const COLDEST: f64 = 9.1;
/// Steps between two looks at whether to go on.
const BREATH: u64 = 20_000;

/// A walk through plans.
pub(super) struct Walk<'a> {
    pub groups: Groups,
    pub rules: Rules,
    losses: Losses,
    rng: &'a mut Rng,
    /// What one more tag alone costs while the search is at it, in the value's units.
    price: f64,
    /// Groups that changed since they were compared with all others.
    changed: Vec<bool>,
    queue: Vec<usize>,
    /// Steps since the budget was asked.
    taken: u64,
}

/// A plan to come back to: tags alone, value, members.
struct Kept {
    alone: usize,
    value: f64,
    members: Vec<Vec<usize>>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(groups: Groups, mut rules: Rules, rng: &'a mut Rng) -> Self {
        rules.set(&groups.members);
        let changed = vec![false; groups.members.len()];
        let price = PRICE * real(groups.members.len()) / real(groups.group_of.len().max(1));
        let losses = Losses::new();
        Self { groups, rules, losses, rng, price, changed, queue: Vec::new(), taken: 0 }
    }

    fn mark(&mut self, group: usize) {
        if !self.changed[group] {
            self.changed[group] = true;
            self.queue.push(group);
        }
    }

    /// Searches as long as the budget lasts and leaves the best plan found.
    pub(super) fn improve(&mut self, steps: &mut Steps<'_>) {
        let units = self.groups.group_of.len();
        let times = |each: u64| each.saturating_mul(u64::try_from(units).unwrap_or(u64::MAX));
        let mut best = self.kept();
        let mut next = match units {
            ..=FEW => times(FIRST_OF_FEW),
            _ if units <= SEVERAL => times(FIRST),
            _ => u64::MAX,
        };
        while steps.left() {
            // What is left after the next one would be too short to be worth starting.
            let length = if steps.rest() / 3 < next { steps.rest() } else { next };
            if units <= FEW {
                self.anneal(length / 2, steps);
                self.hop(length - length / 2, steps);
            } else {
                self.anneal(length, steps);
                self.settle_all();
                next = next.saturating_mul(2).min(times(LONGEST));
            }
            self.better(&mut best);
        }
        self.back_to(&best);
        self.settle_all();
    }

    /// Walks down to where no exchange helps, where that does not take too long.
    fn settle_all(&mut self) {
        if self.groups.quick() {
            for group in 0..self.groups.members.len() {
                self.mark(group);
            }
            self.descend();
        }
    }

    fn kept(&self) -> Kept {
        Kept {
            alone: self.rules.alone(),
            value: self.groups.value(),
            members: self.groups.members.clone(),
        }
    }

    /// Keeps the plan if it is no worse than the one kept; whether it is.
    fn better(&self, best: &mut Kept) -> bool {
        let (alone, value) = (self.rules.alone(), self.groups.value());
        if alone > best.alone || (alone == best.alone && value < best.value - LEAST) {
            return false;
        }
        (best.alone, best.value) = (alone, value);
        best.members.clone_from(&self.groups.members);
        true
    }

    fn back_to(&mut self, kept: &Kept) {
        self.groups.set(kept.members.clone());
        self.rules.set(&kept.members);
    }

    /// A few random changes and down again, again and again.
    fn hop(&mut self, length: u64, steps: &mut Steps<'_>) {
        self.settle_all();
        let mut best = self.kept();
        let end = steps.rest().saturating_sub(length);
        while steps.rest() > end + self.taken && self.breathe(steps) {
            for _ in 0..2 + self.rng.below(5) {
                self.taken += 1;
                self.stroll(f64::INFINITY);
            }
            self.descend();
            if !self.better(&mut best) {
                self.back_to(&best);
            }
        }
        steps.take(std::mem::take(&mut self.taken));
        self.back_to(&best);
    }

    /// Gives the budget what was taken, now and then; whether to go on.
    fn breathe(&mut self, steps: &mut Steps<'_>) -> bool {
        if self.taken < BREATH {
            return true;
        }
        steps.take(std::mem::take(&mut self.taken))
    }

    /// Cools from a heat at which little is put up with to one at which next to nothing is.
    fn anneal(&mut self, length: u64, steps: &mut Steps<'_>) {
        let units = self.groups.group_of.len();
        let mut heat =
            HOT * self.groups.steepness() * real(self.groups.members.len()) / real(units);
        let rows = self.rules.plain && self.groups.quick() && units >= LANES;
        let mut limits = Limits::new(&self.losses, self.rng);
        for stage in 0..STAGES {
            if rows {
                limits.set(heat);
            }
            let mut left = length / STAGES + u64::from(stage < length % STAGES);
            while left > 0 {
                let mut some = left.min(BREATH);
                if rows {
                    some = self.groups.sweep(some, &limits, self.rng);
                } else {
                    for _ in 0..some {
                        self.stroll(heat);
                    }
                }
                left = left.saturating_sub(some);
                if !steps.take(some) {
                    return;
                }
            }
            heat *= COOLER;
        }
    }

    /// Whether a change is made at a heat.
    fn puts_up(&mut self, gain: f64, heat: f64) -> bool {
        let loss = -gain;
        loss <= 0.0 || (loss < COLDEST * heat && loss < heat * self.losses.draw(self.rng))
    }

    /// One random change, if the rules allow it.
    fn stroll(&mut self, heat: f64) {
        let (unit, other) = self.rng.two_below(self.groups.group_of.len());
        let (from, to) = (self.groups.group_of[unit], self.groups.group_of[other]);
        if from == to {
            return;
        }
        let people = (self.groups.people(unit), self.groups.people(other));
        // Now and then only one goes, if sizes are no less even then.
        if self.groups.size[from] >= self.groups.size[to] + people.0 && self.rng.below(4) == 0 {
            if self.rules.may_go(&self.groups, unit, to) {
                let change = self.groups.going(unit, to);
                let alone = self.rules.more_alone(&self.groups, unit, to, None);
                if self.puts_up(change.gain - self.price * f64::from(alone), heat) {
                    self.go(unit, to, &change);
                }
            }
        } else if people.0 == people.1 {
            if self.rules.may_swap(&self.groups, unit, &[other]) {
                let change = self.groups.swap(unit, other);
                let alone = self.rules.more_alone(&self.groups, unit, to, Some(other));
                if self.puts_up(change.gain - self.price * f64::from(alone), heat) {
                    self.exchange(unit, other, &change);
                }
            }
        } else if people.0 > people.1 {
            self.one_for_several(unit, other, heat);
        } else {
            self.one_for_several(other, unit, heat);
        }
    }

    fn go(&mut self, unit: usize, to: usize, change: &Change) {
        let from = self.groups.group_of[unit];
        self.rules.went(unit, from, to);
        self.groups.make_going(unit, to, change);
        self.mark(from);
        self.mark(to);
    }

    fn exchange(&mut self, unit: usize, other: usize, change: &Change) {
        let (from, to) = (self.groups.group_of[unit], self.groups.group_of[other]);
        self.rules.went(unit, from, to);
        self.rules.went(other, to, from);
        self.groups.make_swap(unit, other, change);
        self.mark(from);
        self.mark(to);
    }

    /// A unit changes places with a smaller one and others of its group that together are as many.
    fn one_for_several(&mut self, unit: usize, first: usize, heat: f64) {
        let (from, to) = (self.groups.group_of[unit], self.groups.group_of[first]);
        let people = self.groups.people(unit);
        let (mut others, mut count) = (vec![first], self.groups.people(first));
        for _ in 0..2 * people {
            let members = &self.groups.members[to];
            let next = members[self.rng.below(members.len())];
            let more = self.groups.people(next);
            if count + more <= people && !others.contains(&next) {
                others.push(next);
                count += more;
            }
        }
        if count != people || !self.rules.may_swap(&self.groups, unit, &others) {
            return;
        }
        let alone = |rules: &Rules| rules.alone_in(from) + rules.alone_in(to);
        let (was_alone, before) = (alone(&self.rules), self.groups.going(unit, to));
        let mut gain = before.gain;
        self.go(unit, to, &before);
        for &other in &others {
            let change = self.groups.going(other, from);
            gain += change.gain;
            self.go(other, from, &change);
        }
        let more = real(alone(&self.rules)) - real(was_alone);
        if self.puts_up(gain - self.price * more, heat) {
            return;
        }
        for other in others {
            let change = self.groups.going(other, to);
            self.go(other, to, &change);
        }
        let change = self.groups.going(unit, from);
        self.go(unit, from, &change);
    }

    /// Exchanges as long as one helps. Only groups that changed are compared with the others.
    fn descend(&mut self) {
        while let Some(group) = self.queue.pop() {
            self.changed[group] = false;
            for other in 0..self.groups.members.len() {
                if other != group {
                    self.settle(group, other);
                }
            }
        }
    }

    /// Makes the exchanges between two groups that help.
    fn settle(&mut self, group: usize, other: usize) {
        let (mut a, mut pairs) = (0, 0);
        while let Some(&unit) = self.groups.members[group].get(a) {
            let mut b = 0;
            while let Some(&them) = self.groups.members[other].get(b) {
                pairs += 1;
                // The unit may have changed places in this loop.
                let unit = self.groups.members[group].get(a).copied().unwrap_or(unit);
                self.try_swap(unit, them);
                b += 1;
            }
            if self.groups.size[group] != self.groups.size[other] {
                self.try_going(group, a, other);
                self.try_going(other, a, group);
            }
            a += 1;
        }
        self.taken += pairs;
    }

    fn try_swap(&mut self, unit: usize, other: usize) {
        if self.groups.people(unit) != self.groups.people(other) {
            return;
        }
        let change = self.groups.swap(unit, other);
        if self.rules.plain {
            if change.gain > LEAST {
                self.exchange(unit, other, &change);
            }
            return;
        }
        let to = self.groups.group_of[other];
        let alone = self.rules.more_alone(&self.groups, unit, to, Some(other));
        if (alone < 0 || (alone == 0 && change.gain > LEAST))
            && self.rules.may_swap(&self.groups, unit, &[other])
        {
            self.exchange(unit, other, &change);
        }
    }

    fn try_going(&mut self, from: usize, place: usize, to: usize) {
        let Some(&unit) = self.groups.members[from].get(place) else { return };
        if !self.rules.may_go(&self.groups, unit, to) {
            return;
        }
        let alone = self.rules.more_alone(&self.groups, unit, to, None);
        let change = self.groups.going(unit, to);
        if alone < 0 || (alone == 0 && change.gain > LEAST) {
            self.go(unit, to, &change);
        }
    }
}
