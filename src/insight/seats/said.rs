//! What the seating answers, in words for the desk: what stands in the way, what would help, what
//! a plan breaks. Keys become names and times here.

use std::collections::HashMap;

use chrono_tz::Tz;

use super::Seatable;
use crate::analysis::seating::{Broken, Clash, Conflict, Help, Remedy};
use crate::insight::Material;
use crate::insight::brief::people;
use crate::insight::participants::{who, who_hosts, zone};
use crate::store::discussions::{Slot, Whole};
use crate::words::Words;

/// The names of everything that the seating names by key or place.
#[derive(Debug)]
pub struct Names {
    by_key: HashMap<String, String>,
    slots: Vec<String>,
    languages: Vec<Option<String>>,
    together: Vec<Vec<String>>,
    apart: Vec<(String, String)>,
    pinned: Vec<String>,
}

/// Whom the desk calls so who gave no name.
pub const NAMELESS: &str = "Somebody without a name";

/// A time as the desk tells it.
pub fn time(slot: &Slot, zone: Tz) -> String {
    Words::of("en").date_time(slot.starts_at, zone)
}

/// A language by its tag.
pub fn language(tag: &str) -> &str {
    match tag {
        "en" => "English",
        "zh" => "Chinese",
        other => other,
    }
}

impl Names {
    /// The names in a discussion and what was asked for it.
    pub fn of(material: &Material, whole: &Whole, seatable: &Seatable) -> Self {
        let zone = zone(material, whole);
        let mut by_key = HashMap::new();
        for one in &whole.participants {
            let name = who(material, one).name.unwrap_or_else(|| NAMELESS.to_owned());
            by_key.insert(one.id.to_string(), name);
        }
        for host in &whole.hosts {
            let name = who_hosts(material, host, &whole.participants).name;
            by_key.insert(host.id.to_string(), name.unwrap_or_else(|| NAMELESS.to_owned()));
        }
        for group in &whole.groups {
            by_key.insert(group.id.to_string(), format!("group {}", group.number));
        }
        for slot in &whole.slots {
            by_key.insert(slot.key.clone(), time(slot, zone));
        }
        let request = &seatable.request;
        Self {
            by_key,
            slots: seatable.slots.iter().map(|slot| time(slot, zone)).collect(),
            languages: seatable.slots.iter().map(|slot| slot.language.clone()).collect(),
            together: request.together.clone(),
            apart: request.apart.clone(),
            pinned: request.pins.iter().map(|pin| pin.person.clone()).collect(),
        }
    }

    /// What a key stands for.
    pub fn name(&self, key: &str) -> String {
        self.by_key.get(key).cloned().unwrap_or_else(|| key.to_owned())
    }

    fn names<'a>(&self, keys: impl IntoIterator<Item = &'a String>) -> String {
        let names: Vec<String> = keys.into_iter().map(|key| self.name(key)).collect();
        match names.as_slice() {
            [] => "nobody".to_owned(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        }
    }

    fn slot(&self, place: usize) -> &str {
        self.slots.get(place).map_or("a time", String::as_str)
    }

    /// Why there is no plan, a sentence for each contradiction; each says what would help.
    pub fn conflict(&self, conflict: &Conflict) -> Vec<String> {
        conflict.clashes.iter().map(|clash| self.clash(clash)).collect()
    }

    fn clash(&self, clash: &Clash) -> String {
        match clash {
            Clash::NoPeople => "Nobody wants to join yet.".to_owned(),
            Clash::TooFewPeople { people: count, low } => format!(
                "Only {} to join, and the smallest group has {low}. Choose smaller groups, or ask more readers.",
                wants(*count)
            ),
            Clash::NoSlots => {
                "There is no time ahead to meet at. Add a time, and say how many groups can meet then."
                    .to_owned()
            }
            Clash::NobodyFree => "Nobody who wants to join can come at any of the times. Offer other times, or ask people when they can.".to_owned(),
            Clash::NoSharedSlot { best_slot, free, low } => format!(
                "At no time can enough people come who speak one language: at the best one, {}, {}, and the smallest group has {low}. Offer other times, or choose smaller groups.",
                self.slot(*best_slot),
                people(*free)
            ),
            Clash::Size { people: count, low, high } => format!(
                "{} cannot be parted into groups of {low} to {high}. Allow other sizes.",
                people(*count)
            ),
            Clash::BadSize => {
                "The sizes do not fit each other: the smallest must not be above the best, nor the best above the largest."
                    .to_owned()
            }
            Clash::TwoOfAKey { key } | Clash::Unknown { key } => format!(
                "A rule names somebody who is not there any more: {}. Take the rule away.",
                self.name(key)
            ),
            Clash::BlockTooLarge { people: block, high } => format!(
                "{} must sit together, and the largest group has {high}. Allow larger groups, or let some of them sit elsewhere.",
                self.names(block)
            ),
            Clash::BlockNeverFree { people: block } => format!(
                "{} must sit together, but there is no time and language that they share. Take the rule away, or offer another time.",
                self.names(block)
            ),
            Clash::BlockApart { people: block, pair } => format!(
                "{} and {} must not meet, but they must sit together through the rules about {}. Take one of the two rules away.",
                self.name(&pair.0),
                self.name(&pair.1),
                self.names(block)
            ),
            Clash::NoHost { slots } => {
                let when: Vec<&str> = slots.iter().map(|slot| self.slot(*slot)).collect();
                format!(
                    "No host can lead when enough people can come: {}. Find a host for one of these times, or let participants lead.",
                    when.join("; ")
                )
            }
            Clash::Pins { pins } => {
                let people: Vec<&String> =
                    pins.iter().filter_map(|pin| self.pinned.get(*pin)).collect();
                format!("The locked seats of {} cannot all be kept. Unlock one of them.", self.names(people))
            }
            Clash::Rules { together, apart } => {
                let joined = together.iter().filter_map(|place| self.together.get(*place));
                let parted = apart.iter().filter_map(|place| self.apart.get(*place));
                let said: Vec<String> = joined
                    .map(|block| format!("{} together", self.names(block)))
                    .chain(parted.map(|(a, b)| format!("{} and {} apart", self.name(a), self.name(b))))
                    .collect();
                format!(
                    "These rules leave no group: {}. Take one of them away.",
                    said.join("; ")
                )
            }
        }
    }

    /// What would give more people a seat.
    pub fn help(&self, help: &Help) -> String {
        let more = match help.more {
            1 => "1 more person has a seat".to_owned(),
            more => format!("{more} more people have a seat"),
        };
        match &help.what {
            Remedy::Host { slot, language: tag } => format!(
                "One more host on {} who speaks {}: {more}.",
                self.slot(*slot),
                language(tag)
            ),
            Remedy::Room { slot } => {
                format!("Room for one more group on {}: {more}.", self.slot(*slot))
            }
            Remedy::Low(low) => format!("Groups as small as {low}: {more}."),
            Remedy::High(high) => format!("Groups as large as {high}: {more}."),
            Remedy::Languages { slot } => {
                let only = self.languages.get(*slot).cloned().flatten().unwrap_or_default();
                format!(
                    "Any language on {}, not only {}: {more}.",
                    self.slot(*slot),
                    language(&only)
                )
            }
            Remedy::NoTogether => format!("Without the rules about who sits together: {more}."),
            Remedy::NoApart => format!("Without the rules about who sits apart: {more}."),
            Remedy::NoPins => format!("With no seat locked: {more}."),
        }
    }

    /// One rule that a plan breaks.
    pub fn broken(&self, broken: &Broken) -> String {
        let of = |key: &String| self.name(key);
        let upper = |text: String| {
            let mut letters = text.chars();
            letters.next().map_or(String::new(), |first| {
                first.to_uppercase().collect::<String>() + letters.as_str()
            })
        };
        upper(match broken {
            Broken::Size { group, people: count } => {
                format!("{} has {}.", of(group), people(*count))
            }
            Broken::NoSuchSlot { group } => {
                format!("{} meets at a time that is not offered any more.", of(group))
            }
            Broken::NoSuchPerson { group, person } => {
                format!("{} has {}, who does not take part any more.", of(group), of(person))
            }
            Broken::Rooms { slot, groups, room } => {
                format!("On {} {groups} groups meet, and there is room for {room}.", of(slot))
            }
            Broken::LanguageAtSlot { group } => {
                format!("{} does not speak the language of its time.", of(group))
            }
            Broken::Twice { person } => format!("{} sits in two groups.", of(person)),
            Broken::NotFree { group, person } => {
                format!("{} cannot come when {} meets.", of(person), of(group))
            }
            Broken::Language { group, person } => {
                format!("{} does not speak the language of {}.", of(person), of(group))
            }
            Broken::NoHost { group } => format!("{} has no host.", of(group)),
            Broken::HostNotFree { group, host } => {
                format!("{} cannot lead when {} meets.", of(host), of(group))
            }
            Broken::HostLanguage { group, host } => {
                format!(
                    "{} does not speak the language of {}, which they lead.",
                    of(host),
                    of(group)
                )
            }
            Broken::HostTwiceAtSlot { host, slot } => {
                format!("{} is needed twice on {}.", of(host), of(slot))
            }
            Broken::HostTooOften { host, groups, most } => {
                format!("{} leads {groups} groups, and may lead {most}.", of(host))
            }
            Broken::HostAway { host } => {
                format!("{} leads a group and sits in another.", of(host))
            }
            Broken::Together { people } => {
                format!("{} must sit together, and do not.", self.names(people))
            }
            Broken::Apart { group, pair } => format!(
                "{} and {} must not meet, and both sit in {}.",
                of(&pair.0),
                of(&pair.1),
                of(group)
            ),
            Broken::Pin { person } => format!("{} is not at their locked seat.", of(person)),
            Broken::Unexplained { person } => format!("{} has no seat.", of(person)),
            Broken::Value { what } => what.clone(),
        })
    }
}

/// The group that a broken rule is about, if it is about one.
pub fn about(broken: &Broken) -> Option<&str> {
    match broken {
        Broken::Size { group, .. }
        | Broken::NoSuchSlot { group }
        | Broken::NoSuchPerson { group, .. }
        | Broken::LanguageAtSlot { group }
        | Broken::NotFree { group, .. }
        | Broken::Language { group, .. }
        | Broken::NoHost { group }
        | Broken::HostNotFree { group, .. }
        | Broken::HostLanguage { group, .. }
        | Broken::Apart { group, .. } => Some(group),
        Broken::Rooms { .. }
        | Broken::Twice { .. }
        | Broken::HostTwiceAtSlot { .. }
        | Broken::HostTooOften { .. }
        | Broken::HostAway { .. }
        | Broken::Together { .. }
        | Broken::Pin { .. }
        | Broken::Unexplained { .. }
        | Broken::Value { .. } => None,
    }
}

fn wants(count: usize) -> String {
    if count == 1 { "1 person wants".to_owned() } else { format!("{count} people want") }
}
