//! Who leads which group: an exact flow of leaders to cells.
//!
//! A leader leads at most one group at a slot and only so many in all. One more group in a cell
//! is possible exactly if there is an augmenting path (Ford and Fulkerson 1956): a leader for it,
//! who may give up another cell if somebody else takes that.

#![expect(clippy::indexing_slicing, reason = "leaders, slots and cells are indices of one problem")]

use super::problem::Problem;
use std::collections::VecDeque;

/// Who leads in which cell.
#[derive(Clone, Debug)]
pub(super) struct Hosts {
    /// Leaders per cell, one for each of its groups.
    pub of: Vec<Vec<usize>>,
    /// The cell of each leader at each slot.
    at: Vec<Vec<Option<usize>>>,
    /// How many groups each leader has.
    count: Vec<usize>,
}

impl Hosts {
    pub(super) fn new(problem: &Problem) -> Self {
        Self {
            of: vec![vec![]; problem.cells.len()],
            at: vec![vec![None; problem.caps.len()]; problem.leaders.len()],
            count: vec![0; problem.leaders.len()],
        }
    }

    /// Finds a leader for one more group in a cell; false if there is none.
    pub(super) fn add(&mut self, problem: &Problem, cell: usize) -> bool {
        if !problem.hosted {
            return true;
        }
        // How a cell came to need another leader: for which cell it gave up whom.
        let mut gave: Vec<Option<(usize, usize)>> = vec![None; problem.cells.len()];
        let mut seen = vec![false; problem.cells.len()];
        let mut asked = vec![false; problem.leaders.len()];
        let mut open = VecDeque::from([cell]);
        seen[cell] = true;
        while let Some(cell) = open.pop_front() {
            let slot = problem.cells[cell].slot;
            for (leader, about) in problem.leaders.iter().enumerate() {
                if !about.can[cell] || self.of[cell].contains(&leader) {
                    continue;
                }
                if let Some(other) = self.at[leader][slot] {
                    if !seen[other] {
                        seen[other] = true;
                        gave[other] = Some((cell, leader));
                        open.push_back(other);
                    }
                    continue;
                }
                if asked[leader] {
                    continue;
                }
                asked[leader] = true;
                if self.count[leader] < about.most {
                    self.pass_on(problem, cell, leader, &gave);
                    return true;
                }
                for other in self.at[leader].iter().flatten().copied() {
                    if !seen[other] {
                        seen[other] = true;
                        gave[other] = Some((cell, leader));
                        open.push_back(other);
                    }
                }
            }
        }
        false
    }

    fn pass_on(
        &mut self,
        problem: &Problem,
        mut cell: usize,
        mut leader: usize,
        gave: &[Option<(usize, usize)>],
    ) {
        while let Some((taker, given)) = gave[cell] {
            self.release(problem, cell, given);
            self.take(problem, cell, leader);
            (cell, leader) = (taker, given);
        }
        self.take(problem, cell, leader);
    }

    /// Gives a cell this very leader, if that is possible without asking others.
    pub(super) fn prefer(&mut self, problem: &Problem, cell: usize, leader: usize) -> bool {
        let about = &problem.leaders[leader];
        let slot = problem.cells[cell].slot;
        let can =
            about.can[cell] && self.at[leader][slot].is_none() && self.count[leader] < about.most;
        if can {
            self.take(problem, cell, leader);
        }
        can
    }

    fn take(&mut self, problem: &Problem, cell: usize, leader: usize) {
        self.of[cell].push(leader);
        self.at[leader][problem.cells[cell].slot] = Some(cell);
        self.count[leader] += 1;
    }

    fn release(&mut self, problem: &Problem, cell: usize, leader: usize) {
        self.of[cell].retain(|&other| other != leader);
        self.at[leader][problem.cells[cell].slot] = None;
        self.count[leader] -= 1;
    }

    /// Lets a leader of a cell go: rather somebody who has a seat of their own.
    pub(super) fn drop(&mut self, problem: &Problem, cell: usize) {
        let seat = |leader: &&usize| problem.leaders[**leader].unit.is_some();
        let Some(&last) = self.of[cell].iter().find(seat).or(self.of[cell].last()) else {
            return;
        };
        self.release(problem, cell, last);
    }

    /// Where each unit has to sit because one of its people leads there: the first cell they lead.
    pub(super) fn seats(&self, problem: &Problem) -> Vec<(usize, usize)> {
        let seat = |leader: usize| {
            let unit = problem.leaders[leader].unit?;
            Some((unit, self.at[leader].iter().flatten().copied().min()?))
        };
        (0..problem.leaders.len()).filter_map(seat).collect()
    }
}
