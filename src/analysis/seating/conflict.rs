//! Why there is no plan, and what there would be without the reason.
//!
//! What shows at sight is looked for first, the simplest first. What only a search shows is made
//! small by a deletion filter (Chinneck and Dravnieks 1991) over pins and rules: one after the
//! other is put back as long as there is a plan without the rest.

#![expect(clippy::indexing_slicing, reason = "people and slots are indices of one request")]

use super::cells::{cells, led};
use super::lift::lift;
use super::place::place;
use super::plan::{Clash, Conflict};
use super::problem::{blocks, by_key, divides, free};
use super::request::{Free, Person, Pin, Request, Size};
use std::collections::{BTreeMap, BTreeSet};

/// So many contradictions are told at most.
const MOST: usize = 50;
/// Above so many rules they are named all, as the filter would take too long.
const MANY: usize = 40;

/// All contradictions, the first given: what remains without it is looked at again.
pub(super) fn all(request: &Request, first: Clash) -> Conflict {
    let mut rest = lift(request, &first);
    let mut clashes = vec![first];
    while clashes.len() < MOST {
        let Some(clash) = find(&rest) else { break };
        let next = lift(&rest, &clash);
        clashes.push(named(request, &rest, clash));
        rest = next;
    }
    Conflict { clashes }
}

/// A contradiction of what is left of a request, with places as in the request itself.
fn named(request: &Request, rest: &Request, clash: Clash) -> Clash {
    let pin = |pin: usize| request.pins.iter().position(|other| *other == rest.pins[pin]);
    let pair = |pair: usize| request.apart.iter().position(|other| *other == rest.apart[pair]);
    match clash {
        Clash::Pins { pins } => Clash::Pins { pins: pins.into_iter().filter_map(pin).collect() },
        Clash::Rules { together, apart } => {
            Clash::Rules { together, apart: apart.into_iter().filter_map(pair).collect() }
        }
        other => other,
    }
}

/// The first contradiction of a request, if it has any.
fn find(request: &Request) -> Option<Clash> {
    at_sight(request).or_else(|| match place(request) {
        Some(_) => None,
        None => Some(searched(request)),
    })
}

/// The first contradiction that shows without any search.
pub(super) fn at_sight(request: &Request) -> Option<Clash> {
    let Size { low, target, high } = request.size;
    if low == 0 || low > target || target > high {
        return Some(Clash::BadSize);
    }
    let count = request.people.len();
    if count == 0 {
        return Some(Clash::NoPeople);
    }
    if let Some(clash) = keys(request) {
        return Some(clash);
    }
    if count < low {
        return Some(Clash::TooFewPeople { people: count, low });
    }
    if request.slots.iter().all(|slot| slot.groups == 0) {
        return Some(Clash::NoSlots);
    }
    let open = |person: &Person| {
        let mut slots = request.slots.iter().enumerate();
        slots.any(|(s, slot)| slot.groups > 0 && free(person, s) != Free::No)
    };
    if !request.people.iter().any(open) {
        return Some(Clash::NobodyFree);
    }
    let all = cells(request);
    // The first of the fullest cells, by key.
    let best = all.iter().rev().max_by_key(|(_, people)| people.len());
    let (best_slot, most) = best.map_or((0, 0), |(cell, people)| (cell.slot, people.len()));
    if most < low {
        return Some(Clash::NoSharedSlot { best_slot, free: most, low });
    }
    if let Some(clash) = bound(request).or_else(|| pinned(request)) {
        return Some(clash);
    }
    let usable: Vec<_> = all.into_iter().filter(|(_, people)| people.len() >= low).collect();
    if !usable.iter().any(|(cell, _)| led(request, cell)) {
        let slots: BTreeSet<usize> = usable.iter().map(|(cell, _)| cell.slot).collect();
        return Some(Clash::NoHost { slots: slots.into_iter().collect() });
    }
    let within: BTreeSet<usize> = usable.into_iter().flat_map(|(_, people)| people).collect();
    // A plan that people know goes on as well as it can.
    if request.previous.is_none() && !divides(within.len(), request.size) {
        return Some(Clash::Size { people: within.len(), low, high });
    }
    None
}

/// Keys that are there twice, or not at all.
fn keys(request: &Request) -> Option<Clash> {
    let people = request.people.iter().map(|person| &person.key);
    let hosts = request.hosts.iter().map(|host| &host.key);
    let slots = request.slots.iter().map(|slot| &slot.key);
    let groups = request.previous.iter().flatten().map(|group| &group.key);
    let twice = |keys: Vec<&String>| {
        let mut keys = keys;
        keys.sort_unstable();
        keys.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone())
    };
    let lists = [people.clone().chain(hosts).collect(), slots.clone().collect()];
    let double = lists.into_iter().chain([groups.clone().collect()]).find_map(twice);
    if let Some(key) = double {
        return Some(Clash::TwoOfAKey { key });
    }
    let people: BTreeSet<&String> = people.collect();
    let (slots, told): (BTreeSet<&String>, BTreeSet<&String>) = (slots.collect(), groups.collect());
    let bound = request.together.iter().flatten();
    let apart = request.apart.iter().flat_map(|(a, b)| [a, b]);
    let pinned = request.pins.iter().map(|pin| &pin.person);
    let known = |key: &&String| people.contains(key);
    let people = bound.chain(apart).chain(pinned).filter(|key| !known(key));
    let slots = request.pins.iter().map(|pin| &pin.slot).filter(|key| !slots.contains(key));
    let groups = request.pins.iter().filter_map(|pin| pin.group.as_ref());
    let groups = groups.filter(|key| !told.contains(key));
    people.chain(slots).chain(groups).min().map(|key| Clash::Unknown { key: key.clone() })
}

/// People who must sit together and cannot.
fn bound(request: &Request) -> Option<Clash> {
    let all = cells(request);
    let names = |block: &[usize]| -> Vec<String> {
        block.iter().map(|&person| request.people[person].key.clone()).collect()
    };
    for block in blocks(request) {
        let people = names(&block);
        if let Some((a, b)) = request
            .apart
            .iter()
            .filter(|(a, b)| a != b && people.contains(a) && people.contains(b))
            .map(|(a, b)| (a.min(b), a.max(b)))
            .min()
        {
            return Some(Clash::BlockApart { pair: (a.clone(), b.clone()), people });
        }
        if block.len() > request.size.high {
            return Some(Clash::BlockTooLarge { people, high: request.size.high });
        }
        let share = |some: &[usize]| {
            all.iter().any(|(_, people)| some.iter().all(|person| people.contains(person)))
        };
        if !share(&block) {
            let mut fewest = block.clone();
            for person in block {
                let fewer: Vec<usize> =
                    fewest.iter().copied().filter(|&other| other != person).collect();
                if !fewer.is_empty() && !share(&fewer) {
                    fewest = fewer;
                }
            }
            return Some(Clash::BlockNeverFree { people: names(&fewest) });
        }
    }
    None
}

/// Pins that cannot be kept whatever the others do.
fn pinned(request: &Request) -> Option<Clash> {
    let mut order: Vec<usize> = (0..request.pins.len()).collect();
    order.sort_by_key(|&pin| &request.pins[pin]);
    let slot_of: BTreeMap<&str, usize> =
        request.slots.iter().enumerate().map(|(at, slot)| (slot.key.as_str(), at)).collect();
    let all = cells(request);
    let people: BTreeMap<&str, usize> =
        by_key(request).into_iter().map(|at| (request.people[at].key.as_str(), at)).collect();
    let possible = |pin: &Pin| {
        let (person, slot) = (people.get(pin.person.as_str())?, slot_of.get(pin.slot.as_str())?);
        let group = pin
            .group
            .as_ref()
            .and_then(|key| request.previous.iter().flatten().find(|group| group.key == *key));
        let there = group.is_none_or(|group| group.slot == pin.slot);
        let cell = all.iter().find(|(cell, people)| {
            cell.slot == *slot
                && people.contains(person)
                && people.len() >= request.size.low
                && group.is_none_or(|group| group.language == cell.language)
                && led(request, cell)
        });
        (there && cell.is_some()).then_some(())
    };
    for &pin in &order {
        if possible(&request.pins[pin]).is_none() {
            return Some(Clash::Pins { pins: vec![pin] });
        }
    }
    for (place, &a) in order.iter().enumerate() {
        for &b in &order[place + 1..] {
            let (x, y) = (&request.pins[a], &request.pins[b]);
            let differ = x.group.is_some() && y.group.is_some() && x.group != y.group;
            if x.person == y.person && (x.slot != y.slot || differ) {
                return Some(Clash::Pins { pins: vec![a.min(b), a.max(b)] });
            }
        }
    }
    None
}

/// The contradiction of a request in which nothing shows at sight and for which no plan is found.
pub(super) fn searched(request: &Request) -> Clash {
    let (pins, rules) = (request.pins.len(), request.together.len() + request.apart.len());
    let without_pins = |gone: &[usize]| lift(request, &Clash::Pins { pins: gone.to_vec() });
    let parts = |gone: &[usize]| {
        let bound = request.together.len();
        let (together, apart): (Vec<usize>, Vec<usize>) =
            gone.iter().partition(|&&rule| rule < bound);
        Clash::Rules { together, apart: apart.iter().map(|rule| rule - bound).collect() }
    };
    if let Some(pins) = smallest(pins, &without_pins) {
        return Clash::Pins { pins };
    }
    if let Some(rules) = smallest(rules, &|gone| lift(request, &parts(gone))) {
        return parts(&rules);
    }
    if pins > 0 {
        return Clash::Pins { pins: (0..pins).collect() };
    }
    if rules > 0 {
        return parts(&(0..rules).collect::<Vec<usize>>());
    }
    let usable = cells(request).into_iter().filter(|(_, people)| people.len() >= request.size.low);
    let slots: BTreeSet<usize> = usable.map(|(cell, _)| cell.slot).collect();
    Clash::NoHost { slots: slots.into_iter().collect() }
}

/// A set out of `0..count` from which none can be spared, so that there is a plan without it.
fn smallest(count: usize, without: &dyn Fn(&[usize]) -> Request) -> Option<Vec<usize>> {
    let plan = |gone: &[usize]| {
        let rest = without(gone);
        at_sight(&rest).is_none() && place(&rest).is_some()
    };
    let mut gone: Vec<usize> = (0..count).collect();
    if count == 0 || !plan(&gone) {
        return None;
    }
    // From the last: what is named first in the request is named first here.
    for item in (0..count.min(MANY)).rev() {
        let fewer: Vec<usize> = gone.iter().copied().filter(|&other| other != item).collect();
        if !fewer.is_empty() && plan(&fewer) {
            gone = fewer;
        }
    }
    Some(gone)
}
