//! A first guess for the search over counts.

#![expect(clippy::indexing_slicing, reason = "units and cells are indices of one problem")]

use super::counts::Search;
use super::problem::whole;

impl Search<'_> {
    /// A first guess: the previous plan as far as it goes, then again and again a group where
    /// most of the others could come.
    pub(super) fn start(&mut self) {
        let problem = self.problem;
        let none = problem.cells.len();
        self.start_from_previous();
        let mut closed = vec![false; none];
        loop {
            let mut best: Option<(usize, usize)> = None;
            for cell in (0..none).filter(|&cell| !closed[cell] && self.allowed(cell)) {
                let (mut all, mut gladly) = (0, 0);
                for unit in (0..problem.units.len()).filter(|&u| self.flow.at[u] == none) {
                    let Some(cost) = problem.fit[unit][cell] else { continue };
                    let people = problem.units[unit].len();
                    all += people;
                    gladly += if cost < problem.if_need_be * whole(people) { people } else { 0 };
                }
                if all >= problem.size.low && best.is_none_or(|(value, _)| all + gladly > value) {
                    best = Some((all + gladly, cell));
                }
            }
            let Some((_, cell)) = best else { break };
            if !self.open(cell) {
                closed[cell] = true;
            }
        }
        self.flow.settle_all();
        self.blocks();
        // What came out too small in the end.
        for cell in 0..none {
            while self.flow.load[cell] < self.flow.groups[cell] * problem.size.low {
                if !self.drop(cell) {
                    break;
                }
            }
        }
        self.flow.keep();
    }

    fn start_from_previous(&mut self) {
        let none = self.problem.cells.len();
        for cell in (0..none).filter(|&c| self.problem.cells[c].previous.is_some()) {
            let stay: Vec<usize> = (0..self.flow.at.len())
                .filter(|&unit| self.flow.at[unit] == none && self.problem.home[unit] == Some(cell))
                .filter(|unit| self.problem.fit[*unit][cell].is_some())
                .collect();
            if stay.is_empty() || !self.allowed(cell) {
                continue;
            }
            let kept = self.problem.led_before[cell]
                .is_some_and(|leader| self.hosts.prefer(self.problem, cell, leader));
            if !kept && !self.hosts.add(self.problem, cell) {
                continue;
            }
            self.flow.set(cell, 1);
            for unit in stay {
                if self.flow.load[cell] + self.problem.units[unit].len() <= self.problem.size.high {
                    self.flow.put(unit, cell);
                }
            }
            self.lead();
        }
    }

    /// Opens a group and fills it with those who have the fewest other times.
    fn open(&mut self, cell: usize) -> bool {
        let (problem, none) = (self.problem, self.problem.cells.len());
        let mut open: Vec<(usize, usize)> = (0..self.flow.at.len())
            .filter(|&unit| self.flow.at[unit] == none && problem.fit[unit][cell].is_some())
            .map(|unit| (problem.fit[unit].iter().flatten().count(), unit))
            .collect();
        open.sort_unstable();
        if !self.hosts.add(problem, cell) {
            return false;
        }
        self.flow.set(cell, self.flow.groups[cell] + 1);
        self.lead();
        let room = |search: &Self| search.flow.groups[cell] * problem.size.target;
        for (_, unit) in open {
            let people = problem.units[unit].len();
            if self.flow.at[unit] == none && self.flow.load[cell] + people <= room(self) {
                self.flow.put(unit, cell);
            }
        }
        true
    }
}
