//! The request in canonical order: people by key and then by lot, cells of slot and language.
//!
//! The levels of what is wanted, each outweighing all below it: most people placed; fewest moved
//! against the previous plan; fewest tags alone; sizes near the target; few "if need be";
//! languages people like best; and then the mix of views. Placing sees to the levels of cost,
//! [`Problem::fit`] among them; mixing never makes the sum of `fit` worse, never takes anybody's
//! seat, lowers the number of tags alone where it can and keeps sizes as near the target as they
//! are.

#![expect(clippy::indexing_slicing, reason = "indices are made here from the request")]

use super::cells::{Cell, Leading, cells, leaders, led, led_before, previous};
use super::levels::{FAR, Fits, Levels};
use super::plan::Leader;
use super::request::{Free, Person, Request, Size};
use super::rng::Rng;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// What something costs; 128 bits hold all levels for as many people as are taken on.
pub(super) type Cost = i128;

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
    /// The cell of the previous group in which each unit sat.
    pub home: Vec<Option<usize>>,
    /// Who led the previous group of a cell, if they can lead it again.
    pub led_before: Vec<Option<usize>>,
    /// Units that are pinned: they have a seat in every plan.
    pub must: Vec<bool>,
    /// Who can lead; those without a seat of their own first.
    pub leaders: Vec<Leading>,
    /// Whether each group needs one of them.
    pub hosted: bool,
    /// How many groups a slot of the request takes.
    pub caps: Vec<usize>,
    pub size: Size,
    /// Cost of one person without a seat: more than all seats together.
    pub unseated: Cost,
    /// The same for somebody who is pinned.
    pub unseated_must: Cost,
    /// Cost of one person too few in a group: more than anything else.
    pub missing: Cost,
    /// Cost of one tag that is alone in a group.
    pub alone: Cost,
    /// Cost of one person off the target; see [`Problem::uneven`].
    pub off_target: Cost,
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

/// Whether so many people divide into groups of `low..=high`.
pub(super) const fn divides(people: usize, size: Size) -> bool {
    people.div_ceil(size.high) <= people / size.low
}

impl Problem {
    /// The problem of a request in which nothing contradicts itself.
    pub(super) fn new(request: &Request) -> Self {
        let blocks = blocks(request);
        let in_block: BTreeSet<usize> = blocks.iter().flatten().copied().collect();
        let alone = by_key(request).into_iter().filter(|at| !in_block.contains(at));
        let mut groups: Vec<Vec<usize>> = blocks;
        groups.extend(alone.map(|at| vec![at]));
        groups.sort_by_key(|unit| unit.first().map(|&at| &request.people[at].key));
        // Who comes first decides who gets in when places are short: that is a lottery.
        Rng::new(request.seed ^ 0x5EA7).shuffle(&mut groups);
        let before = previous(request);
        let mut cells: Vec<Cell> = cells(request).into_iter().map(|(cell, _)| cell).collect();
        cells.extend(before.iter().map(|(cell, _)| cell.clone()));
        cells.retain(|cell| led(request, cell));
        let home: BTreeMap<usize, usize> = before
            .iter()
            .flat_map(|(cell, people)| people.iter().map(|&p| (p, cell.previous.unwrap_or(0))))
            .collect();
        let high = request.size.high.min(request.people.len()).max(request.size.low);
        let size = Size { target: request.size.target.min(high), high, ..request.size };
        let lone: Vec<&String> =
            request.lone.iter().collect::<BTreeSet<&String>>().into_iter().collect();
        let levels = Levels::new(request.people.len(), lone.len(), request.pins.len());
        let fits = Fits { request, home, levels: &levels };
        let mut fit: Vec<Vec<Option<Cost>>> = groups
            .iter()
            .map(|unit| cells.iter().map(|cell| fits.unit(unit, cell)).collect())
            .collect();
        // Cells where too few can come, and people who then can come nowhere, are out.
        let enough = |cell: usize| {
            let who = groups.iter().zip(&fit).filter(|(_, fit)| fit[cell].is_some());
            who.map(|(unit, _)| unit.len()).sum::<usize>() >= size.low
        };
        let kept: Vec<usize> = (0..cells.len()).filter(|&cell| enough(cell)).collect();
        let cells: Vec<Cell> = kept.iter().map(|&cell| cells[cell].clone()).collect();
        for row in &mut fit {
            *row = kept.iter().map(|&cell| row[cell]).collect();
        }
        let within: Vec<bool> = fit
            .iter()
            .zip(&groups)
            .map(|(row, unit)| row.iter().any(Option::is_some) && unit.len() <= size.high)
            .collect();
        let mut keep = within.iter();
        groups.retain(|_| keep.next() == Some(&true));
        let mut keep = within.iter();
        fit.retain(|_| keep.next() == Some(&true));
        let home = groups
            .iter()
            .map(|unit| {
                let previous = unit.first().and_then(|person| fits.home.get(person))?;
                cells.iter().position(|cell| cell.previous == Some(*previous))
            })
            .collect();
        Self { home, ..Self::build(request, groups, cells, fit, size, &lone, &levels) }
    }

    fn build(
        request: &Request,
        groups: Vec<Vec<usize>>,
        cells: Vec<Cell>,
        fit: Vec<Vec<Option<Cost>>>,
        size: Size,
        lone: &[&String],
        levels: &Levels,
    ) -> Self {
        let people: Vec<usize> = groups.iter().flatten().copied().collect();
        let mut units: Vec<Vec<usize>> = vec![];
        let mut count = 0;
        for unit in &groups {
            units.push((count..count + unit.len()).collect());
            count += unit.len();
        }
        let pinned: BTreeSet<&String> = request.pins.iter().map(|pin| &pin.person).collect();
        let is_pinned = |unit: &Vec<usize>| {
            unit.iter().any(|&person| pinned.contains(&request.people[person].key))
        };
        let tags = |unit: &Vec<usize>| {
            let carriers = |tag: &String| {
                unit.iter().filter(|&&p| request.people[p].tags.contains(tag)).count()
            };
            let counts = lone.iter().map(|tag| carriers(tag)).enumerate();
            counts.filter(|(_, carriers)| *carriers > 0).collect()
        };
        let leaders = leaders(request, &groups, &cells, &fit);
        Self {
            home: vec![],
            led_before: led_before(request, &cells, &leaders),
            views: filled(request, &people),
            weights: request.dimensions.iter().map(|d| weight(d.weight)).collect(),
            caps: request.slots.iter().map(|slot| slot.groups).collect(),
            apart: apart(request, &groups),
            tags: groups.iter().map(tags).collect(),
            tag_count: lone.len(),
            must: groups.iter().map(is_pinned).collect(),
            leaders,
            hosted: request.needs_hosts(),
            people,
            units,
            cells,
            fit,
            size,
            unseated: levels.unseated,
            unseated_must: levels.unseated_must,
            missing: levels.missing,
            alone: levels.alone,
            off_target: levels.off_target,
            if_need_be: levels.if_need_be,
        }
    }

    /// Cost of a unit without a seat.
    pub(super) fn nowhere(&self, unit: usize) -> Cost {
        let each = if self.must[unit] { self.unseated_must } else { self.unseated };
        each * whole(self.units[unit].len())
    }

    /// Cost of the sizes when so many people share so many groups as evenly as they can.
    pub(super) fn uneven(&self, people: usize, groups: usize) -> Cost {
        if groups == 0 {
            return 0;
        }
        let off = |size: usize| {
            let off = (whole(size) - whole(self.size.target)).abs();
            if off <= FAR { off * off } else { 2 * FAR * off - FAR * FAR }
        };
        let (each, rest) = (people / groups, people % groups);
        self.off_target * (whole(rest) * off(each + 1) + whole(groups - rest) * off(each))
    }

    /// Whether the flow alone does not keep all rules, so that plans have to be looked at whole.
    pub(super) fn ruled(&self) -> bool {
        self.tag_count > 0
            || self.apart.iter().any(|apart| !apart.is_empty())
            || self.units.iter().any(|unit| unit.len() > 1)
            || self.leaders.iter().any(|leader| leader.unit.is_some())
    }
}

fn apart(request: &Request, groups: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut unit_of: BTreeMap<&str, usize> = BTreeMap::new();
    for (unit, people) in groups.iter().enumerate() {
        for &person in people {
            unit_of.insert(request.people[person].key.as_str(), unit);
        }
    }
    let mut apart = vec![BTreeSet::new(); groups.len()];
    for (a, b) in &request.apart {
        if let (Some(&a), Some(&b)) = (unit_of.get(a.as_str()), unit_of.get(b.as_str()))
            && a != b
        {
            apart[a].insert(b);
            apart[b].insert(a);
        }
    }
    apart.into_iter().map(|set| set.into_iter().collect()).collect()
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
