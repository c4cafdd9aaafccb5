//! Why there is no plan, and what there would be without the reason.
//!
//! What shows at sight is looked for first, the simplest first. What only a search shows is made
//! small by a deletion filter (Chinneck and Dravnieks 1991) over pins and rules: one after the
//! other is put back as long as there is a plan without the rest.

#![expect(clippy::indexing_slicing, reason = "people and slots are indices of one request")]

use super::cells::{cells, led};
use super::place::place;
use super::plan::{Clash, Conflict};
use super::problem::{blocks, by_key, divides, free};
use super::request::{Free, Person, Pin, Request, Size, Slot};
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

/// The request without all contradictions of a conflict: rules are dropped, limits are widened,
/// people are free. Not for use as it is; it shows that they are what stands in the way.
pub fn without(request: &Request, conflict: &Conflict) -> Request {
    let mut rest = request.clone();
    let (mut no_pins, mut no_pairs) = (BTreeSet::new(), BTreeSet::new());
    for clash in &conflict.clashes {
        match clash {
            Clash::Pins { pins } => no_pins.extend(pins),
            Clash::Rules { together, apart } => {
                no_pairs.extend(apart);
                rest = lift(&rest, &Clash::Rules { together: together.clone(), apart: vec![] });
            }
            // Places stay as they are until all is read.
            Clash::Unknown { .. } => {}
            other => rest = lift(&rest, other),
        }
    }
    let pins = no_pins.into_iter().copied().collect();
    rest = lift(&rest, &Clash::Pins { pins });
    let apart = no_pairs.into_iter().copied().collect();
    rest = lift(&rest, &Clash::Rules { together: vec![], apart });
    for clash in &conflict.clashes {
        if let Clash::Unknown { .. } = clash {
            rest = lift(&rest, clash);
        }
    }
    rest
}

/// The request without one contradiction. Dropped lists of people who sit together stay, empty.
fn lift(request: &Request, clash: &Clash) -> Request {
    let mut rest = request.clone();
    let everybody = |rest: &mut Request, slot: usize| {
        for person in &mut rest.people {
            person.free.resize(person.free.len().max(slot + 1), Free::No);
            person.free[slot] = Free::Yes;
        }
    };
    match clash {
        Clash::BadSize => {
            let low = rest.size.low.max(1);
            let target = rest.size.target.max(low);
            rest.size = Size { low, target, high: rest.size.high.max(target) };
        }
        Clash::NoPeople => {
            let free = vec![Free::Yes; rest.slots.len()];
            let languages = rest.slots.iter().filter_map(|s| s.languages.iter().flatten().next());
            let led = rest.hosts.iter().flat_map(|host| host.languages.clone());
            let languages: Vec<String> =
                languages.cloned().chain(led).chain(["en".to_owned()]).collect();
            for number in 0..rest.size.low {
                let (free, languages) = (free.clone(), languages.clone());
                let key = format!("\u{fffd}{number}");
                rest.people.push(Person { key, free, languages, ..Person::default() });
            }
        }
        Clash::TooFewPeople { people: size, .. } | Clash::Size { people: size, .. } => {
            rest.size.low = match clash {
                Clash::Size { .. } => 1,
                _ => (*size).max(1),
            };
            rest.size.target = rest.size.target.max(rest.size.low);
        }
        Clash::NoSlots => {
            for slot in &mut rest.slots {
                slot.groups = usize::MAX;
            }
            if rest.slots.is_empty() {
                let key = "\u{fffd}".to_owned();
                rest.slots.push(Slot { key, groups: usize::MAX, languages: None });
                everybody(&mut rest, 0);
                for host in &mut rest.hosts {
                    host.free = vec![Free::Yes];
                }
            }
        }
        Clash::NobodyFree => {
            for slot in 0..rest.slots.len() {
                everybody(&mut rest, slot);
            }
        }
        Clash::NoSharedSlot { best_slot, .. } => {
            everybody(&mut rest, *best_slot);
            let spoken = rest.slots[*best_slot].languages.clone();
            let language = spoken
                .and_then(|languages| languages.into_iter().min())
                .or_else(|| rest.people.iter().flat_map(|p| p.languages.clone()).min())
                .unwrap_or_else(|| "en".to_owned());
            for person in &mut rest.people {
                if !person.languages.contains(&language) {
                    person.languages.push(language.clone());
                }
            }
            let slot = &mut rest.slots[*best_slot];
            slot.groups = slot.groups.max(1);
            if let Some(languages) = &mut slot.languages {
                languages.push(language);
            }
        }
        Clash::TwoOfAKey { key } => rename(&mut rest, key),
        Clash::Unknown { key } => forget(&mut rest, key),
        Clash::BlockTooLarge { people, .. }
        | Clash::BlockNeverFree { people }
        | Clash::BlockApart { people, .. } => {
            for rule in &mut rest.together {
                if rule.iter().any(|key| people.contains(key)) {
                    rule.clear();
                }
            }
        }
        Clash::NoHost { .. } => {
            rest.hosts.clear();
            for person in &mut rest.people {
                person.hosts = 0;
            }
        }
        Clash::Pins { pins } => {
            // Said twice, it goes twice.
            let gone: Vec<&Pin> = pins.iter().filter_map(|&pin| request.pins.get(pin)).collect();
            rest.pins.retain(|pin| !gone.contains(&pin));
        }
        Clash::Rules { together, apart } => {
            for &rule in together {
                rest.together[rule].clear();
            }
            let pair = |(a, b): &(String, String)| (a.min(b).clone(), a.max(b).clone());
            let gone: BTreeSet<_> =
                apart.iter().filter_map(|&rule| request.apart.get(rule)).map(pair).collect();
            rest.apart.retain(|rule| !gone.contains(&pair(rule)));
        }
    }
    rest
}

fn rename(request: &mut Request, key: &String) {
    let people = request.people.iter_mut().map(|person| &mut person.key);
    let hosts = request.hosts.iter_mut().map(|host| &mut host.key);
    for (number, other) in people.chain(hosts).filter(|other| *other == key).enumerate().skip(1) {
        *other = format!("{other}\u{fffd}{number}");
    }
    let slots = request.slots.iter_mut().map(|slot| &mut slot.key);
    for (number, other) in slots.filter(|other| *other == key).enumerate().skip(1) {
        *other = format!("{other}\u{fffd}{number}");
    }
    let groups = request.previous.iter_mut().flatten().map(|group| &mut group.key);
    for (number, other) in groups.filter(|other| *other == key).enumerate().skip(1) {
        *other = format!("{other}\u{fffd}{number}");
    }
}

fn forget(request: &mut Request, key: &String) {
    for rule in &mut request.together {
        rule.retain(|other| other != key);
    }
    request.apart.retain(|(a, b)| a != key && b != key);
    request
        .pins
        .retain(|pin| pin.person != *key && pin.slot != *key && pin.group.as_ref() != Some(key));
}
