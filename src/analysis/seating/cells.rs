//! Where groups are possible, and who could lead them.

#![expect(clippy::indexing_slicing, reason = "people, hosts and slots are indices of one request")]

use super::plan::Leader;
use super::problem::{Cost, free};
use super::request::{Free, Given, Request};
use std::collections::{BTreeMap, BTreeSet};

/// A slot and a language in which groups are possible; or one group of the previous plan, which
/// is a cell of its own, so that sitting elsewhere costs a move.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// Place in the request.
    pub slot: usize,
    pub language: String,
    /// Place in the previous plan. Such a cell has at most one group.
    pub previous: Option<usize>,
}

/// Somebody who can lead groups.
pub(super) struct Leading {
    pub who: Leader,
    /// The unit of a participant, who sits in the first group that they lead.
    pub unit: Option<usize>,
    /// How many groups in all.
    pub most: usize,
    /// Whether they can lead in each cell.
    pub can: Vec<bool>,
}

/// Whether a language may be spoken at a slot.
pub(super) fn spoken(request: &Request, slot: usize, language: &String) -> bool {
    request.slots[slot].languages.as_ref().is_none_or(|allowed| allowed.contains(language))
}

/// All cells with room for a group, in order of their keys, with the people who could be there.
pub(super) fn cells(request: &Request) -> Vec<(Cell, Vec<usize>)> {
    let languages: BTreeSet<&String> = request.people.iter().flat_map(|p| &p.languages).collect();
    let mut slots: Vec<usize> = (0..request.slots.len()).collect();
    slots.sort_by(|&a, &b| request.slots[a].key.cmp(&request.slots[b].key));
    slots.retain(|&slot| request.slots[slot].groups > 0);
    let mut found = Vec::new();
    for slot in slots {
        for language in languages.iter().filter(|language| spoken(request, slot, language)) {
            let people: Vec<usize> = (0..request.people.len())
                .filter(|&i| {
                    let person = &request.people[i];
                    free(person, slot) != Free::No && person.languages.contains(language)
                })
                .collect();
            let cell = Cell { slot, language: (*language).clone(), previous: None };
            found.push((cell, people));
        }
    }
    found
}

/// Whether anybody can lead in a cell, if somebody has to.
pub(super) fn led(request: &Request, cell: &Cell) -> bool {
    !request.needs_hosts()
        || request.hosts.iter().any(|host| {
            let free = host.free.get(cell.slot).copied().unwrap_or(Free::No);
            host.most > 0 && free != Free::No && host.languages.contains(&cell.language)
        })
        || request.people.iter().any(|person| {
            person.hosts > 0
                && free(person, cell.slot) != Free::No
                && person.languages.contains(&cell.language)
        })
}

/// Groups of the previous plan as cells, where they can go on, with the people of each.
pub(super) fn previous(request: &Request) -> Vec<(Cell, Vec<usize>)> {
    let slots: BTreeMap<&str, usize> =
        request.slots.iter().enumerate().map(|(at, slot)| (slot.key.as_str(), at)).collect();
    let places: BTreeMap<&str, usize> =
        request.people.iter().enumerate().map(|(at, p)| (p.key.as_str(), at)).collect();
    let mut order: Vec<(usize, &Given)> = request.previous.iter().flatten().enumerate().collect();
    order.sort_by_key(|(_, group)| &group.key);
    let cell = |(number, group): (usize, &Given)| {
        let slot = *slots.get(group.slot.as_str())?;
        let cell = Cell { slot, language: group.language.clone(), previous: Some(number) };
        let room = request.slots[slot].groups > 0 && spoken(request, slot, &group.language);
        let people = group.people.iter().filter_map(|key| places.get(key.as_str()).copied());
        room.then(|| (cell, people.collect()))
    };
    order.into_iter().filter_map(cell).collect()
}

/// Hosts by key, then participants in the order of the lottery; one of a unit at most, as it sits
/// in one group.
pub(super) fn leaders(
    request: &Request,
    groups: &[Vec<usize>],
    cells: &[Cell],
    fit: &[Vec<Option<Cost>>],
) -> Vec<Leading> {
    let mut hosts: Vec<usize> = (0..request.hosts.len()).collect();
    hosts.sort_by_key(|&host| &request.hosts[host].key);
    let mut leaders: Vec<Leading> = hosts
        .into_iter()
        .map(|place| {
            let host = &request.hosts[place];
            let can = |cell: &Cell| {
                host.free.get(cell.slot).is_some_and(|free| *free != Free::No)
                    && host.languages.contains(&cell.language)
            };
            let can = cells.iter().map(can).collect();
            Leading { who: Leader::Host(place), unit: None, most: host.most, can }
        })
        .collect();
    for (unit, people) in groups.iter().enumerate() {
        let best = people.iter().max_by_key(|&&person| request.people[person].hosts);
        let Some(&person) = best.filter(|&&person| request.people[person].hosts > 0) else {
            continue;
        };
        leaders.push(Leading {
            who: Leader::Person(person),
            unit: Some(unit),
            most: request.people[person].hosts,
            can: fit[unit].iter().map(Option::is_some).collect(),
        });
    }
    leaders
}

pub(super) fn led_before(
    request: &Request,
    cells: &[Cell],
    leaders: &[Leading],
) -> Vec<Option<usize>> {
    let key = |who: Leader| match who {
        Leader::Host(place) => &request.hosts[place].key,
        Leader::Person(place) => &request.people[place].key,
    };
    let host = |cell: &Cell| {
        let host = request.previous.as_ref()?.get(cell.previous?)?.host.as_ref()?;
        leaders.iter().position(|leader| key(leader.who) == host)
    };
    cells.iter().map(host).collect()
}
