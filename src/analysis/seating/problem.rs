//! The request in canonical order: people by key and then by lot, cells of slot and language.

#![expect(clippy::indexing_slicing, reason = "indices are made here and checked in `new`")]

use super::rng::Rng;
use super::{Conflict, Free, Person, Request, Size};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// A slot and a language in which a group is possible.
pub(super) struct Cell {
    /// Place in the request.
    pub slot: usize,
    pub language: String,
}

/// What the search works on. Everything here counts people in its own order.
pub(super) struct Problem {
    /// Place in the request of each person here; only people who fit some cell.
    pub people: Vec<usize>,
    pub cells: Vec<Cell>,
    /// `fit[person][cell]`: the cost of sitting there, `None` if impossible.
    pub fit: Vec<Vec<Option<i64>>>,
    /// How many groups a slot of the request takes.
    pub caps: Vec<usize>,
    pub size: Size,
    /// Cost of one person without a seat: more than all seats together.
    pub unseated: i64,
    /// Cost of one person too few in a group: more than anything else.
    pub missing: i64,
    /// Cost of one "if need be".
    pub if_need_be: i64,
    /// Clean views of `people`, unanswered ones filled with the mean of those who answered.
    pub views: Vec<Vec<f64>>,
    /// Weights of the dimensions, none below zero.
    pub weights: Vec<f64>,
}

pub(super) fn free(person: &Person, slot: usize) -> Free {
    person.free.get(slot).copied().unwrap_or(Free::No)
}

/// The view of a person, if it is a number.
pub(super) fn view(person: &Person, dimension: usize) -> Option<f64> {
    let value = person.views.get(dimension).copied().flatten()?;
    value.is_finite().then(|| value.clamp(0.0, 1.0))
}

pub(super) fn real(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

pub(super) fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// People of the request by key; equal keys by what they said.
pub(super) fn by_key(request: &Request) -> Vec<usize> {
    let mut order: Vec<usize> = (0..request.people.len()).collect();
    order.sort_by(|&a, &b| {
        let (a, b) = (&request.people[a], &request.people[b]);
        (&a.key, &a.languages, &a.free)
            .cmp(&(&b.key, &b.languages, &b.free))
            .then_with(|| a.views.partial_cmp(&b.views).unwrap_or(Ordering::Equal))
    });
    order
}

/// All cells with room for a group, in order of their keys, with the people who could be there.
pub(super) fn cells(request: &Request) -> Vec<(Cell, Vec<usize>)> {
    let languages: BTreeSet<&String> = request.people.iter().flat_map(|p| &p.languages).collect();
    let mut slots: Vec<usize> = (0..request.slots.len()).collect();
    slots.sort_by(|&a, &b| request.slots[a].key.cmp(&request.slots[b].key));
    slots.retain(|&slot| request.slots[slot].groups > 0);
    let mut found = Vec::new();
    for slot in slots {
        for language in &languages {
            let people: Vec<usize> = (0..request.people.len())
                .filter(|&i| {
                    let person = &request.people[i];
                    free(person, slot) != Free::No && person.languages.contains(language)
                })
                .collect();
            found.push((Cell { slot, language: (*language).clone() }, people));
        }
    }
    found
}

/// Whether so many people divide into groups of `low..=high`.
pub(super) const fn divides(people: usize, size: Size) -> bool {
    people.div_ceil(size.high) <= people / size.low
}

impl Problem {
    pub(super) fn new(request: &Request) -> Result<Self, Conflict> {
        let Size { low, target, high } = request.size;
        if low == 0 || low > target || target > high {
            return Err(Conflict::BadSize);
        }
        let count = request.people.len();
        if count == 0 {
            return Err(Conflict::NoPeople);
        }
        if count < low {
            return Err(Conflict::TooFewPeople { people: count, low });
        }
        if request.slots.iter().all(|slot| slot.groups == 0) {
            return Err(Conflict::NoSlots);
        }
        let open = |person: &Person| {
            let mut slots = request.slots.iter().enumerate();
            slots.any(|(s, slot)| slot.groups > 0 && free(person, s) != Free::No)
        };
        if !request.people.iter().any(open) {
            return Err(Conflict::NobodyFree);
        }
        let all = cells(request);
        // The first of the fullest cells, by key.
        let best = all.iter().rev().max_by_key(|(_, people)| people.len());
        let (best_slot, most) = best.map_or((0, 0), |(cell, people)| (cell.slot, people.len()));
        if most < low {
            return Err(Conflict::NoSharedSlot { best_slot, free: most, low });
        }
        let usable: Vec<(Cell, Vec<usize>)> =
            all.into_iter().filter(|(_, people)| people.len() >= low).collect();
        let within: BTreeSet<usize> =
            usable.iter().flat_map(|(_, people)| people.clone()).collect();
        if !divides(within.len(), request.size) {
            return Err(Conflict::Size { people: within.len(), low, high });
        }
        let mut people = by_key(request);
        people.retain(|person| within.contains(person));
        // Who comes first decides who gets in when places are short: that is a lottery.
        Rng::new(request.seed ^ 0x5EA7).shuffle(&mut people);
        Ok(Self::build(request, people, usable))
    }

    fn build(request: &Request, people: Vec<usize>, usable: Vec<(Cell, Vec<usize>)>) -> Self {
        let count = people.len();
        let size = request.size;
        let high = size.high.min(count);
        let size = Size { low: size.low, target: size.target.min(high), high };
        let longest = request.people.iter().map(|p| p.languages.len()).max().unwrap_or(1);
        // Lexicographic order by weights: one step of a level outweighs all of the level below.
        let if_need_be = whole(count) * (2 * whole(high) + 2 * whole(longest) + 4) * 2;
        let unseated = if_need_be * whole(count + 2);
        let missing = unseated * whole(count + 2);
        let cells: Vec<Cell> = usable.into_iter().map(|(cell, _)| cell).collect();
        let fit = people
            .iter()
            .map(|&person| {
                let person = &request.people[person];
                let cost = |cell: &Cell| {
                    let rank = person.languages.iter().position(|l| *l == cell.language)?;
                    match free(person, cell.slot) {
                        Free::Yes => Some(2 * whole(rank)),
                        Free::IfNeedBe => Some(if_need_be + 2 * whole(rank)),
                        Free::No => None,
                    }
                };
                cells.iter().map(cost).collect()
            })
            .collect();
        Self {
            views: filled(request, &people),
            weights: request.dimensions.iter().map(|d| clean(d.weight)).collect(),
            caps: request.slots.iter().map(|slot| slot.groups).collect(),
            people,
            cells,
            fit,
            size,
            unseated,
            missing,
            if_need_be,
        }
    }
}

const fn clean(weight: f64) -> f64 {
    if weight.is_finite() && weight > 0.0 { weight } else { 0.0 }
}

fn filled(request: &Request, people: &[usize]) -> Vec<Vec<f64>> {
    let order = by_key(request);
    let means: Vec<f64> = (0..request.dimensions.len())
        .map(|q| {
            let given: Vec<f64> =
                order.iter().filter_map(|&i| view(&request.people[i], q)).collect();
            if given.is_empty() { 0.5 } else { given.iter().sum::<f64>() / real(given.len()) }
        })
        .collect();
    people
        .iter()
        .map(|&i| {
            let person = &request.people[i];
            means.iter().enumerate().map(|(q, mean)| view(person, q).unwrap_or(*mean)).collect()
        })
        .collect()
}
