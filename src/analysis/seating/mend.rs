//! Groups after dealing: small ones are filled or closed, people without a seat come in by
//! chains, tags that are alone find company, sizes go towards the target.

#![expect(clippy::indexing_slicing, reason = "units, cells and groups are indices of one problem")]

use super::deal::Dealt;
use super::problem::{Cost, Problem};
use super::steps::Steps;

/// So many people in a row may give way to one who has no seat.
const CHAIN: usize = 3;
/// So many choices for one last group in a cell.
const LAST_LOOKS: usize = 20_000;
/// So many looks at a group are worth one step.
const LOOKS_PER_STEP: u64 = 4;

impl Dealt {
    /// Makes a plan of what was dealt, and the plan better where only whole groups show how.
    pub(super) fn mend(&mut self, problem: &Problem, steps: &mut Steps<'_>) {
        self.fill_or_close(problem);
        if !problem.ruled() {
            return;
        }
        let mut better = true;
        while better {
            better = self.let_in(problem, steps);
            better |= self.move_about(problem, steps);
        }
        self.fill_or_close(problem);
    }

    /// One group, if there is none: the first that all rules allow. So many looks that few people
    /// are tried in every way.
    pub(super) fn last_resort(problem: &Problem) -> Option<(usize, usize, Vec<usize>)> {
        for (cell, _) in problem.cells.iter().enumerate() {
            if problem.caps[problem.cells[cell].slot] == 0 {
                continue;
            }
            let leaders: Vec<usize> = if problem.hosted {
                let can = |leader: &usize| {
                    problem.leaders[*leader].can[cell] && problem.leaders[*leader].most > 0
                };
                (0..problem.leaders.len()).filter(can).collect()
            } else {
                vec![usize::MAX]
            };
            for leader in leaders {
                let seat = problem.leaders.get(leader).and_then(|leader| leader.unit);
                let mut looks = LAST_LOOKS;
                let mut chosen: Vec<usize> = seat.into_iter().collect();
                let people = chosen.iter().map(|&unit| problem.units[unit].len()).sum();
                if gather(problem, cell, 0, people, &mut chosen, &mut looks) {
                    return Some((cell, leader, chosen));
                }
            }
        }
        None
    }

    /// No group stays below its smallest size.
    fn fill_or_close(&mut self, problem: &Problem) {
        let mut group = 0;
        while group < self.members.len() {
            if self.load[group] >= problem.size.low || self.fill(problem, group) {
                group += 1;
            } else {
                self.close(problem, group);
                // Who lost a seat may fill others up.
                group = 0;
            }
        }
    }

    /// Fills a group up with people without a seat, and then from groups that can spare some.
    fn fill(&mut self, problem: &Problem, group: usize) -> bool {
        let before = self.clone();
        while self.load[group] < problem.size.low {
            let none = self.members.len();
            let spare = |unit: usize| {
                let from = self.group_of[unit];
                let people = problem.units[unit].len();
                from != group
                    && !self.leads[unit]
                    && (from == none || self.load[from] >= problem.size.low + people)
                    && self.takes(problem, unit, group, None)
            };
            let price = |unit: usize| {
                let from = self.group_of[unit];
                let there = problem.fit[unit][self.cells[group]].unwrap_or(problem.missing);
                let here = if from == none {
                    problem.nowhere(unit)
                } else {
                    problem.fit[unit][self.cells[from]].unwrap_or(0)
                };
                (there - here, unit)
            };
            let best = (0..self.group_of.len()).filter(|&unit| spare(unit)).map(price).min();
            let Some((_, unit)) = best else {
                *self = before;
                return false;
            };
            self.rise(problem, unit);
            self.sit(problem, unit, group);
        }
        true
    }

    /// Lets in whoever has no seat, if need be by others giving way.
    fn let_in(&mut self, problem: &Problem, steps: &mut Steps<'_>) -> bool {
        let mut better = false;
        for unit in self.left() {
            if !steps.left() {
                break;
            }
            let mut passed = vec![];
            let before = self.clone();
            let cost = self.cost(problem);
            if self.chain(problem, unit, CHAIN, &mut passed, steps) && self.cost(problem) < cost {
                better = true;
            } else {
                *self = before;
            }
        }
        better
    }

    /// Seats a unit; those in its way go on to groups that were not passed yet, or lose their
    /// seats to people who count more.
    fn chain(
        &mut self,
        problem: &Problem,
        unit: usize,
        depth: usize,
        passed: &mut Vec<usize>,
        steps: &mut Steps<'_>,
    ) -> bool {
        let groups = self.members.len();
        let free = (0..groups)
            .filter(|group| !passed.contains(group) && self.takes(problem, unit, *group, None))
            .min_by_key(|&group| {
                let now = self.members[group].iter().copied();
                let with = now.clone().chain([unit]);
                let cell = self.cells[group];
                let cost = Self::group_cost(problem, cell, with);
                (cost - Self::group_cost(problem, cell, now), group)
            });
        if let Some(group) = free {
            self.sit(problem, unit, group);
            return true;
        }
        if depth == 0 {
            return false;
        }
        for group in 0..groups {
            if passed.contains(&group) || problem.fit[unit][self.cells[group]].is_none() {
                continue;
            }
            for other in self.members[group].clone() {
                steps.take(1);
                let (come, go) = (problem.units[unit].len(), problem.units[other].len());
                if self.leads[other]
                    || !self.takes(problem, unit, group, Some(other))
                    || self.load[group] + come < problem.size.low + go
                    || !steps.left()
                {
                    continue;
                }
                self.rise(problem, other);
                self.sit(problem, unit, group);
                passed.push(group);
                let went = self.chain(problem, other, depth - 1, passed, steps);
                passed.pop();
                if went || problem.nowhere(unit) > problem.nowhere(other) {
                    return true;
                }
                self.rise(problem, unit);
                self.sit(problem, other, group);
            }
        }
        false
    }

    /// Moves and swaps as long as they help.
    fn move_about(&mut self, problem: &Problem, steps: &mut Steps<'_>) -> bool {
        let mut better = false;
        for unit in 0..self.group_of.len() {
            let from = self.group_of[unit];
            if from == self.members.len() || self.leads[unit] {
                continue;
            }
            let tagged = !problem.tags[unit].is_empty();
            for to in (0..self.members.len()).filter(|&to| to != from) {
                let looks = u64::try_from(self.members[to].len()).unwrap_or(u64::MAX);
                if !steps.take(if tagged { looks } else { 1 } / LOOKS_PER_STEP + 1) {
                    return better;
                }
                let swaps = if tagged { self.members[to].clone() } else { vec![] };
                let others = swaps.into_iter().map(Some).chain([None]);
                let best = others
                    .filter_map(|back| Some((self.gain(problem, unit, to, back)?, back)))
                    .min();
                if let Some((cost, back)) = best
                    && cost < 0
                {
                    self.rise(problem, unit);
                    if let Some(back) = back {
                        self.rise(problem, back);
                        self.sit(problem, back, from);
                    }
                    self.sit(problem, unit, to);
                    better = true;
                    break;
                }
            }
        }
        better
    }

    /// The change of cost if a unit goes to a group and another one comes back, if it can be.
    fn gain(&self, problem: &Problem, unit: usize, to: usize, back: Option<usize>) -> Option<Cost> {
        let from = self.group_of[unit];
        let (go, come) =
            (problem.units[unit].len(), back.map_or(0, |back| problem.units[back].len()));
        let leads = back.is_some_and(|back| self.leads[back]);
        let fits = !leads
            && self.load[from] + come >= problem.size.low + go
            && self.load[to] + go >= problem.size.low + come
            && self.takes(problem, unit, to, back)
            && back.is_none_or(|back| self.takes(problem, back, from, Some(unit)));
        if !fits {
            return None;
        }
        let here = self.members[from].iter().copied();
        let there = self.members[to].iter().copied();
        let out = here.clone().filter(|&other| other != unit).chain(back);
        let into = there.clone().filter(|&other| Some(other) != back).chain([unit]);
        let (a, b) = (self.cells[from], self.cells[to]);
        Some(
            Self::group_cost(problem, a, out) + Self::group_cost(problem, b, into)
                - Self::group_cost(problem, a, here)
                - Self::group_cost(problem, b, there),
        )
    }
}

/// Chooses units from `next` on until they are a group.
fn gather(
    problem: &Problem,
    cell: usize,
    next: usize,
    people: usize,
    chosen: &mut Vec<usize>,
    looks: &mut usize,
) -> bool {
    if people >= problem.size.low {
        return true;
    }
    for unit in next..problem.units.len() {
        if *looks == 0 {
            return false;
        }
        *looks -= 1;
        let more = people + problem.units[unit].len();
        let meets = |other: &usize| problem.apart[unit].binary_search(other).is_ok();
        if problem.fit[unit][cell].is_none()
            || more > problem.size.high
            || chosen.contains(&unit)
            || chosen.iter().any(meets)
        {
            continue;
        }
        chosen.push(unit);
        if gather(problem, cell, unit + 1, more, chosen, looks) {
            return true;
        }
        chosen.pop();
    }
    false
}
