//! Contradictions, reasons and remedies in words.

use crate::analysis::seating::{Clash, Leader, Remedy, Request, Unplaced};

fn slot(request: &Request, place: usize) -> &str {
    request.slots.get(place).map_or("?", |slot| &slot.key)
}

fn listed<'a>(keys: impl IntoIterator<Item = &'a str>) -> String {
    keys.into_iter().map(|key| format!("“{key}”")).collect::<Vec<String>>().join(", ")
}

fn names(keys: &[String]) -> String {
    listed(keys.iter().map(String::as_str))
}

/// The key of who leads.
pub(super) fn leader(request: &Request, leader: Leader) -> &str {
    match leader {
        Leader::Host(place) => request.hosts.get(place).map_or("?", |host| &host.key),
        Leader::Person(place) => request.people.get(place).map_or("?", |person| &person.key),
    }
}

/// What stands in the way of any plan.
pub(super) fn clash(request: &Request, clash: &Clash) -> String {
    match clash {
        Clash::NoPeople => "nobody is listed".to_owned(),
        Clash::TooFewPeople { people, low } => {
            format!("people: {people}, and the smallest group has {low}")
        }
        Clash::NoSlots => "no slot has room for a group".to_owned(),
        Clash::NobodyFree => "nobody can at any of the slots".to_owned(),
        Clash::NoSharedSlot { best_slot, free, low } => format!(
            "at no slot can enough people with a common language: at the best, “{}”, {free}, and the smallest group has {low}",
            slot(request, *best_slot)
        ),
        Clash::Size { people, low, high } => {
            format!("{people} people do not divide into groups of {low} to {high}")
        }
        Clash::BadSize => {
            "size: low, target and high have to rise, and low is at least 1".to_owned()
        }
        Clash::TwoOfAKey { key } => format!("the key “{key}” is there twice"),
        Clash::Unknown { key } => format!("a rule or a pin names “{key}”, which is not there"),
        Clash::BlockTooLarge { people, high } => format!(
            "{} must sit together and are {}, but a group has at most {high}",
            names(people),
            people.len()
        ),
        Clash::BlockNeverFree { people } => {
            format!("{} must sit together, but share no slot and language", names(people))
        }
        Clash::BlockApart { people, pair } => format!(
            "“{}” and “{}” must sit apart, but together because of {}",
            pair.0,
            pair.1,
            names(people)
        ),
        Clash::NoHost { slots } => format!(
            "nobody can lead a group where enough people could meet: {}",
            listed(slots.iter().map(|place| slot(request, *place)))
        ),
        Clash::Pins { pins } => {
            let pins = pins.iter().filter_map(|pin| request.pins.get(*pin));
            let pins: Vec<String> = pins
                .map(|pin| match &pin.group {
                    None => format!("“{}” at “{}”", pin.person, pin.slot),
                    Some(group) => {
                        format!("“{}” at “{}” in “{group}”", pin.person, pin.slot)
                    }
                })
                .collect();
            let word = if pins.len() == 1 { "this pin" } else { "these pins together" };
            format!("{word} cannot be kept: {}", pins.join(", "))
        }
        Clash::Rules { together, apart } => {
            let bound = together.iter().filter_map(|rule| request.together.get(*rule));
            let bound = bound.map(|rule| format!("together {}", names(rule)));
            let apart = apart.iter().filter_map(|rule| request.apart.get(*rule));
            let apart = apart.map(|(a, b)| format!("apart “{a}”, “{b}”"));
            let rules: Vec<String> = bound.chain(apart).collect();
            format!("no group is possible with these rules: {}", rules.join("; "))
        }
    }
}

/// Why somebody has no seat.
pub(super) fn unplaced(why: Unplaced) -> String {
    match why {
        Unplaced::NoSlot => "can at no slot that has room".to_owned(),
        Unplaced::NoSharedSlot { shared, needed } => format!(
            "at no slot can enough others with a common language: {shared} at most, {needed} are needed"
        ),
        Unplaced::NoLanguage => "too few others speak the language".to_owned(),
        Unplaced::NoHost => "nobody is left to lead a group then".to_owned(),
        Unplaced::Together => "no group has room for all who must sit together".to_owned(),
        Unplaced::Apart => "in each group with room sits somebody who must sit apart".to_owned(),
        Unplaced::NoRoom => "all groups within reach are full".to_owned(),
    }
}

/// One change that would help.
pub(super) fn remedy(request: &Request, remedy: &Remedy) -> String {
    match remedy {
        Remedy::Host { slot: place, language } => {
            format!("one more host at “{}” in {language}", slot(request, *place))
        }
        Remedy::Room { slot: place } => {
            format!("room for one more group at “{}”", slot(request, *place))
        }
        Remedy::Low(low) => format!("groups of {low} too"),
        Remedy::High(high) => format!("groups of {high} too"),
        Remedy::Languages { slot: place } => {
            format!("any language at “{}”", slot(request, *place))
        }
        Remedy::NoTogether => "nobody has to sit together".to_owned(),
        Remedy::NoApart => "nobody has to sit apart".to_owned(),
        Remedy::NoPins => "no pins".to_owned(),
    }
}
