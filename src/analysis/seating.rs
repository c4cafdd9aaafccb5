//! Seating: who meets whom, when. Every group should be a miniature of everybody.
//!
//! The way: the counts of groups per slot and language are searched, the people are placed into
//! them by an exact flow, and swaps then mix the views. The same request gives the same plan,
//! whatever the order of its people and slots.

mod cells;
mod check;
mod conflict;
mod counts;
mod crowd;
mod deal;
mod explain;
mod far;
mod flow;
mod groups;
mod guess;
mod hash;
mod helps;
mod hosts;
mod judge;
mod levels;
mod lift;
mod mend;
mod mix;
mod place;
mod plan;
mod problem;
mod request;
mod rng;
mod rounds;
mod rules;
mod sitting;
mod steps;
mod unplaced;
mod walk;

pub use check::{check, given};
pub use judge::{Broken, Choice, Judgement, Mixed, Violation, Way, judge, moves};
pub use lift::without;
pub use plan::{
    Clash, Conflict, Elsewhere, Group, Help, Leader, Plan, Reason, Remedy, Score, Seat, Unplaced,
};
pub use request::{Dimension, Free, Given, Host, Person, Pin, Request, Size, Slot};
pub use steps::{Go, Progress, Stage};

use steps::Steps;

/// A good number of steps for up to 36 people; see [`steps_for`] for more.
pub const STEPS: u64 = 600_000;

/// A good number of steps for so many people.
pub fn steps_for(people: usize) -> u64 {
    let times = people.div_ceil(36).max(1);
    STEPS.saturating_mul(u64::try_from(times).unwrap_or(u64::MAX))
}

/// Most people that are taken on: the distances of more do not fit into memory.
pub const MOST_PEOPLE: usize = 20_000;

/// Seats people into groups.
///
/// Most people first, then fewest moved against the previous plan, few tags alone, sizes near
/// the target, few "if need be", and then a good mix of views (maximally diverse groups in the
/// size-normalised form; Feo and Khellaf 1990 for the problem).
///
/// # Errors
/// The [`Conflict`] that leaves no plan.
pub fn seat(request: &Request) -> Result<Plan, Conflict> {
    seat_with(request, &mut |_| Go::On)
}

/// [`seat`], with word of how far it is. It can be stopped at any time and then answers with the
/// best plan so far, which breaks no rule either.
///
/// # Errors
/// The [`Conflict`] that leaves no plan.
pub fn seat_with(
    request: &Request,
    report: &mut dyn FnMut(Progress) -> Go,
) -> Result<Plan, Conflict> {
    if let Some(clash) = conflict::at_sight(request) {
        return Err(conflict::all(request, clash));
    }
    let problem = problem::Problem::new(request);
    let tries = if problem.cells.len() > 1 && request.people.len() <= FEW { TRIES } else { 1 };
    let mut best: Option<(problem::Cost, f64, Plan, problem::Seating)> = None;
    for number in 0..tries {
        let mut rng = rng::Rng::new(request.seed.wrapping_add(number));
        let share = Share { number, tries, steps: request.steps };
        let mut stopped = false;
        let mut tell = |progress| {
            let go = report(share.of(progress));
            stopped |= go == Go::Stop;
            go
        };
        let mut steps = Steps::new(Stage::Placing, request.steps / tries, &mut tell);
        let seating = counts::search(&problem, &mut rng, &mut steps);
        if !place::stands(request, &problem, &seating) {
            continue;
        }
        let mut steps = Steps::new(Stage::Mixing, request.steps / tries, &mut tell);
        let seating = mix::mix(&problem, seating, request.fairness, &mut rng, &mut steps);
        let cost = deal::cost(&problem, &seating);
        let (plan, value) = explain::plan(request, &problem, &seating);
        let better = |(least, most, ..): &(problem::Cost, f64, Plan, problem::Seating)| {
            cost < *least || (cost == *least && value > *most)
        };
        if best.as_ref().is_none_or(better) {
            best = Some((cost, value, plan, seating));
        }
        if stopped {
            break;
        }
    }
    let (problem, seating, mut plan) = match best {
        Some((_, _, plan, seating)) => {
            (problem, seating, Plan { helps: helps::helps(request, &plan), ..plan })
        }
        // Stopped early, or unlucky: a last look before it is called impossible.
        None => match place::place(request) {
            Some((problem, seating)) => {
                let plan = explain::plan(request, &problem, &seating).0;
                (problem, seating, plan)
            }
            None => return Err(conflict::all(request, conflict::searched(request))),
        },
    };
    if request.rounds > 1 {
        let mut steps = Steps::new(Stage::Rounds, request.steps, report);
        plan.rounds = rounds::rounds(request, &problem, &seating, &plan, &mut steps);
    }
    Ok(plan)
}

/// Up to so many people several placements are tried: which of those that are as good for
/// everybody's time mixes best shows only when it is mixed.
const FEW: usize = 200;
/// So many.
const TRIES: u64 = 4;

/// One of several tries, each of which has its share of the steps.
struct Share {
    number: u64,
    tries: u64,
    steps: u64,
}

impl Share {
    /// The progress of all tries. Placing and mixing alternate; only mixing is told of, unless
    /// there is but one try.
    fn of(&self, progress: Progress) -> Progress {
        if self.tries == 1 {
            return progress;
        }
        let half =
            progress.done / 2 + if progress.stage == Stage::Mixing { progress.of / 2 } else { 0 };
        let done = self.steps / self.tries * self.number + half;
        Progress { stage: Stage::Mixing, done: done.min(self.steps), of: self.steps }
    }
}

#[cfg(test)]
mod tests;
