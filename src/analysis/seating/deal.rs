//! From people in cells to people in groups.

#![expect(clippy::indexing_slicing, reason = "units, cells and groups are indices of one problem")]

use super::hosts::Hosts;
use super::plan::Leader;
use super::problem::{Cost, Problem, Seating};

/// Groups in the making. A plan may be in want of people while it is dealt, never when it is
/// mended.
#[derive(Clone)]
pub(super) struct Dealt {
    /// The cell of each group.
    pub cells: Vec<usize>,
    /// Units per group.
    pub members: Vec<Vec<usize>>,
    /// People per group.
    pub load: Vec<usize>,
    /// Group of each unit; the number of groups for those without a seat.
    pub group_of: Vec<usize>,
    /// Leader of each group, if groups need one.
    pub leader: Vec<Option<usize>>,
    /// Units that lead their group.
    pub leads: Vec<bool>,
}

/// Deals the units of each cell to its groups, as evenly as rules allow. Whoever finds no place
/// has no seat for now.
pub(super) fn deal(problem: &Problem, groups: &[usize], at: &[usize], hosts: &Hosts) -> Dealt {
    let count = groups.iter().sum();
    let mut dealt = Dealt {
        cells: vec![],
        members: vec![vec![]; count],
        load: vec![0; count],
        group_of: vec![count; at.len()],
        leader: vec![None; count],
        leads: vec![false; at.len()],
    };
    let mut first = vec![];
    for (cell, &groups) in groups.iter().enumerate() {
        first.push(dealt.cells.len());
        dealt.cells.extend(std::iter::repeat_n(cell, groups));
        for (number, &leader) in hosts.of[cell].iter().take(groups).enumerate() {
            let group = first[cell] + number;
            dealt.leader[group] = Some(leader);
            // Who leads several groups sits in the one where the flow seats them.
            if let Some(unit) = problem.leaders[leader].unit
                && at[unit] == cell
            {
                dealt.leads[unit] = true;
                dealt.sit(problem, unit, group);
            }
        }
    }
    let mut order: Vec<usize> =
        (0..at.len()).filter(|&unit| at[unit] < groups.len() && !dealt.leads[unit]).collect();
    // The hardest first; the lottery's order among equals.
    order.sort_by_key(|&unit| {
        std::cmp::Reverse((problem.units[unit].len(), problem.apart[unit].len()))
    });
    for unit in order {
        let cell = at[unit];
        let place = (first[cell]..first[cell] + groups[cell])
            .filter(|&group| dealt.takes(problem, unit, group, None))
            .min_by_key(|&group| dealt.load[group]);
        if let Some(group) = place {
            dealt.sit(problem, unit, group);
        }
    }
    dealt
}

/// A plan of one group.
pub(super) fn one(problem: &Problem, cell: usize, leader: usize, units: &[usize]) -> Dealt {
    let count = problem.units.len();
    let mut dealt = Dealt {
        cells: vec![cell],
        members: vec![vec![]],
        load: vec![0],
        group_of: vec![1; count],
        leader: vec![problem.hosted.then_some(leader)],
        leads: vec![false; count],
    };
    for &unit in units {
        dealt.sit(problem, unit, 0);
    }
    if let Some(unit) = problem.leaders.get(leader).and_then(|leader| leader.unit) {
        dealt.leads[unit] = true;
    }
    dealt
}

/// What a seating costs, on all levels above the mix.
pub(super) fn cost(problem: &Problem, seating: &Seating) -> Cost {
    let groups = seating.members.iter().zip(&seating.cells);
    let seats =
        groups.map(|(units, &cell)| Dealt::group_cost(problem, cell, units.iter().copied()));
    let left = seating.left.iter().map(|&unit| problem.nowhere(unit));
    seats.sum::<Cost>() + left.sum::<Cost>()
}

impl Dealt {
    pub(super) fn sit(&mut self, problem: &Problem, unit: usize, group: usize) {
        self.members[group].push(unit);
        self.load[group] += problem.units[unit].len();
        self.group_of[unit] = group;
    }

    pub(super) fn rise(&mut self, problem: &Problem, unit: usize) {
        let group = self.group_of[unit];
        if group < self.members.len() {
            self.members[group].retain(|&other| other != unit);
            self.load[group] -= problem.units[unit].len();
            self.group_of[unit] = self.members.len();
        }
    }

    /// Whether a group can take a unit once another one is gone; low sizes are not looked at.
    pub(super) fn takes(
        &self,
        problem: &Problem,
        unit: usize,
        group: usize,
        gone: Option<usize>,
    ) -> bool {
        let out = gone.map_or(0, |gone| problem.units[gone].len());
        let meets = |other: &usize| {
            Some(*other) != gone && problem.apart[unit].binary_search(other).is_ok()
        };
        problem.fit[unit][self.cells[group]].is_some()
            && self.load[group] + problem.units[unit].len() <= problem.size.high + out
            && (problem.apart[unit].is_empty() || !self.members[group].iter().any(meets))
    }

    pub(super) fn left(&self) -> Vec<usize> {
        let none = self.members.len();
        (0..self.group_of.len()).filter(|&unit| self.group_of[unit] == none).collect()
    }

    /// How many tags are alone among these units.
    pub(super) fn alone(problem: &Problem, units: impl Iterator<Item = usize> + Clone) -> usize {
        let alone = |tag: &usize| {
            let carriers = units.clone().flat_map(|unit| &problem.tags[unit]);
            carriers.filter(|(other, _)| other == tag).map(|(_, count)| count).sum::<usize>() == 1
        };
        (0..problem.tag_count).filter(alone).count()
    }

    /// What a group would cost with these units.
    pub(super) fn group_cost(
        problem: &Problem,
        cell: usize,
        units: impl Iterator<Item = usize> + Clone,
    ) -> Cost {
        let size = problem.size;
        let people: usize = units.clone().map(|unit| problem.units[unit].len()).sum();
        let wrong = size.low.saturating_sub(people) + people.saturating_sub(size.high);
        let seats: Cost =
            units.clone().map(|unit| problem.fit[unit][cell].unwrap_or(problem.missing)).sum();
        seats
            + problem.uneven(people, 1)
            + problem.missing * Cost::try_from(wrong).unwrap_or(Cost::MAX)
            + problem.alone * Cost::try_from(Self::alone(problem, units)).unwrap_or(0)
    }

    pub(super) fn cost_of(&self, problem: &Problem, group: usize) -> Cost {
        Self::group_cost(problem, self.cells[group], self.members[group].iter().copied())
    }

    pub(super) fn cost(&self, problem: &Problem) -> Cost {
        let seats = (0..self.members.len()).map(|group| self.cost_of(problem, group));
        let left = self.left().into_iter().map(|unit| problem.nowhere(unit));
        seats.sum::<Cost>() + left.sum::<Cost>()
    }

    /// Ends a group: its people have no seat, its leader is free.
    pub(super) fn close(&mut self, problem: &Problem, group: usize) {
        for unit in self.members[group].clone() {
            self.rise(problem, unit);
            self.leads[unit] = false;
        }
        let last = self.members.len() - 1;
        self.cells.swap_remove(group);
        self.members.swap_remove(group);
        self.load.swap_remove(group);
        self.leader.swap_remove(group);
        for at in &mut self.group_of {
            if *at == last {
                *at = group;
            } else if *at == last + 1 {
                *at = last;
            }
        }
    }

    pub(super) fn seating(self, problem: &Problem) -> Seating {
        let left = self.left();
        let host = |leader: Option<usize>| -> Option<Leader> {
            leader.map(|leader| problem.leaders[leader].who)
        };
        Seating {
            hosts: self.leader.iter().map(|leader| host(*leader)).collect(),
            cells: self.cells,
            members: self.members,
            leads: self.leads,
            left,
        }
    }
}
