//! The plan as JSON, by keys.

use serde_json::{Value, json};

use super::file::Asked;
use super::words;
use crate::analysis::seating::{
    Clash, Conflict, Group, Plan, Reason, Remedy, Request, Seat, Unplaced,
};

fn slot(request: &Request, place: usize) -> Option<&String> {
    request.slots.get(place).map(|slot| &slot.key)
}

fn person(request: &Request, place: usize) -> Option<&String> {
    request.people.get(place).map(|person| &person.key)
}

/// The plan.
pub(super) fn plan(asked: &Asked, plan: &Plan) -> Value {
    let request = &asked.request;
    let score = &plan.score;
    let round = |tables: &Vec<Vec<usize>>| -> Vec<Vec<Option<&String>>> {
        let table = |people: &Vec<usize>| people.iter().map(|p| person(request, *p)).collect();
        tables.iter().map(table).collect()
    };
    json!({
        "input_hash": plan.input_hash,
        "seed": plan.seed,
        "score": {
            "placed": score.placed,
            "people": score.people,
            "alone": score.alone,
            "off_target": score.off_target,
            "if_need_be": score.if_need_be,
            "moved": score.moved,
            "value": score.value,
            "ceiling": score.ceiling,
            "random": score.random,
            "gap_closed": score.gap_closed,
            "worst": score.worst,
        },
        "groups": plan.groups.iter().map(|one| group(asked, one)).collect::<Vec<Value>>(),
        "unplaced": plan
            .unplaced
            .iter()
            .map(|(place, why)| {
                json!({
                    "key": person(request, *place),
                    "why": why_not(*why),
                    "words": words::unplaced(*why),
                })
            })
            .collect::<Vec<Value>>(),
        "helps": plan
            .helps
            .iter()
            .map(|help| {
                json!({
                    "what": remedy(request, &help.what),
                    "more": help.more,
                    "words": words::remedy(request, &help.what),
                })
            })
            .collect::<Vec<Value>>(),
        "rounds": plan.rounds.iter().map(round).collect::<Vec<_>>(),
    })
}

fn group(asked: &Asked, group: &Group) -> Value {
    let request = &asked.request;
    let by_question = group
        .by_question
        .iter()
        .map(|(question, mix)| json!({ "question": asked.questions.get(*question), "mix": mix }));
    json!({
        "key": group.key,
        "slot": slot(request, group.slot),
        "language": group.language,
        "host": group.host.map(|leader| words::leader(request, leader)),
        "mix": group.mix,
        "by_question": by_question.collect::<Vec<Value>>(),
        "people": group.seats.iter().map(|one| seat(asked, one)).collect::<Vec<Value>>(),
    })
}

fn seat(asked: &Asked, seat: &Seat) -> Value {
    let reason = |reason: &Reason| match reason {
        Reason::OnlySlot { .. } => json!({ "why": "only_slot" }),
        Reason::SharedSlot { could, if_need_be, .. } => {
            json!({ "why": "shared_slot", "could": could, "if_need_be": if_need_be })
        }
        Reason::Adds { dimension, value, group_mean } => {
            let about = asked.dimensions.get(*dimension);
            json!({
                "why": "adds",
                "question": about.and_then(|(question, _)| asked.questions.get(*question)),
                "place": about.and_then(|(_, place)| *place),
                "value": value,
                "others": group_mean,
            })
        }
    };
    let elsewhere = seat
        .elsewhere
        .as_ref()
        .map(|other| json!({ "group": other.group + 1, "cost_percent": other.cost }));
    json!({
        "key": person(&asked.request, seat.person),
        "reasons": seat.reasons.iter().map(reason).collect::<Vec<Value>>(),
        "elsewhere": elsewhere,
    })
}

fn why_not(why: Unplaced) -> &'static str {
    match why {
        Unplaced::NoSlot => "no_slot",
        Unplaced::NoSharedSlot { .. } => "no_shared_slot",
        Unplaced::NoLanguage => "no_language",
        Unplaced::NoHost => "no_host",
        Unplaced::Together => "together",
        Unplaced::Apart => "apart",
        Unplaced::NoRoom => "no_room",
    }
}

fn remedy(request: &Request, remedy: &Remedy) -> Value {
    match remedy {
        Remedy::Host { slot: place, language } => {
            json!({ "host": { "slot": slot(request, *place), "language": language } })
        }
        Remedy::Room { slot: place } => json!({ "room": slot(request, *place) }),
        Remedy::Low(low) => json!({ "low": low }),
        Remedy::High(high) => json!({ "high": high }),
        Remedy::Languages { slot: place } => json!({ "languages": slot(request, *place) }),
        Remedy::NoTogether => json!("no_together"),
        Remedy::NoApart => json!("no_apart"),
        Remedy::NoPins => json!("no_pins"),
    }
}

/// Why there is no plan.
pub(super) fn conflict(asked: &Asked, conflict: &Conflict) -> Value {
    let request = &asked.request;
    let clash =
        |clash: &Clash| json!({ "kind": kind(clash), "words": words::clash(request, clash) });
    json!({ "conflict": conflict.clashes.iter().map(clash).collect::<Vec<Value>>() })
}

fn kind(clash: &Clash) -> &'static str {
    match clash {
        Clash::NoPeople => "no_people",
        Clash::TooFewPeople { .. } => "too_few_people",
        Clash::NoSlots => "no_slots",
        Clash::NobodyFree => "nobody_free",
        Clash::NoSharedSlot { .. } => "no_shared_slot",
        Clash::Size { .. } => "size",
        Clash::BadSize => "bad_size",
        Clash::TwoOfAKey { .. } => "two_of_a_key",
        Clash::Unknown { .. } => "unknown",
        Clash::BlockTooLarge { .. } => "block_too_large",
        Clash::BlockNeverFree { .. } => "block_never_free",
        Clash::BlockApart { .. } => "block_apart",
        Clash::NoHost { .. } => "no_host",
        Clash::Pins { .. } => "pins",
        Clash::Rules { .. } => "rules",
    }
}
