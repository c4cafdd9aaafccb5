//! What somebody answered, in lines to read: each kind of question in its own manner, words
//! exactly as they were written.

use maud::{Markup, html};

use crate::domain::consent::Consent;
use crate::domain::kind::{Kind, OTHER, Vote};
use crate::domain::question::{Line, text_of};
use crate::domain::{Answer, Wording};
use crate::words::Words;

/// The lines of one answer, each for a `dd`.
pub fn lines(words: Words, wording: &Wording, answer: &Answer) -> Vec<Markup> {
    let none: &[Line] = &[];
    match (answer, &wording.kind) {
        (Answer::Open(text), _) => vec![verbatim(text)],
        (Answer::Single(chosen) | Answer::Multiple(chosen), kind) => {
            let options = match kind {
                Kind::Single(kind) => kind.options.as_slice(),
                Kind::Multiple(kind) => kind.options.as_slice(),
                _ => none,
            };
            let named = chosen.options.iter().map(|key| verbatim(name(options, key)));
            named.chain(chosen.other.as_deref().map(verbatim)).collect()
        }
        (Answer::Scale(point), Kind::Scale(kind)) => {
            let values =
                [("point", i64::from(*point).into()), ("points", i64::from(kind.points).into())];
            vec![html! { (words.with("receipt-scale", &values)) }]
        }
        (Answer::Scale(point), _) => vec![html! { (point) }],
        (Answer::CannotSay, _) => vec![html! { (words.get("form-cannot-say")) }],
        (Answer::Number(number), kind) => {
            let unit = if let Kind::Number(kind) = kind { kind.unit.as_str() } else { "" };
            vec![html! { (number) @if !unit.is_empty() { " " (unit) } }]
        }
        (Answer::Ranking(keys), kind) => (1_usize..)
            .zip(keys)
            .map(|(place, key)| html! { (place) ". " bdi { (name(kind.lines(), key)) } })
            .collect(),
        (Answer::Statements(votes), kind) => {
            let statements =
                if let Kind::Statements(kind) = kind { kind.statements.as_slice() } else { none };
            let said = |vote: Vote| words.get(&format!("form-{}", vote.key()));
            let signs = votes.votes.iter().map(|(key, vote)| (key, said(vote)));
            let own = votes.own.iter().map(|text| labelled(words, &words.get("receipt-own"), text));
            in_order(words, statements, signs).into_iter().chain(own).collect()
        }
        (Answer::Availability(free), kind) => {
            let Kind::Availability(kind) = kind else { return vec![] };
            let zone = kind.zone.parse().unwrap_or(chrono_tz::UTC);
            let told = kind.slots.iter().filter_map(|slot| {
                let free = free.get(&slot.key)?;
                let free = words.get(&format!("form-slot-{}", free.key()));
                Some(labelled(words, &free, &words.date_time(slot.start, zone)))
            });
            told.collect()
        }
        (Answer::Allocation(shares), kind) => {
            let Kind::Allocation(kind) = kind else { return vec![] };
            let total = i64::from(kind.total);
            let said = |points: u32| {
                let values = [("points", i64::from(points).into()), ("total", total.into())];
                words.with("receipt-points", &values)
            };
            let of_options = shares.points.iter().filter(|(key, _)| *key != OTHER);
            let of_options = of_options.map(|(key, points)| (key.as_str(), said(*points)));
            let mut lines = in_order(words, &kind.options, of_options);
            let points = shares.points.get(OTHER).copied();
            if points.is_some() || shares.other.is_some() {
                let other = shares.other.clone().unwrap_or_else(|| words.get("form-other"));
                lines.push(labelled(words, &said(points.unwrap_or(0)), &other));
            }
            lines
        }
        (Answer::Contact(contact), _) => {
            let known = [&contact.name, &contact.address];
            let known = known.into_iter().filter(|text| !text.is_empty());
            let allowed = Consent::ALL.into_iter().filter(|consent| contact.allows(*consent));
            let allowed =
                allowed.map(|consent| words.get(&format!("form-consent-{}", consent.key())));
            known.map(|text| verbatim(text)).chain(allowed.map(|text| html! { (text) })).collect()
        }
    }
}

/// Values by key as lines, in the order of the question.
fn in_order<'a>(
    words: Words,
    of: &'a [Line],
    values: impl Iterator<Item = (&'a str, String)>,
) -> Vec<Markup> {
    let mut values: Vec<(&str, String)> = values.collect();
    values.sort_by_key(|(key, _)| of.iter().position(|line| line.key == *key));
    values.iter().map(|(key, value)| labelled(words, value, name(of, key))).collect()
}

fn name<'a>(of: &'a [Line], key: &'a str) -> &'a str {
    text_of(of, key).unwrap_or(key)
}

/// No element around it: the direction of the `dd` follows its words.
fn verbatim(text: &str) -> Markup {
    html! { (text) }
}

/// What was said, and of what.
pub(in crate::web) fn labelled(words: Words, said: &str, of: &str) -> Markup {
    html! { strong { (said) } (words.get("receipt-colon")) bdi { (of) } }
}
