//! Why somebody has no seat.

#![expect(clippy::indexing_slicing, reason = "indices come from the problem and its request")]

use super::cells::{Cell, cells, led};
use super::plan::Unplaced;
use super::problem::{Problem, Seating, by_key, free};
use super::request::{Free, Request};
use std::collections::BTreeMap;

/// Everybody without a seat, by key, each with the reason.
pub(super) fn unplaced(
    request: &Request,
    problem: &Problem,
    seating: &Seating,
) -> Vec<(usize, Unplaced)> {
    let mut seated = vec![false; request.people.len()];
    let people = |unit: usize| problem.units[unit].iter().map(|&person| problem.people[person]);
    for person in seating.members.iter().flatten().flat_map(|&unit| people(unit)) {
        seated[person] = true;
    }
    let left: BTreeMap<usize, usize> = seating
        .left
        .iter()
        .flat_map(|&unit| people(unit).map(move |person| (person, unit)))
        .collect();
    let out = seated.contains(&false);
    let all = if out { cells(request) } else { vec![] };
    by_key(request)
        .into_iter()
        .filter(|&person| !seated[person])
        .map(|person| {
            let why = match left.get(&person) {
                Some(&unit) => no_seat(problem, seating, unit),
                None => no_cell(request, person, &all),
            };
            (person, why)
        })
        .collect()
}

/// Why a unit that could meet others has no seat.
fn no_seat(problem: &Problem, seating: &Seating, unit: usize) -> Unplaced {
    let load = |group: usize| -> usize {
        seating.members[group].iter().map(|&unit| problem.units[unit].len()).sum()
    };
    let reach = || {
        let groups = 0..seating.cells.len();
        groups.filter(|&group| problem.fit[unit][seating.cells[group]].is_some())
    };
    let people = problem.units[unit].len();
    let meets = |group: usize| {
        seating.members[group].iter().any(|other| problem.apart[unit].binary_search(other).is_ok())
    };
    if reach().any(|group| load(group) + people <= problem.size.high && meets(group)) {
        return Unplaced::Apart;
    }
    if people > 1 && reach().any(|group| load(group) < problem.size.high) {
        return Unplaced::Together;
    }
    // A time with room for one more group and enough people for it, but nobody to lead.
    let short = |cell: usize| {
        let slot = problem.cells[cell].slot;
        let groups = seating.cells.iter().filter(|&&other| problem.cells[other].slot == slot);
        let others = seating.left.iter().filter(|&&other| problem.fit[other][cell].is_some());
        groups.count() < problem.caps[slot]
            && others.map(|&other| problem.units[other].len()).sum::<usize>() >= problem.size.low
    };
    let fits = (0..problem.cells.len()).filter(|&cell| problem.fit[unit][cell].is_some());
    if problem.hosted && fits.into_iter().any(short) {
        return Unplaced::NoHost;
    }
    Unplaced::NoRoom
}

/// Why somebody cannot meet anybody.
fn no_cell(request: &Request, person: usize, all: &[(Cell, Vec<usize>)]) -> Unplaced {
    let me = &request.people[person];
    let mut slots = request.slots.iter().enumerate();
    if !slots.any(|(s, slot)| slot.groups > 0 && free(me, s) != Free::No) {
        return Unplaced::NoSlot;
    }
    let speakers = |language: &String| {
        request.people.iter().filter(|other| other.languages.contains(language)).count()
    };
    if !me.languages.iter().any(|language| speakers(language) >= request.size.low) {
        return Unplaced::NoLanguage;
    }
    let mine = || all.iter().filter(|(_, people)| people.contains(&person));
    let most = mine().map(|(_, people)| people.len()).max().unwrap_or(1);
    if most < request.size.low {
        let needed = request.size.low.saturating_sub(1);
        return Unplaced::NoSharedSlot { shared: most.saturating_sub(1), needed };
    }
    let led = mine().any(|(cell, people)| people.len() >= request.size.low && led(request, cell));
    // Others could come and somebody could lead: it is those who must come along who cannot.
    if led { Unplaced::Together } else { Unplaced::NoHost }
}
