//! A request without what contradicts itself in it.

#![expect(clippy::indexing_slicing, reason = "places are those that contradictions name")]

use super::plan::{Clash, Conflict};
use super::request::{Free, Person, Pin, Request, Size, Slot};
use std::collections::BTreeSet;

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
pub(super) fn lift(request: &Request, clash: &Clash) -> Request {
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
