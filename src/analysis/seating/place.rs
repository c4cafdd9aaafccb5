//! A placement without mixing: whether there is a plan at all, and for how many.

use super::counts;
use super::problem::{Problem, Seating};
use super::request::Request;
use super::rng::Rng;
use super::steps::{Go, Stage, Steps};

/// So many steps show whether there is a plan.
const STEPS: u64 = 20_000;

/// A placement of a request in which nothing contradicts itself at sight; `None` if no group is
/// found, or none for somebody who is pinned.
pub(super) fn place(request: &Request) -> Option<(Problem, Seating)> {
    let problem = Problem::new(request);
    let mut on = |_| Go::On;
    let mut steps = Steps::new(Stage::Placing, request.steps.clamp(1, STEPS), &mut on);
    let seating = counts::search(&problem, &mut Rng::new(request.seed), &mut steps);
    stands(request, &problem, &seating).then_some((problem, seating))
}

/// Whether anybody meets, and everybody who is pinned has a seat.
pub(super) fn stands(request: &Request, problem: &Problem, seating: &Seating) -> bool {
    let seated = |key: &String| {
        let units = seating.members.iter().flatten().filter_map(|&unit| problem.units.get(unit));
        let places = units.flatten().filter_map(|&person| problem.people.get(person));
        places.filter_map(|&place| request.people.get(place)).any(|person| person.key == *key)
    };
    !seating.members.is_empty() && request.pins.iter().all(|pin| seated(&pin.person))
}
