//! Seating: who meets whom, when. Every group should be a miniature of everybody.
//!
//! The way: the counts of groups per slot and language are searched, the people are placed into
//! them by an exact flow, and swaps then mix the views. The same request gives the same plan,
//! whatever the order of its people and slots.

mod check;
mod conflict;
mod counts;
mod crowd;
mod deal;
mod explain;
mod flow;
mod hash;
mod judge;
mod mix;
mod plan;
mod problem;
mod request;
mod rng;
mod steps;
mod tables;
mod views;

pub use check::{check, given};
pub use conflict::without;
pub use judge::{Broken, Choice, Judgement, Mixed, Violation, Way, judge, moves};
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
/// Not yet obeyed: hosts, languages of slots, rules, pins, the previous plan, lone tags, rounds.
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
    let problem = problem::Problem::new(request)?;
    let mut rng = rng::Rng::new(request.seed);
    let placed =
        counts::search(&problem, &mut rng, &mut Steps::new(Stage::Placing, request.steps, report));
    let seating = deal::deal(&problem, &placed);
    let mut mixing = mix::Mixing::new(&problem, &seating, request.fairness);
    mixing.improve(&mut rng, &mut Steps::new(Stage::Mixing, request.steps, report));
    Ok(explain::plan(request, &problem, &mixing.seating()))
}

#[cfg(test)]
mod tests;
