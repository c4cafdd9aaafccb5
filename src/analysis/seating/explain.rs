//! The plan with its reasons: why this seat, what another would cost, why no seat at all.

#![expect(clippy::indexing_slicing, reason = "indices come from the problem and its request")]

use super::hash::hash;
use super::mix::Mixing;
use super::plan::{Elsewhere, Group, Plan, Reason, Score, Seat, Unplaced};
use super::problem::{Problem, by_key, cells, free, real, view};
use super::request::{Free, Request};
use super::views::Views;
use std::collections::{BTreeMap, BTreeSet};

/// A difference from the others below this is no reason to name.
const TELLING: f64 = 0.15;

pub(super) fn plan(request: &Request, problem: &Problem, mixing: &Mixing<'_>) -> Plan {
    let mut rank = vec![0; request.people.len()];
    for (place, person) in by_key(request).into_iter().enumerate() {
        rank[person] = place;
    }
    let who = |person: usize| problem.people[mixing.seated[person]];
    // Groups by key of the slot, then by first key; members by key.
    let mut members = mixing.members.clone();
    for group in &mut members {
        group.sort_by_key(|&person| rank[who(person)]);
    }
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by(|&a, &b| {
        let key = |g: usize| &request.slots[problem.cells[mixing.cells[g]].slot].key;
        let first = |g: usize| members[g].first().map(|&person| rank[who(person)]);
        key(a).cmp(key(b)).then_with(|| first(a).cmp(&first(b)))
    });
    let mut listed = vec![0; members.len()];
    for (place, &group) in order.iter().enumerate() {
        listed[group] = place;
    }
    let questions = questions(request, problem, mixing);
    let groups = order
        .iter()
        .map(|&group| {
            let cell = &problem.cells[mixing.cells[group]];
            let people: Vec<usize> = members[group].iter().map(|&person| who(person)).collect();
            let seats = members[group]
                .iter()
                .map(|&person| Seat {
                    person: who(person),
                    reasons: reasons(request, cell.slot, who(person), &people),
                    elsewhere: elsewhere(mixing, person, &listed),
                })
                .collect();
            Group {
                key: None,
                host: None,
                slot: cell.slot,
                language: cell.language.clone(),
                seats,
                mix: mixing.views.likeness(&members[group]),
                by_question: questions
                    .iter()
                    .map(|(&question, views)| (question, views.likeness(&members[group])))
                    .collect(),
            }
        })
        .collect();
    Plan {
        groups,
        unplaced: unplaced(request, problem, mixing),
        score: score(request, problem, mixing),
        helps: vec![],
        rounds: vec![],
        seed: request.seed,
        input_hash: hash(request),
    }
}

fn score(request: &Request, problem: &Problem, mixing: &Mixing<'_>) -> Score {
    let views = &mixing.views;
    let count = real(views.len());
    let pair = if views.len() < 2 { 0.0 } else { views.mean * count / (count - 1.0) };
    let mut score = Score {
        placed: mixing.seated.len(),
        people: request.people.len(),
        ceiling: count * views.mean / 2.0,
        worst: f64::INFINITY,
        ..Score::default()
    };
    for group in &mixing.members {
        let size = real(group.len()).max(1.0);
        let inside = views.inside(group);
        score.value += inside / size;
        score.random += (size - 1.0) / 2.0 * pair;
        score.off_target += group.len().abs_diff(problem.size.target);
        if views.mean > f64::EPSILON {
            score.worst = score.worst.min(2.0 * inside / (size * size) / views.mean);
        }
    }
    for (person, &group) in mixing.seated.iter().zip(&mixing.group_of) {
        let slot = problem.cells[mixing.cells[group]].slot;
        let free = free(&request.people[problem.people[*person]], slot);
        score.if_need_be += usize::from(free == Free::IfNeedBe);
    }
    if !score.worst.is_finite() {
        score.worst = 1.0;
    }
    // One group of everybody is both chance and ceiling.
    let gap = score.ceiling - score.random;
    score.gap_closed = if gap <= score.ceiling * 1e-9 {
        1.0
    } else {
        ((score.value - score.random) / gap).clamp(0.0, 1.0)
    };
    score
}

/// Views of each question alone.
fn questions(request: &Request, problem: &Problem, mixing: &Mixing<'_>) -> BTreeMap<usize, Views> {
    let numbers: BTreeSet<usize> = request.dimensions.iter().map(|d| d.question).collect();
    let rows = |question: usize| {
        let row = |&at: &usize| {
            let all = problem.views[at].iter().zip(&problem.weights).zip(&request.dimensions);
            all.filter(|(_, d)| d.question == question).map(|((v, w), _)| v * w).collect()
        };
        mixing.seated.iter().map(row).collect()
    };
    numbers.into_iter().map(|question| (question, Views::new(rows(question)))).collect()
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

fn elsewhere(mixing: &Mixing<'_>, person: usize, listed: &[usize]) -> Option<Elsewhere> {
    let ceiling = real(mixing.seated.len()) / 2.0;
    (0..mixing.members.len())
        .filter(|&group| group != mixing.group_of[person])
        .filter_map(|group| Some((mixing.cost_of_going(person, group)?, listed[group])))
        .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
        .map(|(loss, group)| Elsewhere { group, cost: (100.0 * loss / ceiling).max(0.0) })
}

fn unplaced(request: &Request, problem: &Problem, mixing: &Mixing<'_>) -> Vec<(usize, Unplaced)> {
    let seated: BTreeSet<usize> = mixing.seated.iter().map(|&at| problem.people[at]).collect();
    let reachable: BTreeSet<usize> = mixing.left.iter().map(|&at| problem.people[at]).collect();
    let all = cells(request);
    by_key(request)
        .into_iter()
        .filter(|person| !seated.contains(person))
        .map(|person| {
            let why = if reachable.contains(&person) {
                Unplaced::NoRoom
            } else {
                why_out(request, person, all.iter().map(|(_, people)| people.as_slice()))
            };
            (person, why)
        })
        .collect()
}

fn why_out<'a>(
    request: &Request,
    person: usize,
    cells: impl Iterator<Item = &'a [usize]>,
) -> Unplaced {
    let me = &request.people[person];
    let mut slots = request.slots.iter().enumerate();
    if !slots.any(|(s, slot)| slot.groups > 0 && free(me, s) != Free::No) {
        return Unplaced::NoSlot;
    }
    let speakers = |language: &String| {
        request.people.iter().filter(|other| other.languages.contains(language)).count()
    };
    if !me.languages.iter().any(|language| speakers(language) >= request.size.low) {
        return Unplaced::NoLanguage;
    }
    let most = cells.filter(|people| people.contains(&person)).map(<[usize]>::len).max();
    Unplaced::NoSharedSlot {
        shared: most.unwrap_or(1).saturating_sub(1),
        needed: request.size.low.saturating_sub(1),
    }
}
