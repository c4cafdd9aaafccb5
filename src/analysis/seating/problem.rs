//! The request in canonical order: people by key and then by lot, cells of slot and language.
//!
//! The levels of what is wanted, each outweighing all below it: most people placed; fewest moved
//! against the previous plan; fewest tags alone; sizes near the target; few "if need be";
//! languages people like best; and then the mix of views. Placing sees to the levels of cost,
//! [`Problem::fit`] among them; mixing never makes the sum of `fit` worse, never takes anybody's
//! seat, lowers the number of tags alone where it can and keeps sizes as near the target as they
//! are.

#![expect(clippy::indexing_slicing, reason = "indices are made here and checked in `new`")]
#![expect(dead_code, reason = "what swaps need is there before swaps obey it")]

use super::plan::{Clash, Leader};
use super::request::{Free, Person, Request, Size};
use super::rng::Rng;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// What something costs; 128 bits hold all levels for as many people as memory does.
pub(super) type Cost = i128;

/// A slot and a language in which groups are possible; or one group of the previous plan, which
/// is a cell of its own, so that sitting elsewhere costs a move.
pub(super) struct Cell {
    /// Place in the request.
    pub slot: usize,
    pub language: String,
    /// Place in the previous plan. Such a cell has at most one group.
    pub previous: Option<usize>,
}

/// Who sits where, before and after mixing. All hard rules are kept.
#[derive(Debug, Clone)]
pub(super) struct Seating {
    /// The cell of each group.
    pub cells: Vec<usize>,
    /// Units per group: indices of [`Problem::units`].
    pub members: Vec<Vec<usize>>,
    /// Who leads each group; `None` everywhere if groups need no host.
    pub hosts: Vec<Option<Leader>>,
    /// Units that have to stay in their group because one of their people leads it. Others must
    /// not be moved to or from a group on their account, but may be freely.
    pub leads: Vec<bool>,
    /// Units without a seat.
    pub left: Vec<usize>,
}

/// What the search works on. Everything here counts people and units in its own order.
pub(super) struct Problem {
    /// Place in the request of each person here; only people who fit some cell.
    pub people: Vec<usize>,
    /// People (indices of `people`) who sit in one group or not at all. Each person is in
    /// exactly one unit, and most units are one person. A unit moves as a whole; the size of a
    /// group counts people.
    pub units: Vec<Vec<usize>>,
    pub cells: Vec<Cell>,
    /// `fit[unit][cell]`: the cost of sitting there, `None` if impossible: somebody cannot come,
    /// does not speak the language, or is pinned elsewhere. A unit may go from one cell to
    /// another, and two may change places, if no `None` is met and the sum of `fit` does not
    /// rise. Within a cell everything is as good as before.
    pub fit: Vec<Vec<Option<Cost>>>,
    /// `apart[unit]`: units that must never sit in its group, sorted.
    pub apart: Vec<Vec<usize>>,
    /// `tags[unit]`: lone tags that the unit's people carry, with how many of them do. A tag is
    /// alone in a group if the sum over its units is exactly 1.
    pub tags: Vec<Vec<(usize, usize)>>,
    /// How many different lone tags there are: tags are below it.
    pub tag_count: usize,
    /// How many groups a slot of the request takes.
    pub caps: Vec<usize>,
    pub size: Size,
    /// Cost of one person without a seat: more than all seats together.
    pub unseated: Cost,
    /// Cost of one person too few in a group: more than anything else.
    pub missing: Cost,
    /// Cost of one "if need be".
    pub if_need_be: Cost,
    /// Clean views of `people` (not of units), unanswered ones filled with the mean of those who
    /// answered.
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

pub(super) fn whole(count: usize) -> Cost {
    Cost::try_from(count).unwrap_or(Cost::MAX)
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

/// People who must sit together, places in the request, sorted; rules that share somebody are
/// one. Only blocks of two and more; in the order of their first keys.
pub(super) fn blocks(request: &Request) -> Vec<Vec<usize>> {
    let places: BTreeMap<&str, usize> =
        by_key(request).into_iter().map(|at| (request.people[at].key.as_str(), at)).collect();
    let mut root: Vec<usize> = (0..request.people.len()).collect();
    let find = |root: &[usize], mut at: usize| {
        while root[at] != at {
            at = root[at];
        }
        at
    };
    for rule in &request.together {
        let mut there = rule.iter().filter_map(|key| places.get(key.as_str()));
        let Some(&first) = there.next() else { continue };
        for &other in there {
            let (a, b) = (find(&root, first), find(&root, other));
            root[a.max(b)] = a.min(b);
        }
    }
    let mut blocks: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in by_key(request) {
        blocks.entry(find(&root, at)).or_default().push(at);
    }
    let mut blocks: Vec<Vec<usize>> = blocks.into_values().filter(|b| b.len() > 1).collect();
    blocks.sort_by_key(|block| block.first().map(|&at| &request.people[at].key));
    blocks
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
            found.push((Cell { slot, language: (*language).clone(), previous: None }, people));
        }
    }
    found
}

/// Whether so many people divide into groups of `low..=high`.
pub(super) const fn divides(people: usize, size: Size) -> bool {
    people.div_ceil(size.high) <= people / size.low
}

impl Problem {
    pub(super) fn new(request: &Request) -> Result<Self, Clash> {
        let Size { low, target, high } = request.size;
        if low == 0 || low > target || target > high {
            return Err(Clash::BadSize);
        }
        let count = request.people.len();
        if count == 0 {
            return Err(Clash::NoPeople);
        }
        if count < low {
            return Err(Clash::TooFewPeople { people: count, low });
        }
        if request.slots.iter().all(|slot| slot.groups == 0) {
            return Err(Clash::NoSlots);
        }
        let open = |person: &Person| {
            let mut slots = request.slots.iter().enumerate();
            slots.any(|(s, slot)| slot.groups > 0 && free(person, s) != Free::No)
        };
        if !request.people.iter().any(open) {
            return Err(Clash::NobodyFree);
        }
        let all = cells(request);
        // The first of the fullest cells, by key.
        let best = all.iter().rev().max_by_key(|(_, people)| people.len());
        let (best_slot, most) = best.map_or((0, 0), |(cell, people)| (cell.slot, people.len()));
        if most < low {
            return Err(Clash::NoSharedSlot { best_slot, free: most, low });
        }
        let usable: Vec<(Cell, Vec<usize>)> =
            all.into_iter().filter(|(_, people)| people.len() >= low).collect();
        let within: BTreeSet<usize> =
            usable.iter().flat_map(|(_, people)| people.clone()).collect();
        if !divides(within.len(), request.size) {
            return Err(Clash::Size { people: within.len(), low, high });
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
        let lone: Vec<&String> =
            request.lone.iter().collect::<BTreeSet<&String>>().into_iter().collect();
        let tags = people
            .iter()
            .map(|&person| {
                let carried = &request.people[person].tags;
                let of_it = |(_, tag): &(usize, &&String)| carried.contains(tag);
                lone.iter().enumerate().filter(of_it).map(|(tag, _)| (tag, 1)).collect()
            })
            .collect();
        Self {
            views: filled(request, &people),
            weights: request.dimensions.iter().map(|d| weight(d.weight)).collect(),
            caps: request.slots.iter().map(|slot| slot.groups).collect(),
            // Not yet obeyed: rules who sits together, apart and where.
            units: (0..count).map(|person| vec![person]).collect(),
            apart: vec![vec![]; count],
            tags,
            tag_count: lone.len(),
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

/// A weight that counts: a number above zero, or nothing.
pub(super) const fn weight(weight: f64) -> f64 {
    if weight.is_finite() && weight > 0.0 { weight } else { 0.0 }
}

/// Views of some people; unanswered ones at the mean of all who answered.
pub(super) fn filled(request: &Request, people: &[usize]) -> Vec<Vec<f64>> {
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
