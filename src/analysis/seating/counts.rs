//! How many groups meet in each cell: all ways if they are few, else add, drop and shift.

#![expect(clippy::indexing_slicing, reason = "cells are indices of one problem")]

use super::flow::Placed;
use super::problem::{Cost, Problem};
use super::rng::Rng;
use super::steps::Steps;

/// So many ways are all tried.
const FEW: usize = 400;
/// Work of the flow that is worth one step.
const WORK_PER_STEP: u64 = 25;

/// The best placement found.
pub(super) fn search(problem: &Problem, rng: &mut Rng, steps: &mut Steps<'_>) -> Placed {
    let most = problem.people.len() / problem.size.low;
    if ways(problem.cells.len(), most) <= FEW {
        return every_way(problem, most);
    }
    let mut best = start(problem);
    descend(problem, &mut best, rng, steps);
    // A kick changes a few counts at once; a dozen in vain are enough.
    let mut vain = 0;
    while steps.left() && vain < 12 && !perfect(problem, &best) {
        let mut groups = best.groups.clone();
        for _ in 0..2 + rng.below(2) {
            let cell = rng.below(groups.len());
            if rng.below(2) == 0 && allowed(problem, &groups, cell) {
                groups[cell] += 1;
            } else {
                groups[cell] = groups[cell].saturating_sub(1);
            }
        }
        let mut next = evaluate(problem, &best, groups, steps);
        descend(problem, &mut next, rng, steps);
        vain = if next.cost < best.cost { 0 } else { vain + 1 };
        if next.cost <= best.cost {
            best = next;
        }
    }
    best
}

/// Nobody could sit better: all at their best time and every size on target.
fn perfect(problem: &Problem, placed: &Placed) -> bool {
    let least: Cost = problem
        .fit
        .iter()
        .map(|cells| cells.iter().flatten().copied().min().unwrap_or(problem.unseated))
        .sum();
    placed.cost <= least
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

fn evaluate(problem: &Problem, from: &Placed, groups: Vec<usize>, steps: &mut Steps<'_>) -> Placed {
    let (placed, used) = from.with(problem, groups);
    steps.take(used / WORK_PER_STEP + 1);
    placed
}

/// Whether one more group fits the cell's slot and there could be people for it.
fn allowed(problem: &Problem, groups: &[usize], cell: usize) -> bool {
    let slot = problem.cells[cell].slot;
    let there = (0..groups.len()).filter(|&c| problem.cells[c].slot == slot);
    let total: usize = groups.iter().sum();
    there.map(|c| groups[c]).sum::<usize>() < problem.caps[slot]
        && (total + 1) * problem.size.low <= problem.people.len()
}

fn every_way(problem: &Problem, most: usize) -> Placed {
    let mut best = Placed::empty(problem);
    let mut groups = vec![0_usize; problem.cells.len()];
    // Counts like an odometer: raise the first cell that can, put those before it to zero.
    'all: loop {
        let mut cell = 0;
        loop {
            if cell == groups.len() {
                break 'all;
            }
            if groups.iter().sum::<usize>() < most && allowed(problem, &groups, cell) {
                groups[cell] += 1;
                break;
            }
            groups[cell] = 0;
            cell += 1;
        }
        let (next, _) = Placed::empty(problem).with(problem, groups.clone());
        if next.cost < best.cost {
            best = next;
        }
    }
    best
}

/// A first guess: again and again a group where most of the others could come.
fn start(problem: &Problem) -> Placed {
    let mut guess = Placed::empty(problem);
    let none = problem.cells.len();
    let low = problem.size.low;
    loop {
        let mut best: Option<(usize, usize)> = None;
        for cell in (0..none).filter(|&cell| allowed(problem, &guess.groups, cell)) {
            let open = guess.at.iter().zip(&problem.fit).filter(|(at, _)| **at == none);
            let (mut all, mut gladly) = (0, 0);
            for cost in open.filter_map(|(_, fit)| fit[cell]) {
                all += 1;
                gladly += usize::from(cost < problem.if_need_be);
            }
            if all >= low && best.is_none_or(|(value, _)| all + gladly > value) {
                best = Some((all + gladly, cell));
            }
        }
        let Some((_, cell)) = best else { break };
        // Those with the fewest other times first.
        let mut open: Vec<(usize, usize)> = (0..guess.at.len())
            .filter(|&i| guess.at[i] == none && problem.fit[i][cell].is_some())
            .map(|i| (problem.fit[i].iter().flatten().count(), i))
            .collect();
        open.sort_unstable();
        for &(_, person) in open.iter().take(problem.size.target) {
            guess.at[person] = cell;
        }
        guess.groups[cell] += 1;
    }
    let groups = guess.groups.clone();
    guess.with(problem, groups).0
}

/// Adds, drops and shifts groups as long as that helps.
fn descend(problem: &Problem, best: &mut Placed, rng: &mut Rng, steps: &mut Steps<'_>) {
    let cells = problem.cells.len();
    // `cells` stands for nowhere: from nowhere is to add, to nowhere is to drop.
    let mut moves: Vec<(usize, usize)> = (0..=cells)
        .flat_map(|from| (0..=cells).map(move |to| (from, to)))
        .filter(|(from, to)| from != to)
        .collect();
    rng.shuffle(&mut moves);
    let mut since = 0;
    while since < moves.len() && steps.left() {
        for &(from, to) in &moves {
            since += 1;
            if since > moves.len() || !steps.left() {
                break;
            }
            let mut groups = best.groups.clone();
            if from < cells {
                if groups[from] == 0 {
                    continue;
                }
                groups[from] -= 1;
            }
            if to < cells {
                if !allowed(problem, &groups, to) {
                    continue;
                }
                groups[to] += 1;
            }
            let next = evaluate(problem, best, groups, steps);
            if next.cost < best.cost {
                *best = next;
                since = 0;
            }
        }
    }
}
