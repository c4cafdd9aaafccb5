//! Mixing views: exchanges that keep everybody's time as good as it was.

#![expect(clippy::indexing_slicing, reason = "people and units are indices of one problem")]

use super::far::Far;
use super::groups::Groups;
use super::problem::{Problem, Seating};
use super::rng::Rng;
use super::rules::Rules;
use super::steps::Steps;
use super::walk::Walk;

/// The same groups with people better mixed, as long as the budget lasts. Nobody loses a seat,
/// times are no worse, no rule is broken and no more tags are alone.
///
/// `fairness` is the weight of groups that fall behind.
pub(super) fn mix(
    problem: &Problem,
    seating: Seating,
    fairness: f64,
    rng: &mut Rng,
    steps: &mut Steps<'_>,
) -> Seating {
    let sitting: Vec<usize> = seating.members.iter().flatten().copied().collect();
    if seating.members.len() < 2 || sitting.len() < 2 {
        return seating;
    }
    let mut walk = Walk::new(groups(problem, &seating, fairness), rules(problem, &seating), rng);
    // Where nobody differs there is nothing to look for, unless a tag is alone.
    if walk.groups.differ() || walk.rules.alone() > 0 {
        walk.improve(steps);
    }
    let units = |members: &Vec<usize>| members.iter().map(|&unit| sitting[unit]).collect();
    Seating { members: walk.groups.members.iter().map(units).collect(), ..seating }
}

/// The groups of a seating as the search counts them: units that sit, in order of the seating.
pub(super) fn groups(problem: &Problem, seating: &Seating, fairness: f64) -> Groups {
    let row = |&person: &usize| {
        problem.views[person].iter().zip(&problem.weights).map(|(v, w)| v * w).collect()
    };
    let rows = |&unit: &usize| problem.units[unit].iter().map(row).collect();
    let views: Vec<Vec<Vec<f64>>> = seating.members.iter().flatten().map(rows).collect();
    let mut next = 0;
    let members = seating.members.iter().map(|units| {
        let first = next;
        next += units.len();
        (first..next).collect()
    });
    let fairness = if fairness.is_finite() { fairness.max(0.0) } else { 0.0 };
    let high = problem.size.high;
    Groups::new(Far::new(&views, high), members.collect(), high, fairness)
}

fn rules(problem: &Problem, seating: &Seating) -> Rules {
    let sitting: Vec<usize> = seating.members.iter().flatten().copied().collect();
    Rules::new(problem, seating, &sitting)
}
