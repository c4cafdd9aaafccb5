//! A second look at a plan that shares no code with the search: what it breaks, in sentences.

use super::judge::{Broken, Violation};
use super::plan::{Plan, Reason};
use super::request::{Free, Request};
use std::collections::BTreeMap;

/// A second look at a plan, to be called before it is saved.
///
/// # Errors
/// Every way in which it breaks the request.
pub fn check(request: &Request, plan: &Plan) -> Result<(), Violation> {
    let broken = wrong(request, plan);
    let broken: Vec<Broken> = broken.into_iter().map(|what| Broken::Value { what }).collect();
    if broken.is_empty() { Ok(()) } else { Err(Violation { broken }) }
}

fn wrong(request: &Request, plan: &Plan) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut times: BTreeMap<usize, usize> = BTreeMap::new();
    let mut used: BTreeMap<usize, usize> = BTreeMap::new();
    for (number, group) in plan.groups.iter().enumerate() {
        let here = format!("group {}", number + 1);
        let size = group.seats.len();
        if size < request.size.low || size > request.size.high {
            wrong.push(format!("{here} has {size} people"));
        }
        if request.slots.get(group.slot).is_none() {
            wrong.push(format!("{here} meets at a slot that is not there"));
        }
        *used.entry(group.slot).or_default() += 1;
        let mixes = group.by_question.iter().map(|(_, mix)| *mix).chain([group.mix]);
        if mixes.into_iter().any(|mix| !(0.0..=100.0).contains(&mix)) {
            wrong.push(format!("{here} has a mix outside 0 to 100"));
        }
        for seat in &group.seats {
            *times.entry(seat.person).or_default() += 1;
            let Some(person) = request.people.get(seat.person) else {
                wrong.push(format!("{here} has somebody who is not there"));
                continue;
            };
            let key = &person.key;
            if matches!(person.free.get(group.slot), None | Some(Free::No)) {
                wrong.push(format!("{key} cannot at the time of {here}"));
            }
            if !person.languages.contains(&group.language) {
                wrong.push(format!("{key} does not talk {} as {here} does", group.language));
            }
            let (first, more) = (seat.reasons.first(), seat.reasons.len());
            let has_time = match first {
                Some(Reason::OnlySlot { slot } | Reason::SharedSlot { slot, .. }) => {
                    *slot == group.slot
                }
                _ => false,
            };
            if !has_time || more > 3 {
                wrong.push(format!("{key} in {here} has reasons that do not fit"));
            }
            let other = seat.elsewhere.as_ref();
            if other.is_some_and(|other| other.group == number || other.group >= plan.groups.len())
            {
                wrong.push(format!("{key} in {here} has no such other group"));
            }
        }
    }
    for (slot, groups) in used {
        if request.slots.get(slot).is_some_and(|slot| groups > slot.groups) {
            wrong.push(format!("slot {} has {groups} groups", slot + 1));
        }
    }
    for (person, _) in &plan.unplaced {
        *times.entry(*person).or_default() += 1;
    }
    for (person, about) in request.people.iter().enumerate() {
        match times.remove(&person) {
            Some(1) => {}
            None => wrong.push(format!("{} is neither placed nor explained", about.key)),
            Some(times) => wrong.push(format!("{} is listed {times} times", about.key)),
        }
    }
    for person in times.into_keys() {
        wrong.push(format!("person {} is not in the request", person + 1));
    }
    if !(0.0..=1.0).contains(&plan.score.gap_closed) || !plan.score.value.is_finite() {
        wrong.push("the value of the plan is not a number in its range".to_owned());
    }
    wrong
}
