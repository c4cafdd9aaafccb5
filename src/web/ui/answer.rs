//! An answer as it was given, to read: on a receipt, at the desk.

use maud::{Markup, html};

use crate::domain::Answer;
use crate::domain::kind::{Free, Kind, OTHER, Vote};
use crate::words::Words;

/// The answer to a question of this kind; `label` gives the words of a line by its key.
pub fn answer(words: Words, kind: &Kind, given: &Answer, label: impl Fn(&str) -> String) -> Markup {
    match given {
        Answer::Open(text) => html! { span dir="auto" { (text) } },
        Answer::Single(chosen) | Answer::Multiple(chosen) => {
            let mut lines: Vec<String> = chosen.options.iter().map(|key| label(key)).collect();
            lines.extend(chosen.other.iter().map(|text| {
                let other = words.get("form-other");
                if text.is_empty() { other } else { format!("{other}: {text}") }
            }));
            each(&lines)
        }
        Answer::Scale(point) => {
            let points = match kind {
                Kind::Scale(scale) => scale.points,
                _ => *point,
            };
            let values =
                [("point", usize::from(*point).into()), ("points", usize::from(points).into())];
            html! { (words.with("receipt-scale", &values)) }
        }
        Answer::Statements(votes) => {
            let lines: Vec<String> = votes
                .iter()
                .map(|(key, vote)| format!("{}: {}", label(key), voted(words, *vote)))
                .collect();
            each(&lines)
        }
        Answer::Allocation(shares) => {
            let lines: Vec<String> = shares
                .points
                .iter()
                .map(|(key, points)| match (key.as_str(), &shares.other) {
                    (OTHER, Some(text)) => format!("{points}: {}: {text}", words.get("form-other")),
                    (OTHER, None) => format!("{points}: {}", words.get("form-other")),
                    (key, _) => format!("{points}: {}", label(key)),
                })
                .collect();
            each(&lines)
        }
        Answer::Availability(free) => {
            let times: Vec<(String, &str)> = match kind {
                Kind::Availability(offered) => {
                    let zone = offered.zone.parse().unwrap_or(chrono_tz::Tz::UTC);
                    let slots = offered.slots.iter();
                    slots
                        .map(|slot| (words.date_time(slot.start, zone), slot.key.as_str()))
                        .collect()
                }
                _ => vec![],
            };
            let lines: Vec<String> = times
                .into_iter()
                .filter_map(|(time, key)| {
                    Some(format!("{time}: {}", can_come(words, *free.get(key)?)))
                })
                .collect();
            each(&lines)
        }
        Answer::Contact(contact) => {
            let mut lines: Vec<String> = [&contact.name, &contact.address]
                .into_iter()
                .filter(|text| !text.is_empty())
                .cloned()
                .collect();
            let consents = contact.consents.iter();
            lines.extend(consents.map(|c| words.get(&format!("form-consent-{}", c.key()))));
            each(&lines)
        }
    }
}

fn each(lines: &[String]) -> Markup {
    html! { ul.plain { @for line in lines { li dir="auto" { (line) } } } }
}

fn voted(words: Words, vote: Vote) -> String {
    words.get(match vote {
        Vote::Agree => "form-agree",
        Vote::Disagree => "form-disagree",
        Vote::Pass => "form-pass",
    })
}

fn can_come(words: Words, free: Free) -> String {
    words.get(&format!("form-slot-{}", free.key()))
}
