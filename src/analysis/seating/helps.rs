//! What would give more people a seat, found by seating once more with one thing changed.

#![expect(clippy::indexing_slicing, reason = "people and slots are indices of one request")]

use super::cells::spoken;
use super::conflict::at_sight;
use super::place::place;
use super::plan::{Help, Plan, Remedy};
use super::problem::free;
use super::request::{Free, Host, Request};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Above so many people nothing is tried, as each try takes its time.
const FEW: usize = 1500;
/// Hosts and rooms that are tried: where most of those without a seat could come.
const HOSTS: usize = 3;
const ROOMS: usize = 2;

/// What would help those without a seat, best first.
pub(super) fn helps(request: &Request, plan: &Plan) -> Vec<Help> {
    let without: Vec<usize> = plan.unplaced.iter().map(|(person, _)| *person).collect();
    if without.is_empty() || request.people.len() > FEW {
        return vec![];
    }
    let mut helps: Vec<Help> = remedies(request, plan, &without)
        .into_iter()
        .filter_map(|what| {
            let changed = with(request, &what);
            let (problem, seating) = at_sight(&changed).is_none().then(|| place(&changed))??;
            let units = seating.members.iter().flatten();
            let placed: usize = units.map(|&unit| problem.units[unit].len()).sum();
            let more = placed.checked_sub(plan.score.placed).filter(|more| *more > 0)?;
            Some(Help { what, more })
        })
        .collect();
    // The order in which they were thought of decides among equals.
    helps.sort_by_key(|help| Reverse(help.more));
    helps
}

fn remedies(request: &Request, plan: &Plan, without: &[usize]) -> Vec<Remedy> {
    // Where those without a seat could come, fullest first; by key among equals.
    let mut reach: BTreeMap<(&String, &String), (usize, usize)> = BTreeMap::new();
    for (slot, about) in request.slots.iter().enumerate() {
        for &person in without {
            let me = &request.people[person];
            if free(me, slot) == Free::No {
                continue;
            }
            for language in me.languages.iter().filter(|l| spoken(request, slot, l)) {
                reach.entry((&about.key, language)).or_insert((0, slot)).0 += 1;
            }
        }
    }
    let mut reach: Vec<_> = reach.into_iter().collect();
    reach.sort_by_key(|(_, (people, _))| Reverse(*people));
    let groups = |slot: usize| plan.groups.iter().filter(|group| group.slot == slot).count();
    let full = |slot: usize| groups(slot) >= request.slots[slot].groups;
    let mut remedies = vec![];
    if request.needs_hosts() {
        let open = reach.iter().filter(|(_, (_, slot))| !full(*slot));
        remedies.extend(open.take(HOSTS).map(|((_, language), (_, slot))| Remedy::Host {
            slot: *slot,
            language: (*language).clone(),
        }));
    }
    let mut rooms: Vec<usize> = vec![];
    for (_, (_, slot)) in reach.iter().filter(|(_, (_, slot))| full(*slot)) {
        if !rooms.contains(slot) {
            rooms.push(*slot);
        }
    }
    remedies.extend(rooms.into_iter().take(ROOMS).map(|slot| Remedy::Room { slot }));
    if request.size.low > 2 {
        remedies.push(Remedy::Low(request.size.low - 1));
    }
    if request.size.high < request.people.len() {
        remedies.push(Remedy::High(request.size.high + 1));
    }
    let limited = |slot: usize| {
        let could = |person: &&usize| free(&request.people[**person], slot) != Free::No;
        (Reverse(without.iter().filter(could).count()), &request.slots[slot].key, slot)
    };
    let slots = (0..request.slots.len()).filter(|&slot| request.slots[slot].languages.is_some());
    remedies.extend(slots.map(limited).min().map(|(_, _, slot)| Remedy::Languages { slot }));
    let rules = [
        (request.together.is_empty(), Remedy::NoTogether),
        (request.apart.is_empty(), Remedy::NoApart),
        (request.pins.is_empty(), Remedy::NoPins),
    ];
    remedies.extend(rules.into_iter().filter(|(none, _)| !none).map(|(_, remedy)| remedy));
    remedies
}

fn with(request: &Request, what: &Remedy) -> Request {
    let mut changed = request.clone();
    match what {
        Remedy::Host { slot, language } => {
            let mut free = vec![Free::No; request.slots.len()];
            free[*slot] = Free::Yes;
            let (key, languages) = ("\u{fffd}".to_owned(), vec![language.clone()]);
            changed.hosts.push(Host { key, free, languages, most: 1 });
        }
        Remedy::Room { slot } => {
            let groups = &mut changed.slots[*slot].groups;
            *groups = groups.saturating_add(1);
        }
        Remedy::Low(low) => changed.size.low = *low,
        Remedy::High(high) => changed.size.high = *high,
        Remedy::Languages { slot } => changed.slots[*slot].languages = None,
        Remedy::NoTogether => changed.together.clear(),
        Remedy::NoApart => changed.apart.clear(),
        Remedy::NoPins => changed.pins.clear(),
    }
    changed
}
