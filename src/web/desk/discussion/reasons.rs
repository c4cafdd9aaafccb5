//! Reasons in words: of a seat, and of none.

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
            // Inside a sentence it does without its own full stop.
            let text = text.trim_end_matches(['.', '。']);
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
        Because::NoTime => "None of the times suits them.",
        Because::Silent => "They have not said when they can come.",
        Because::TooFewThen => "At none of their times can enough others come.",
        Because::Language => "Nobody else speaks their language at their times.",
        Because::NoHost => "Nobody can lead a group at their times and in their language.",
        Because::Together => {
            "Those they must sit with cannot come where they can, or there is no room for all."
        }
        Because::Apart => "In every group they could join sits somebody they must not meet.",
        Because::NoRoom => "All groups that can meet at their times are full.",
        Because::ByHand => "You took them out of their group.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_statement_does_without_its_full_stop() {
        let of = |text: &str| {
            let view = View::Statement { text: text.to_owned() };
            reason(&SeatReason::Brings { view, own: 1.0, others: 0.0 })
        };
        let said = "Agrees with “Tools stay limited”; the others mostly disagree.";
        assert_eq!(of("Tools stay limited."), said);
        assert_eq!(of("工具有限。"), "Agrees with “工具有限”; the others mostly disagree.");
        assert_eq!(of("Is it?"), "Agrees with “Is it?”; the others mostly disagree.");
    }
}
