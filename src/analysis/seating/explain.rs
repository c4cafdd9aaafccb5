//! The plan with its reasons: why this seat, what another would cost, why no seat at all.

#![expect(clippy::indexing_slicing, reason = "indices come from the problem and its request")]

use super::hash::hash;
use super::plan::{Elsewhere, Group, Plan, Reason, Seat};
use super::problem::{Problem, Seating, by_key, free, real, view};
use super::request::{Free, Request};
use super::sitting::{Sitting, Table};
use super::unplaced::unplaced;
use std::collections::BTreeMap;

/// A difference from the others below this is no reason to name.
const TELLING: f64 = 0.15;
/// Above so many people what each seat elsewhere would cost is asked only when somebody wants to
/// know, with [`moves`](super::moves).
const FEW: usize = 600;

/// The plan, and the value that was searched for, fairness included.
pub(super) fn plan(request: &Request, problem: &Problem, seating: &Seating) -> (Plan, f64) {
    let mut rank = vec![0; request.people.len()];
    for (place, person) in by_key(request).into_iter().enumerate() {
        rank[person] = place;
    }
    let mut members: Vec<Vec<usize>> = seating
        .members
        .iter()
        .map(|units| {
            let people = units.iter().flat_map(|&unit| &problem.units[unit]);
            people.map(|&person| problem.people[person]).collect()
        })
        .collect();
    for group in &mut members {
        group.sort_by_key(|&person| rank[person]);
    }
    // Groups by key of the slot, then by first key; members by key.
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by(|&a, &b| {
        let key = |g: usize| &request.slots[problem.cells[seating.cells[g]].slot].key;
        let first = |g: usize| members[g].first().map(|&person| rank[person]);
        key(a).cmp(key(b)).then_with(|| first(a).cmp(&first(b)))
    });
    let cell = |group: usize| &problem.cells[seating.cells[group]];
    let key = |group: usize| {
        let previous = request.previous.as_ref()?.get(cell(group).previous?)?;
        Some(previous.key.clone())
    };
    let mut table_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (listed, &group) in order.iter().enumerate() {
        table_of.extend(members[group].iter().map(|&person| (person, listed)));
    }
    let empty = order.iter().map(|&group| Table {
        key: key(group),
        slot: Some(cell(group).slot),
        language: cell(group).language.clone(),
        people: vec![],
        inside: 0.0,
    });
    let tables = Sitting::new(request, empty.collect(), |place| table_of.get(place).copied());
    let ways = Ways::new(problem, seating, &tables, &order);
    let groups = order
        .iter()
        .enumerate()
        .map(|(listed, &group)| {
            let (mix, by_question) = tables.crowd.mix(&tables.tables[listed].people);
            let seats = members[group].iter().map(|&person| Seat {
                person,
                reasons: reasons(request, cell(group).slot, person, &members[group]),
                elsewhere: ways.elsewhere(person),
            });
            Group {
                key: key(group),
                slot: cell(group).slot,
                language: cell(group).language.clone(),
                host: seating.hosts[group],
                seats: seats.collect(),
                mix,
                by_question,
            }
        })
        .collect();
    let plan = Plan {
        groups,
        unplaced: unplaced(request, problem, seating),
        score: tables.score(),
        helps: vec![],
        rounds: vec![],
        seed: request.seed,
        input_hash: hash(request),
    };
    (plan, tables.value())
}

fn reasons(request: &Request, slot: usize, person: usize, group: &[usize]) -> Vec<Reason> {
    let me = &request.people[person];
    let could = (0..request.slots.len()).filter(|&s| free(me, s) != Free::No).count();
    let if_need_be = free(me, slot) == Free::IfNeedBe;
    let mut reasons = vec![if could == 1 {
        Reason::OnlySlot { slot }
    } else {
        Reason::SharedSlot { slot, could, if_need_be }
    }];
    let mut adds: Vec<(f64, Reason)> = Vec::new();
    for (dimension, about) in request.dimensions.iter().enumerate() {
        let Some(value) = view(me, dimension) else { continue };
        let rest: Vec<f64> = group
            .iter()
            .filter(|&&other| other != person)
            .filter_map(|&other| view(&request.people[other], dimension))
            .collect();
        if rest.is_empty() || about.weight.is_nan() || about.weight <= 0.0 {
            continue;
        }
        let group_mean = rest.iter().sum::<f64>() / real(rest.len());
        let apart = (value - group_mean).abs();
        if apart >= TELLING {
            let add = Reason::Adds { dimension, value, group_mean };
            adds.push((apart * about.weight, add));
        }
    }
    adds.sort_by(|a, b| b.0.total_cmp(&a.0));
    reasons.extend(adds.into_iter().take(2).map(|(_, reason)| reason));
    reasons
}

/// All ways of one unit into another group that break no rule and make no time worse.
struct Ways<'a> {
    problem: &'a Problem,
    seating: &'a Seating,
    tables: &'a Sitting<'a>,
    /// The group of each listed table.
    order: &'a [usize],
    /// The unit of each seated person.
    unit_of: BTreeMap<usize, usize>,
    /// Place among the seated of each place in the request.
    place: BTreeMap<usize, usize>,
}

impl<'a> Ways<'a> {
    fn new(
        problem: &'a Problem,
        seating: &'a Seating,
        tables: &'a Sitting<'a>,
        order: &'a [usize],
    ) -> Self {
        let unit_of = problem.units.iter().enumerate().flat_map(|(unit, people)| {
            people.iter().map(move |&person| (problem.people[person], unit))
        });
        let place = tables.seated.iter().enumerate().map(|(place, &person)| (person, place));
        let (unit_of, place) = (unit_of.collect(), place.collect());
        Self { problem, seating, tables, order, unit_of, place }
    }

    fn people(&self, unit: usize) -> Vec<usize> {
        let people = self.problem.units[unit].iter();
        people.filter_map(|&p| self.place.get(&self.problem.people[p]).copied()).collect()
    }

    fn elsewhere(&self, person: usize) -> Option<Elsewhere> {
        if self.tables.seated.len() > FEW {
            return None;
        }
        let unit = *self.unit_of.get(&person)?;
        if self.seating.leads[unit] {
            return None;
        }
        let from = self.tables.at[*self.place.get(&person)?];
        (0..self.order.len())
            .filter(|&to| to != from)
            .filter_map(|to| Some((self.into(unit, from, to)?, to)))
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
            .map(|(cost, group)| Elsewhere { group, cost: cost.max(0.0) })
    }

    fn into(&self, unit: usize, from: usize, to: usize) -> Option<f64> {
        let (problem, size) = (self.problem, self.problem.size);
        let (here, there) = (self.order[from], self.order[to]);
        let (old, new) = (self.seating.cells[here], self.seating.cells[there]);
        let weight = problem.units[unit].len();
        let (count, others) =
            (self.tables.tables[from].people.len(), self.tables.tables[to].people.len());
        let (was, is) = (problem.fit[unit][old]?, problem.fit[unit][new]?);
        let meets = |unit: usize, group: usize, but: Option<usize>| {
            let members = self.seating.members[group].iter();
            let mut others = members.filter(|&&other| Some(other) != but);
            others.any(|other| problem.apart[unit].binary_search(other).is_ok())
        };
        let go = self.people(unit);
        let mut best: Option<f64> = None;
        let mut offer = |cost: f64| best = Some(best.map_or(cost, |best: f64| best.min(cost)));
        if others + weight <= size.high
            && count >= size.low + weight
            && is <= was
            && !meets(unit, there, None)
        {
            offer(self.tables.cost(&go, to, &[]));
        }
        for &back in &self.seating.members[there] {
            let returns = problem.units[back].len();
            let fits = || Some((problem.fit[back][new]?, problem.fit[back][old]?));
            if self.seating.leads[back]
                || others + weight > size.high + returns
                || others + weight < size.low + returns
                || count + returns > size.high + weight
                || count + returns < size.low + weight
                || fits().is_none_or(|(other_was, other_is)| is + other_is > was + other_was)
                || meets(unit, there, Some(back))
                || meets(back, here, Some(unit))
            {
                continue;
            }
            offer(self.tables.cost(&go, to, &self.people(back)));
        }
        best
    }
}
