//! Who sits in which cell, for given counts of groups: an exact minimum-cost flow.
//!
//! Negative cycles are cancelled (Klein 1967) on the small graph of cells, so any assignment can
//! be the start and a change of one count is cheap.

#![expect(clippy::indexing_slicing, reason = "people and cells are indices of one problem")]

use super::problem::{Cost, Problem, whole};

/// A seat in a cell for everybody; `cells.len()` is "no seat".
#[derive(Clone)]
pub(super) struct Placed {
    /// Groups per cell.
    pub groups: Vec<usize>,
    /// Cell per person.
    pub at: Vec<usize>,
    /// Lower is better.
    pub cost: Cost,
}

/// Cost of the sizes when `people` share `groups` as evenly as they can.
fn uneven(problem: &Problem, people: usize, groups: usize) -> Cost {
    if groups == 0 {
        return 0;
    }
    let target = whole(problem.size.target);
    let (each, rest) = (whole(people / groups), whole(people % groups));
    rest * (each + 1 - target).pow(2) + (whole(groups) - rest) * (each - target).pow(2)
}

/// What one more person in a cell costs beyond the person's own cost; `None` if it is full.
fn one_more(problem: &Problem, people: usize, groups: usize) -> Option<Cost> {
    if people >= groups * problem.size.high {
        return None;
    }
    let sizes = 2 * (whole(people / groups) - whole(problem.size.target)) + 1;
    let short = people < groups * problem.size.low;
    Some(if short { sizes - problem.missing } else { sizes })
}

impl Placed {
    pub(super) fn empty(problem: &Problem) -> Self {
        let cells = problem.cells.len();
        let at = vec![cells; problem.people.len()];
        let cost = problem.unseated * whole(at.len());
        Self { groups: vec![0; cells], at, cost }
    }

    fn filled(&self) -> Vec<usize> {
        let mut filled = vec![0; self.groups.len() + 1];
        for &cell in &self.at {
            filled[cell] += 1;
        }
        filled
    }

    /// The best assignment for these counts, starting from this one. Also the work it took.
    pub(super) fn with(&self, problem: &Problem, groups: Vec<usize>) -> (Self, u64) {
        let none = groups.len();
        let mut next = Self { groups, at: self.at.clone(), cost: 0 };
        let mut filled = next.filled();
        for cell in next.at.iter_mut().rev() {
            if *cell < none && filled[*cell] > next.groups[*cell] * problem.size.high {
                filled[*cell] -= 1;
                *cell = none;
            }
        }
        let mut work = 0;
        while next.cancel(problem, &mut work) {}
        next.cost = next.price(problem);
        (next, work)
    }

    fn price(&self, problem: &Problem) -> Cost {
        let filled = self.filled();
        let mut cost: Cost = 0;
        for (person, &cell) in self.at.iter().enumerate() {
            cost += cost_of(problem, person, cell).unwrap_or(problem.missing);
        }
        for (cell, &groups) in self.groups.iter().enumerate() {
            let short = (groups * problem.size.low).saturating_sub(filled[cell]);
            cost += uneven(problem, filled[cell], groups);
            cost += problem.missing * whole(short);
        }
        cost
    }

    /// Cancels one negative cycle; false if there is none, so that the assignment is optimal.
    fn cancel(&mut self, problem: &Problem, work: &mut u64) -> bool {
        let none = self.groups.len();
        let outside = none + 1;
        let nodes = none + 2;
        // arcs[from * nodes + to]: the cheapest person to send, and the change of cost.
        let mut arcs: Vec<Option<(Cost, usize)>> = vec![None; nodes * nodes];
        for (person, &from) in self.at.iter().enumerate() {
            let Some(here) = cost_of(problem, person, from) else { continue };
            for to in 0..=none {
                let Some(there) = cost_of(problem, person, to) else { continue };
                let arc = &mut arcs[from * nodes + to];
                if to != from && arc.is_none_or(|(cost, _)| there - here < cost) {
                    *arc = Some((there - here, person));
                }
            }
        }
        let filled = self.filled();
        for cell in 0..none {
            let more = one_more(problem, filled[cell], self.groups[cell]);
            arcs[cell * nodes + outside] = more.map(|cost| (cost, 0));
            let before = filled[cell].checked_sub(1);
            let less = before.and_then(|people| one_more(problem, people, self.groups[cell]));
            arcs[outside * nodes + cell] = less.map(|cost| (-cost, 0));
        }
        arcs[none * nodes + outside] = Some((0, 0));
        arcs[outside * nodes + none] = (filled[none] > 0).then_some((0, 0));
        let size = self.at.len() * nodes + nodes * nodes * 3;
        *work += u64::try_from(size).unwrap_or(u64::MAX);
        let Some(cycle) = negative_cycle(&arcs, nodes) else { return false };
        for (from, to) in cycle {
            if from != outside
                && to != outside
                && let Some((_, person)) = arcs[from * nodes + to]
            {
                self.at[person] = to;
            }
        }
        true
    }
}

fn cost_of(problem: &Problem, person: usize, cell: usize) -> Option<Cost> {
    if cell == problem.cells.len() { Some(problem.unseated) } else { problem.fit[person][cell] }
}

/// Bellman and Ford, with a look for a cycle of parents after every round.
fn negative_cycle(arcs: &[Option<(Cost, usize)>], nodes: usize) -> Option<Vec<(usize, usize)>> {
    let mut distance = vec![Cost::default(); nodes];
    let mut parent = vec![nodes; nodes];
    for _ in 0..=nodes {
        let mut changed = false;
        for from in 0..nodes {
            for to in 0..nodes {
                if let Some((cost, _)) = arcs[from * nodes + to]
                    && distance[from] + cost < distance[to]
                {
                    distance[to] = distance[from] + cost;
                    parent[to] = from;
                    changed = true;
                }
            }
        }
        if !changed {
            return None;
        }
        if let Some(cycle) = parent_cycle(&parent) {
            return Some(cycle);
        }
    }
    None
}

fn parent_cycle(parent: &[usize]) -> Option<Vec<(usize, usize)>> {
    let nodes = parent.len();
    let mut seen = vec![nodes; nodes];
    for start in 0..nodes {
        let mut node = start;
        while node < nodes && seen[node] == nodes {
            seen[node] = start;
            node = parent[node];
        }
        if node < nodes && seen[node] == start {
            let mut cycle = Vec::new();
            let mut to = node;
            loop {
                cycle.push((parent[to], to));
                to = parent[to];
                if to == node {
                    return Some(cycle);
                }
            }
        }
    }
    None
}
