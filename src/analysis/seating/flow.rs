//! Who sits in which cell, for given counts of groups: an exact minimum-cost flow.
//!
//! People flow between cells; what a cell costs grows convexly with its people. Negative cycles
//! are cancelled (Klein 1967) on the small graph of cells, whose arcs are the cheapest person to
//! send from one to another. Where only one cell changed, every negative cycle leads through it,
//! so shortest paths from or to it are enough; all is written down and can be taken back.
//!
//! Units of several people, and those who lead, are held: the flow goes around them.

#![expect(clippy::indexing_slicing, reason = "units and cells are indices of one problem")]

use super::problem::{Cost, Problem, whole};

/// A change that can be taken back.
enum Done {
    Moved { unit: usize, from: usize },
    Held { unit: usize, before: bool },
    Groups { cell: usize, before: usize },
}

/// A cell for everybody; `cells.len()` is "no seat".
pub(super) struct Flow<'a> {
    problem: &'a Problem,
    /// Groups per cell.
    pub groups: Vec<usize>,
    /// Cell per unit.
    pub at: Vec<usize>,
    /// People per cell.
    pub load: Vec<usize>,
    /// Units that stay where they are.
    held: Vec<bool>,
    /// Units per cell that may go.
    loose: Vec<Vec<usize>>,
    /// The cheapest unit to send from each cell to each: change of cost and unit.
    arcs: Vec<Option<(Cost, usize)>>,
    /// Rows of `arcs` that are out of date.
    stale: Vec<bool>,
    /// Lower is better.
    pub cost: Cost,
    /// Work done so far: looks at arcs and people.
    pub work: u64,
    done: Vec<Done>,
}

impl<'a> Flow<'a> {
    /// Nobody sits, no group meets.
    pub(super) fn new(problem: &'a Problem) -> Self {
        let (none, units) = (problem.cells.len(), problem.units.len());
        let held: Vec<bool> = problem.units.iter().map(|unit| unit.len() > 1).collect();
        let mut loose = vec![vec![]; none + 1];
        loose[none] = (0..units).filter(|&unit| !held[unit]).collect();
        let mut load = vec![0; none + 1];
        load[none] = problem.people.len();
        Self {
            problem,
            groups: vec![0; none],
            at: vec![none; units],
            load,
            held,
            loose,
            arcs: vec![None; (none + 1) * (none + 1)],
            stale: vec![true; none + 1],
            cost: (0..units).map(|unit| problem.nowhere(unit)).sum(),
            work: 0,
            done: vec![],
        }
    }

    /// What a unit costs in a cell.
    pub(super) fn price(&self, unit: usize, cell: usize) -> Option<Cost> {
        if cell == self.groups.len() {
            Some(self.problem.nowhere(unit))
        } else {
            self.problem.fit[unit][cell]
        }
    }

    /// What a cell costs beyond its people: sizes, and what is too few or too many.
    fn strain(&self, cell: usize, people: usize) -> Cost {
        if cell == self.groups.len() {
            return 0;
        }
        let (problem, groups) = (self.problem, self.groups[cell]);
        let short = (groups * problem.size.low).saturating_sub(people);
        let over = people.saturating_sub(groups * problem.size.high);
        problem.uneven(people, groups) + problem.missing * whole(short + over)
    }

    /// What one more person in a cell costs.
    fn more(&self, cell: usize) -> Cost {
        self.strain(cell, self.load[cell] + 1) - self.strain(cell, self.load[cell])
    }

    /// What one less saves, as a cost below zero; or costs.
    fn less(&self, cell: usize) -> Option<Cost> {
        let fewer = self.load[cell].checked_sub(1)?;
        Some(self.strain(cell, fewer) - self.strain(cell, self.load[cell]))
    }

    /// Puts a unit somewhere, whatever that costs; it must be able to sit there.
    pub(super) fn put(&mut self, unit: usize, to: usize) {
        let from = self.at[unit];
        if from != to {
            self.done.push(Done::Moved { unit, from });
            self.carry(unit, to);
        }
    }

    fn carry(&mut self, unit: usize, to: usize) {
        let (from, people) = (self.at[unit], self.problem.units[unit].len());
        let before = self.strain(from, self.load[from]) + self.strain(to, self.load[to]);
        let prices = self.price(unit, to).zip(self.price(unit, from));
        self.load[from] -= people;
        self.load[to] += people;
        self.at[unit] = to;
        if !self.held[unit] {
            self.loose[from].retain(|&other| other != unit);
            self.loose[to].push(unit);
        }
        self.stale[from] = true;
        self.stale[to] = true;
        let after = self.strain(from, self.load[from]) + self.strain(to, self.load[to]);
        let (there, here) = prices.unwrap_or((self.problem.missing, 0));
        self.cost += there - here + after - before;
    }

    /// Holds a unit where it is, or lets it go.
    pub(super) fn hold(&mut self, unit: usize, held: bool) {
        if self.held[unit] != held {
            self.done.push(Done::Held { unit, before: !held });
            self.set_held(unit, held);
        }
    }

    fn set_held(&mut self, unit: usize, held: bool) {
        let cell = self.at[unit];
        self.held[unit] = held;
        if held {
            self.loose[cell].retain(|&other| other != unit);
        } else {
            self.loose[cell].push(unit);
        }
        self.stale[cell] = true;
    }

    /// Changes how many groups meet in a cell; nobody moves yet.
    pub(super) fn set(&mut self, cell: usize, groups: usize) {
        let before = self.groups[cell];
        self.done.push(Done::Groups { cell, before });
        self.set_groups(cell, groups);
    }

    fn set_groups(&mut self, cell: usize, groups: usize) {
        self.cost -= self.strain(cell, self.load[cell]);
        self.groups[cell] = groups;
        self.cost += self.strain(cell, self.load[cell]);
    }

    /// Takes back all changes since the last [`Flow::keep`].
    pub(super) fn undo(&mut self) {
        while let Some(done) = self.done.pop() {
            match done {
                Done::Moved { unit, from } => self.carry(unit, from),
                Done::Held { unit, before } => self.set_held(unit, before),
                Done::Groups { cell, before } => self.set_groups(cell, before),
            }
        }
    }

    /// Keeps all changes.
    pub(super) fn keep(&mut self) {
        self.done.clear();
    }

    /// Units in a cell, held ones too.
    pub(super) fn members(&self, cell: usize) -> Vec<usize> {
        (0..self.at.len()).filter(|&unit| self.at[unit] == cell).collect()
    }

    fn refresh(&mut self, from: usize) {
        let nodes = self.groups.len() + 1;
        self.stale[from] = false;
        self.arcs[from * nodes..(from + 1) * nodes].fill(None);
        self.work += u64::try_from(self.loose[from].len() * nodes).unwrap_or(u64::MAX);
        for at in 0..self.loose[from].len() {
            let unit = self.loose[from][at];
            let Some(here) = self.price(unit, from) else { continue };
            for to in 0..nodes {
                if to == from {
                    continue;
                }
                let Some(there) = self.price(unit, to) else { continue };
                let arc = &mut self.arcs[from * nodes + to];
                if arc.is_none_or(|best| (there - here, unit) < best) {
                    *arc = Some((there - here, unit));
                }
            }
        }
    }

    /// Cells where people sit or could, and no seat.
    fn open(&self) -> Vec<usize> {
        let none = self.groups.len();
        (0..=none)
            .filter(|&cell| cell == none || self.groups[cell] > 0 || self.load[cell] > 0)
            .collect()
    }

    /// Shortest ways over all open cells from the distances given; parents, and a cycle of
    /// negative length if one is met.
    fn ways(
        &mut self,
        open: &[usize],
        distance: &mut [Option<Cost>],
    ) -> (Vec<Option<usize>>, Option<usize>) {
        let nodes = self.groups.len() + 1;
        for &cell in open {
            if self.stale[cell] {
                self.refresh(cell);
            }
        }
        let mut parent: Vec<Option<usize>> = vec![None; nodes];
        let mut changed: Vec<bool> = vec![true; nodes];
        for round in 0..=open.len() {
            let mut any = false;
            for &from in open {
                if !std::mem::take(&mut changed[from]) {
                    continue;
                }
                let Some(start) = distance[from] else { continue };
                self.work += u64::try_from(open.len()).unwrap_or(u64::MAX);
                for &to in open {
                    let Some((cost, _)) = self.arcs[from * nodes + to] else { continue };
                    let length = start + cost;
                    if distance[to].is_none_or(|known| length < known) {
                        distance[to] = Some(length);
                        parent[to] = Some(from);
                        changed[to] = true;
                        any = true;
                        if round == open.len() {
                            return (parent, Some(to));
                        }
                    }
                }
            }
            if !any {
                break;
            }
        }
        (parent, None)
    }

    /// Sends one person along each arc that ends at a cell, back to where the way starts.
    fn send(&mut self, parent: &[Option<usize>], end: usize) {
        let nodes = self.groups.len() + 1;
        let mut steps = vec![];
        let mut to = end;
        while let Some(from) = parent[to] {
            if let Some((_, unit)) = self.arcs[from * nodes + to] {
                steps.push((unit, to));
            }
            to = from;
            // Ways have no cycles; this is for the case that arithmetic betrays.
            if steps.len() > nodes {
                break;
            }
        }
        for (unit, to) in steps {
            self.put(unit, to);
        }
    }

    /// Makes everything best again after one cell changed.
    pub(super) fn settle(&mut self, cell: usize) {
        while self.push_out(cell) {}
        while self.pull_in(cell) {}
    }

    fn push_out(&mut self, cell: usize) -> bool {
        if self.loose[cell].is_empty() {
            return false;
        }
        let Some(saved) = self.less(cell) else { return false };
        let open = self.open();
        let mut distance = vec![None; self.groups.len() + 1];
        distance[cell] = Some(saved);
        let (parent, _) = self.ways(&open, &mut distance);
        let ends = open.iter().filter(|&&end| end != cell);
        let whole = |&end: &usize| Some((distance[end]? + self.more(end), end));
        let Some((length, end)) = ends.filter_map(whole).min() else { return false };
        let before = self.cost;
        if length < 0 {
            self.send(&parent, end);
        }
        self.cost < before
    }

    fn pull_in(&mut self, cell: usize) -> bool {
        if self.groups.get(cell).is_some_and(|groups| *groups == 0) {
            return false;
        }
        let open = self.open();
        let mut distance = vec![None; self.groups.len() + 1];
        for &start in open.iter().filter(|&&start| start != cell) {
            if !self.loose[start].is_empty() {
                distance[start] = self.less(start);
            }
        }
        let (parent, _) = self.ways(&open, &mut distance);
        let Some(length) = distance[cell].map(|distance| distance + self.more(cell)) else {
            return false;
        };
        let before = self.cost;
        if length < 0 {
            self.send(&parent, cell);
        }
        self.cost < before
    }

    /// Makes everything best, wherever it changed.
    pub(super) fn settle_all(&mut self) {
        loop {
            let mut better = false;
            // Cycles among people alone.
            let open = self.open();
            loop {
                let mut distance = vec![Some(0); self.groups.len() + 1];
                let (parent, Some(end)) = self.ways(&open, &mut distance) else { break };
                let before = self.cost;
                self.cancel(&parent, end);
                if self.cost >= before {
                    break;
                }
                better = true;
            }
            for &cell in &open {
                while self.push_out(cell) || self.pull_in(cell) {
                    better = true;
                }
            }
            if !better {
                break;
            }
        }
    }

    /// Sends people around the cycle that is met on the way back from a cell.
    fn cancel(&mut self, parent: &[Option<usize>], end: usize) {
        let nodes = self.groups.len() + 1;
        let mut on = end;
        for _ in 0..nodes {
            on = parent[on].unwrap_or(on);
        }
        let mut steps = vec![];
        let mut to = on;
        while let Some(from) = parent[to] {
            if let Some((_, unit)) = self.arcs[from * nodes + to] {
                steps.push((unit, to));
            }
            to = from;
            if to == on || steps.len() > nodes {
                break;
            }
        }
        for (unit, to) in steps {
            self.put(unit, to);
        }
    }
}
