//! Reasons in words: of a seat, of none, of no groups at all.

use crate::acts::make_groups::NoGroups;
use crate::analysis::seating::Clash;
use crate::insight::Insight;
use crate::insight::brief::people;
use crate::insight::seats::{Because, SeatReason, View};

/// Why this seat.
pub(super) fn seat(reasons: &[SeatReason]) -> String {
    let said: Vec<String> = reasons.iter().map(reason).collect();
    if said.is_empty() { "Can come at this time.".to_owned() } else { said.join(" ") }
}

fn reason(reason: &SeatReason) -> String {
    match reason {
        SeatReason::OnlyTime => "This is the only time at which they can come.".to_owned(),
        SeatReason::SharedTime { could, if_need_be } => {
            let need = if *if_need_be { ", this one if need be" } else { "" };
            match could {
                1 => format!("Can come at this time only{need}."),
                could => format!("Can come at {could} of the times{need}."),
            }
        }
        SeatReason::Brings { view, own, others } => brings(view, *own, *others),
    }
}

fn brings(view: &View, own: f64, others: f64) -> String {
    match view {
        View::Statement { text } => {
            let side = |value: f64| {
                if value > 0.6 {
                    "agree"
                } else if value < 0.4 {
                    "disagree"
                } else {
                    "are divided"
                }
            };
            let own = match side(own) {
                "agree" => "Agrees",
                "disagree" => "Disagrees",
                _ => "Passes",
            };
            format!("{own} with “{text}”; the others {}.", of_the_others(side(others)))
        }
        View::Option { text } => format!(
            "Gives {:.0} % to “{}”; the others {:.0} % on average.",
            own * 100.0,
            text.as_deref().unwrap_or("something else"),
            others * 100.0
        ),
        View::Scale { prompt } => {
            let where_to = if own > others { "higher" } else { "lower" };
            format!("Stands {where_to} than the others on “{prompt}”.")
        }
        View::Theme { label } if own > others => {
            format!("Speaks of “{label}”; {} of the others do.", few(others))
        }
        View::Theme { label } => format!("Does not speak of “{label}”, as most of the others do."),
    }
}

fn of_the_others(side: &str) -> &str {
    match side {
        "agree" => "mostly agree",
        "disagree" => "mostly disagree",
        _ => "are divided or pass",
    }
}

fn few(share: f64) -> &'static str {
    if share < 0.05 {
        "none"
    } else if share < 0.5 {
        "few"
    } else {
        "most"
    }
}

/// Why there is no seat.
pub(super) fn waiting(because: Because) -> &'static str {
    match because {
        Because::NoTime => "None of the times suits them, or they named none.",
        Because::TooFewThen => "At none of their times can enough others come.",
        Because::Language => "Nobody else speaks their language at their times.",
        Because::NoRoom => "All groups that can meet at their times are full.",
    }
}

/// Why there are no groups, and what would help.
pub(super) fn no_groups(problem: &NoGroups, insight: &Insight) -> String {
    let conflict = match problem {
        NoGroups::Told => {
            return "The appointments are out: groups that people were told about stay as they are."
                .to_owned();
        }
        NoGroups::Conflict(conflict) => conflict,
        NoGroups::Database(_) | NoGroups::Other(_) => return String::new(),
    };
    match conflict.first() {
        Clash::NoPeople => "Nobody wants to join yet.".to_owned(),
        Clash::TooFewPeople { people: count, low } => format!(
            "Only {} to join, and the smallest group has {low}. Choose smaller groups, or ask more readers.",
            wants(*count)
        ),
        Clash::NoSlots => {
            "There is no time ahead to meet at. Add times to the question about availability."
                .to_owned()
        }
        Clash::NobodyFree => {
            "Nobody who wants to join can come at any of the times. Offer other times.".to_owned()
        }
        Clash::NoSharedSlot { free, low, .. } => format!(
            "At no time can enough people come: at the best one {}, and the smallest group has {low}. Offer other times, or choose smaller groups.",
            people(*free)
        ),
        Clash::Size { people: count, low, high } => format!(
            "{} cannot be parted into groups of {low} to {high}. Allow other sizes.",
            people(*count)
        ),
        // Rules, pins and hosts cannot be asked for yet.
        _ => {
            let joining = insight.material.joining().count();
            format!("Groups of that size cannot be made of {}.", people(joining))
        }
    }
}

fn wants(count: usize) -> String {
    if count == 1 { "1 person wants".to_owned() } else { format!("{count} people want") }
}
