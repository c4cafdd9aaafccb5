//! The plan for reading.

use std::fmt::Write as _;

use super::file::Asked;
use super::words;
use crate::analysis::seating::{Plan, Request};

/// The plan as lines.
pub(super) fn listed(asked: &Asked, plan: &Plan) -> String {
    let request = &asked.request;
    let score = &plan.score;
    let mut text = String::new();
    // Writing to a string does not fail, here and below.
    _ = writeln!(
        text,
        "{} of {} people have a seat, in {} groups; {:.0} % of the way from chance to the best thinkable mix.",
        score.placed,
        score.people,
        plan.groups.len(),
        score.gap_closed * 100.0
    );
    let said = [
        (score.if_need_be, "come “if need be”"),
        (score.alone, "times somebody carries a tag alone"),
        (score.moved, "sit elsewhere than in the previous plan"),
    ];
    for (count, what) in said.into_iter().filter(|(count, _)| *count > 0) {
        _ = writeln!(text, "{count} {what}.");
    }
    for (number, group) in (1..).zip(&plan.groups) {
        let slot = request.slots.get(group.slot).map_or("?", |slot| &slot.key);
        let host = group.host.map(|leader| words::leader(request, leader));
        let host = host.map_or_else(String::new, |host| format!(", host {host}"));
        let kept = group.key.as_ref().map_or_else(String::new, |key| format!(" ({key})"));
        _ = writeln!(
            text,
            "\nGroup {number}{kept}: {slot}, {}{host}, like everybody {:.0} of 100",
            group.language, group.mix
        );
        let people: Vec<usize> = group.seats.iter().map(|seat| seat.person).collect();
        _ = writeln!(text, "  {}", names(request, &people));
    }
    for (number, round) in (1..).zip(&plan.rounds) {
        _ = writeln!(text, "\nRound {number}");
        for (table, people) in (1..).zip(round) {
            _ = writeln!(text, "  {table}: {}", names(request, people));
        }
    }
    if !plan.unplaced.is_empty() {
        text.push_str("\nWithout a seat\n");
    }
    for (place, why) in &plan.unplaced {
        _ = writeln!(text, "  {}: {}", names(request, &[*place]), words::unplaced(*why));
    }
    if !plan.helps.is_empty() {
        text.push_str("\nWhat would help\n");
    }
    for help in &plan.helps {
        let what = words::remedy(request, &help.what);
        let people = if help.more == 1 { "1 person" } else { &format!("{} people", help.more) };
        _ = writeln!(text, "  {what}: +{people}");
    }
    _ = writeln!(text, "\nSeed {}, input {}", plan.seed, plan.input_hash);
    text
}

fn names(request: &Request, people: &[usize]) -> String {
    let key = |place: &usize| request.people.get(*place).map_or("?", |person| &person.key);
    people.iter().map(key).collect::<Vec<&str>>().join(", ")
}
