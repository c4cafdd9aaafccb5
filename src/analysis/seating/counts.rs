//! How many groups meet in each cell: all ways if they are few, else add, drop and shift.

#![expect(clippy::indexing_slicing, reason = "cells are indices of one problem")]

use super::deal::{Dealt, deal, one};
use super::flow::Flow;
use super::hosts::Hosts;
use super::problem::{Cost, Problem, Seating, whole};
use super::rng::Rng;
use super::steps::Steps;

/// So many ways are all tried.
const FEW: usize = 400;
/// Work of the flow that is worth one step.
const WORK_PER_STEP: u64 = 25;
/// Kicks in vain that are enough.
const VAIN: usize = 12;

/// The best placement found.
pub(super) fn search(problem: &Problem, rng: &mut Rng, steps: &mut Steps<'_>) -> Seating {
    let most = problem.people.len() / problem.size.low;
    let mut search = Search::new(problem);
    let mut best = if ways(problem.cells.len(), most) <= FEW {
        search.every_way(most)
    } else {
        search.start();
        search.descend(rng, steps);
        search.kicked(rng, steps)
    };
    best.mend(problem, steps);
    if best.members.is_empty()
        && let Some((cell, leader, units)) = Dealt::last_resort(problem)
    {
        best = one(problem, cell, leader, &units);
        best.mend(problem, steps);
    }
    best.seating(problem)
}

/// Ways to choose at most `most` groups over `cells`, as a count that stops early.
fn ways(cells: usize, most: usize) -> usize {
    let mut ways = 1_usize;
    for i in 1..=cells.min(most) {
        ways = ways * (cells.max(most) + i) / i;
        if ways > FEW {
            return ways;
        }
    }
    ways
}

/// Counts of groups, who leads them, and who sits where.
pub(super) struct Search<'a> {
    pub(super) problem: &'a Problem,
    pub(super) flow: Flow<'a>,
    pub(super) hosts: Hosts,
    /// Units that sit where they do because they lead there.
    leading: Vec<usize>,
}

/// What can be gone back to.
struct Saved {
    groups: Vec<usize>,
    at: Vec<usize>,
    hosts: Hosts,
}

impl<'a> Search<'a> {
    fn new(problem: &'a Problem) -> Self {
        Self { problem, flow: Flow::new(problem), hosts: Hosts::new(problem), leading: vec![] }
    }

    fn dealt(&self) -> Dealt {
        deal(self.problem, &self.flow.groups, &self.flow.at, &self.hosts)
    }

    /// The cost of the plan as people would sit in it, with all rules.
    fn true_cost(&self) -> Cost {
        if self.problem.ruled() { self.dealt().cost(self.problem) } else { self.flow.cost }
    }

    fn save(&self) -> Saved {
        let Flow { groups, at, .. } = &self.flow;
        Saved { groups: groups.clone(), at: at.clone(), hosts: self.hosts.clone() }
    }

    fn restore(&mut self, saved: &Saved) {
        for unit in std::mem::take(&mut self.leading) {
            self.flow.hold(unit, self.problem.units[unit].len() > 1);
        }
        for (cell, &groups) in saved.groups.iter().enumerate() {
            self.flow.set(cell, groups);
        }
        for (unit, &cell) in saved.at.iter().enumerate() {
            self.flow.put(unit, cell);
        }
        self.hosts = saved.hosts.clone();
        self.lead();
        self.flow.keep();
    }

    /// Whether one more group has room at the cell's slot and could have people.
    pub(super) fn allowed(&self, cell: usize) -> bool {
        let problem = self.problem;
        let about = &problem.cells[cell];
        let groups = &self.flow.groups;
        let there = (0..groups.len()).filter(|&c| problem.cells[c].slot == about.slot);
        let total: usize = groups.iter().sum();
        there.map(|c| groups[c]).sum::<usize>() < problem.caps[about.slot]
            && (total + 1) * problem.size.low <= problem.people.len()
            && (about.previous.is_none() || groups[cell] == 0)
    }

    /// Puts those who lead where they lead. True if anybody had to go or was let go.
    pub(super) fn lead(&mut self) -> bool {
        let seats = self.hosts.seats(self.problem);
        let mut changed = false;
        for unit in std::mem::take(&mut self.leading) {
            if !seats.iter().any(|(other, _)| *other == unit) {
                self.flow.hold(unit, self.problem.units[unit].len() > 1);
                changed = true;
            }
        }
        for (unit, cell) in seats {
            if self.flow.at[unit] != cell {
                self.flow.put(unit, cell);
                changed = true;
            }
            self.flow.hold(unit, true);
            self.leading.push(unit);
        }
        changed
    }

    /// One more group in a cell; false if there is no room or nobody to lead it.
    fn add(&mut self, cell: usize) -> bool {
        if !self.allowed(cell) || !self.hosts.add(self.problem, cell) {
            return false;
        }
        self.flow.set(cell, self.flow.groups[cell] + 1);
        if self.lead() {
            self.flow.settle_all();
        }
        self.flow.settle(cell);
        self.blocks();
        true
    }

    /// One group less in a cell; false if there is none.
    pub(super) fn drop(&mut self, cell: usize) -> bool {
        let Some(fewer) = self.flow.groups[cell].checked_sub(1) else { return false };
        self.hosts.drop(self.problem, cell);
        self.flow.set(cell, fewer);
        let let_go = self.lead();
        // What the flow does not move has to give way first.
        if self.problem.ruled() {
            let blocks = self.flow.members(cell).into_iter().rev();
            let blocks: Vec<usize> =
                blocks.filter(|&unit| self.problem.units[unit].len() > 1).collect();
            for unit in blocks {
                let over = self.flow.load[cell] > fewer * self.problem.size.high;
                if over && !self.leading.contains(&unit) {
                    self.flow.put(unit, self.flow.groups.len());
                }
            }
        }
        if let_go {
            self.flow.settle_all();
        }
        self.flow.settle(cell);
        self.blocks();
        true
    }

    /// Seats blocks that have no seat, each where that costs least.
    pub(super) fn blocks(&mut self) {
        let none = self.flow.groups.len();
        for unit in 0..self.flow.at.len() {
            if self.problem.units[unit].len() < 2 || self.flow.at[unit] != none {
                continue;
            }
            self.seat_block(unit);
        }
    }

    /// Puts a block where it costs least, or leaves it where it is.
    fn seat_block(&mut self, unit: usize) -> bool {
        let (from, start) = (self.flow.at[unit], self.flow.cost);
        let mut best = (start, from);
        let open = (0..=self.flow.groups.len()).filter(|&cell| cell != from);
        for cell in open.collect::<Vec<usize>>() {
            let meets = cell == self.flow.groups.len() || self.flow.groups[cell] > 0;
            if !meets || self.flow.price(unit, cell).is_none() {
                continue;
            }
            self.flow.put(unit, cell);
            self.flow.settle_all();
            best = best.min((self.flow.cost, cell));
            self.flow.put(unit, from);
            self.flow.settle_all();
        }
        if best.1 != from {
            self.flow.put(unit, best.1);
            self.flow.settle_all();
        }
        self.flow.cost < start
    }

    /// Tries a change of counts and keeps it if it is better; how much better or worse it was,
    /// if it was possible.
    fn attempt(
        &mut self,
        change: impl FnOnce(&mut Self) -> bool,
        steps: &mut Steps<'_>,
    ) -> Option<Cost> {
        let (cost, work) = (self.flow.cost, self.flow.work);
        let hosts = self.hosts.clone();
        let leading = self.leading.clone();
        let possible = change(self);
        let change = self.flow.cost - cost;
        if possible && change < 0 {
            self.flow.keep();
        } else {
            self.flow.undo();
            self.hosts = hosts;
            self.leading = leading;
        }
        steps.take((self.flow.work - work) / WORK_PER_STEP + 1);
        possible.then_some(change)
    }

    /// Adds, drops and shifts groups, and shifts blocks, as long as that helps.
    fn descend(&mut self, rng: &mut Rng, steps: &mut Steps<'_>) {
        let cells = self.problem.cells.len();
        let mut order: Vec<usize> = (0..cells).collect();
        let most = (cells * cells).min(2000.max(8 * cells));
        while steps.left() {
            let before = self.flow.cost;
            rng.shuffle(&mut order);
            let (mut gain, mut loss) = (vec![None; cells], vec![None; cells]);
            for &cell in &order {
                if !steps.left() {
                    return;
                }
                gain[cell] = self.attempt(|search| search.add(cell), steps);
                loss[cell] = self.attempt(|search| search.drop(cell), steps);
            }
            let mut shifts: Vec<(Cost, usize, usize)> = vec![];
            for (a, &from) in order.iter().enumerate() {
                if self.flow.groups[from] == 0 {
                    continue;
                }
                for (b, &to) in order.iter().enumerate().filter(|(_, to)| **to != from) {
                    // What cannot be added as it is may be once the other is gone.
                    let hope = gain[to].unwrap_or_else(|| self.hope(to));
                    shifts.push((loss[from].unwrap_or(0) + hope, a, b));
                }
            }
            shifts.sort_unstable();
            for (_, from, to) in shifts.into_iter().take(most) {
                if !steps.left() {
                    return;
                }
                let (from, to) = (order[from], order[to]);
                self.attempt(|search| search.drop(from) && search.add(to), steps);
            }
            for unit in 0..self.problem.units.len() {
                if self.problem.units[unit].len() > 1 && !self.leading.contains(&unit) {
                    self.attempt(|search| search.seat_block(unit), steps);
                }
            }
            if self.flow.cost >= before {
                break;
            }
        }
    }

    /// What one more group in a cell could gain at best: seats for those who have none.
    fn hope(&self, cell: usize) -> Cost {
        let none = self.problem.cells.len();
        let open = (0..self.flow.at.len())
            .filter(|&unit| self.flow.at[unit] == none && self.problem.fit[unit][cell].is_some());
        let people: usize = open.map(|unit| self.problem.units[unit].len()).sum();
        -self.problem.unseated * whole(people.min(self.problem.size.high))
    }

    /// Changes a few counts at once and descends again, until a dozen times were in vain.
    fn kicked(&mut self, rng: &mut Rng, steps: &mut Steps<'_>) -> Dealt {
        let cells = self.problem.cells.len();
        let mut kept = (self.true_cost(), self.save());
        let mut vain = 0;
        while steps.left() && vain < VAIN && cells > 0 && !self.perfect(kept.0) {
            for _ in 0..2 + rng.below(2) {
                let cell = rng.below(cells);
                if rng.below(2) == 0 {
                    self.add(cell);
                } else {
                    self.drop(cell);
                }
            }
            self.flow.keep();
            self.descend(rng, steps);
            let cost = self.true_cost();
            vain = if cost < kept.0 { 0 } else { vain + 1 };
            if cost <= kept.0 {
                kept = (cost, self.save());
            } else {
                self.restore(&kept.1);
            }
        }
        self.restore(&kept.1);
        self.dealt()
    }

    /// Nobody could sit better: all at their best time and every size on target.
    fn perfect(&self, cost: Cost) -> bool {
        let problem = self.problem;
        let least: Cost = (0..problem.units.len())
            .map(|unit| {
                problem.fit[unit].iter().flatten().copied().min().unwrap_or(problem.nowhere(unit))
            })
            .sum();
        cost <= least
    }

    fn every_way(&mut self, most: usize) -> Dealt {
        let nothing = self.save();
        let mut best: Option<(Cost, Dealt)> = None;
        let mut counts = vec![0_usize; self.problem.cells.len()];
        // Counts like an odometer: raise the first cell that can, put those before it to zero.
        loop {
            self.restore(&nothing);
            if self.way(&counts) {
                let dealt = self.dealt();
                let cost = dealt.cost(self.problem);
                if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                    best = Some((cost, dealt));
                }
            }
            let mut cell = 0;
            loop {
                if cell == counts.len() {
                    self.restore(&nothing);
                    return best.map_or_else(|| self.dealt(), |(_, dealt)| dealt);
                }
                let single = self.problem.cells[cell].previous.is_some() && counts[cell] > 0;
                if counts.iter().sum::<usize>() < most && !single {
                    counts[cell] += 1;
                    break;
                }
                counts[cell] = 0;
                cell += 1;
            }
        }
    }

    /// Sets all counts at once; false if that is not possible.
    fn way(&mut self, counts: &[usize]) -> bool {
        for (cell, &groups) in counts.iter().enumerate() {
            for number in 0..groups {
                let before = self.problem.led_before[cell].filter(|_| number == 0);
                let allowed = self.allowed(cell);
                let kept =
                    before.is_some_and(|leader| self.hosts.prefer(self.problem, cell, leader));
                if !allowed || !(kept || self.hosts.add(self.problem, cell)) {
                    return false;
                }
                self.flow.set(cell, self.flow.groups[cell] + 1);
            }
        }
        self.lead();
        self.flow.settle_all();
        self.blocks();
        true
    }
}
