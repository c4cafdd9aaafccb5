//! What sitting somewhere costs, level by level.

#![expect(clippy::indexing_slicing, reason = "people and slots are indices of one request")]

use super::cells::Cell;
use super::problem::{Cost, free, whole};
use super::request::{Free, Request};
use std::collections::BTreeMap;

/// No level goes above this, so that sums over all people stay within 128 bits.
const TOP: Cost = Cost::MAX / 1_000_000_000;

/// The levels of cost; see the head of `problem`.
pub(super) struct Levels {
    pub if_need_be: Cost,
    pub off_target: Cost,
    pub alone: Cost,
    pub moved: Cost,
    pub unseated: Cost,
    pub unseated_must: Cost,
    pub missing: Cost,
}

/// A language that somebody likes less than three others costs no more than the third.
const LEAST_LIKED: usize = 3;
/// A group so far off the target grows dearer by the person, not by the square.
pub(super) const FAR: Cost = 50;

impl Levels {
    pub(super) fn new(people: usize, tags: usize, pinned: usize) -> Self {
        let n = whole(people);
        let level = |below: Cost, most: Cost| below.saturating_mul(most + 1).min(TOP);
        let if_need_be = level(1, n * whole(LEAST_LIKED));
        let off_target = level(if_need_be, n);
        let alone = level(off_target, n.saturating_mul(n).saturating_mul(2 * FAR));
        let moved = level(alone, n * whole(tags));
        let unseated = level(moved, n);
        let unseated_must = level(unseated, n);
        let missing = level(unseated_must, whole(pinned));
        Self { if_need_be, off_target, alone, moved, unseated, unseated_must, missing }
    }
}

/// What sitting somewhere costs.
pub(super) struct Fits<'a> {
    pub request: &'a Request,
    /// The place in the previous plan of the group of each person who had one.
    pub home: BTreeMap<usize, usize>,
    pub levels: &'a Levels,
}

impl Fits<'_> {
    pub(super) fn unit(&self, unit: &[usize], cell: &Cell) -> Option<Cost> {
        unit.iter().map(|&person| self.person(person, cell)).sum()
    }

    fn person(&self, place: usize, cell: &Cell) -> Option<Cost> {
        let person = &self.request.people[place];
        let rank = person.languages.iter().position(|l| *l == cell.language)?;
        let mut cost = whole(rank.min(LEAST_LIKED));
        match free(person, cell.slot) {
            Free::Yes => {}
            Free::IfNeedBe => cost += self.levels.if_need_be,
            Free::No => return None,
        }
        for pin in self.request.pins.iter().filter(|pin| pin.person == person.key) {
            let slot = &self.request.slots[cell.slot].key;
            let group = cell.previous.and_then(|at| self.request.previous.as_ref()?.get(at));
            let there = pin.group.as_ref().is_none_or(|key| group.is_some_and(|g| g.key == *key));
            if pin.slot != *slot || !there {
                return None;
            }
        }
        if self.home.get(&place).is_some_and(|home| cell.previous != Some(*home)) {
            cost += self.levels.moved;
        }
        Some(cost)
    }
}
