//! How each kind of question is drawn in the editor: the reader's controls where they will stand,
//! what can be changed of them as fields.

use maud::{Markup, html};

use super::lines::{self, Look};
use super::question::Drawn;
use crate::domain::consent::Consent;
use crate::domain::kind::{Amount, Availability, Kind, Scale};

/// What can be added: its word, its name, what readers do.
pub(super) const KINDS: [(&str, &str, &str); 10] = [
    ("open", "Open question", "They write in their own words"),
    ("single", "One option", "They choose one of several"),
    ("multiple", "Several options", "They choose as many as they like"),
    ("scale", "Scale", "A point between two ends"),
    ("statements", "Statements", "Agree, disagree or pass, line by line"),
    ("ranking", "Ranking", "They put options in an order"),
    ("allocation", "100 points", "They share points among options"),
    ("number", "Number", "They write a number"),
    ("availability", "Times", "When they could come"),
    ("contact", "Name and address", "Who they are and what they allow"),
];

/// Time zones that are offered first; any other IANA name can be typed.
pub(super) const ZONES: [&str; 12] = [
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Paris",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
];

fn nothing() -> Markup {
    html! {}
}

/// The three buttons under a statement.
fn votes() -> Markup {
    html! {
        span.ghosts aria-hidden="true" { span { "Agree" } span { "Disagree" } span { "Pass" } }
    }
}

/// The field for points beside an option.
fn points() -> Markup {
    html! { span.ghost.points aria-hidden="true" { "0" } }
}

/// What readers answer with, and what can be changed of it.
pub(super) fn fields(q: &Drawn<'_>, language: &str) -> Markup {
    let options = |sign: &'static str, ghost: fn() -> Markup| Look { one: "Option", sign, ghost };
    let other = |ticked: bool| {
        tick(&q.name("other"), &q.id("other"), ticked, "… and “something else”, to write")
    };
    match &q.placed.wording.kind {
        Kind::Open(kind) => html! {
            .ghost.room.long[kind.long] aria-hidden="true" { "Readers write here" }
        },
        Kind::Single(kind) => html! {
            (lines::edited(q, &options("○", nothing), &kind.options, language)) (other(kind.other))
        },
        Kind::Multiple(kind) => html! {
            (lines::edited(q, &options("☐", nothing), &kind.options, language)) (other(kind.other))
        },
        Kind::Ranking(kind) => lines::edited(q, &options("⠿", nothing), &kind.options, language),
        Kind::Allocation(kind) => html! {
            (lines::edited(q, &options("", points), &kind.options, language)) (other(kind.other))
        },
        Kind::Statements(kind) => {
            let look = Look { one: "Statement", sign: "", ghost: votes };
            lines::edited(q, &look, &kind.statements, language)
        }
        Kind::Scale(kind) => scale(q, kind),
        Kind::Number(kind) => html! {
            .number-of {
                span.ghost.points aria-hidden="true" { "0" }
                .pair {
                    input name=(q.name("unit")) value=(kind.unit) placeholder="Unit, such as “years”"
                        aria-label={ "Unit of " (q.of()) };
                    (q.beside("tr.unit", "The unit", "", &kind.unit, q.beside.line("unit")))
                }
            }
        },
        Kind::Availability(kind) => times(q, kind),
        Kind::Contact(kind) => html! {
            .ghost.room aria-hidden="true" { "Name" }
            .ghost.room aria-hidden="true" { "Mail address" }
            fieldset.consents-of {
                legend { "What readers can allow, each with a tick of its own" }
                @for consent in Consent::ALL {
                    (tick(&q.name(consent.key()), &q.id(consent.key()), kind.consents.contains(&consent), consent_name(consent)))
                }
            }
        },
    }
}

fn scale(q: &Drawn<'_>, kind: &Scale) -> Markup {
    let end = |part: &str, what: &str, text: &str| {
        html! {
            .pair {
                input name=(q.name(part)) value=(text) placeholder={ "What the " (what) " point means" }
                    aria-label={ "What the " (what) " point of " (q.of()) " means" };
                (q.beside(&format!("tr.{part}"), &format!("What the {what} point means"), "", text, q.beside.line(part)))
            }
        }
    };
    html! {
        .scale-of {
            .ends { (end("low", "first", &kind.low)) (end("high", "last", &kind.high)) }
            .ghosts aria-hidden="true" { @for point in 1..=kind.points { span { (point) } } }
        }
    }
}

fn times(q: &Drawn<'_>, kind: &Availability) -> Markup {
    let zone: chrono_tz::Tz = kind.zone.parse().unwrap_or(chrono_tz::Tz::UTC);
    let local = kind
        .slots
        .iter()
        .map(|slot| slot.start.with_timezone(&zone).format("%Y-%m-%dT%H:%M").to_string());
    let minutes = kind.slots.first().map_or(90, |slot| slot.minutes);
    html! {
        ol.lines.times data-lines="Time" {
            @for (number, start) in (1..).zip(local.chain([String::new()])) {
                li.line.fresh[start.is_empty()] {
                    .own {
                        input type="datetime-local" name=(q.name("slot")) value=(start)
                            aria-label={ "Time " (number) " of " (q.of()) };
                        @if !start.is_empty() {
                            span.ghosts aria-hidden="true" { span { "Yes" } span { "If need be" } span { "No" } }
                        }
                    }
                }
            }
        }
        .trio {
            .field {
                label for=(q.id("minutes")) { "Minutes" }
                input.short id=(q.id("minutes")) name=(q.name("minutes")) inputmode="numeric" value=(minutes);
            }
            .field {
                label for=(q.id("zone")) { "On the clock of" }
                input.zone id=(q.id("zone")) name=(q.name("zone")) value=(kind.zone) list="zones";
            }
        }
    }
}

/// What is rarely changed of how a question is answered.
pub(super) fn settings(q: &Drawn<'_>) -> Markup {
    let short = |part: &str, label: &str, value: String| {
        html! {
            .small-field {
                label for=(q.id(part)) { (label) }
                input.short id=(q.id(part)) name=(q.name(part)) inputmode="decimal" value=(value);
            }
        }
    };
    let box_of =
        |part: &str, ticked: bool, label: &str| tick(&q.name(part), &q.id(part), ticked, label);
    let said = |amount: Option<Amount>| amount.map(|a| a.to_string()).unwrap_or_default();
    match &q.placed.wording.kind {
        Kind::Open(kind) => html! {
            (box_of("long", kind.long, "A longer text is welcome"))
            (rare(kind.most.is_some(), q, html! {
                (short("most", "Count characters up to", kind.most.map(|most| most.to_string()).unwrap_or_default()))
            }))
        },
        Kind::Scale(kind) => html! {
            .small-field {
                label for=(q.id("points")) { "Points" }
                select id=(q.id("points")) name=(q.name("points")) data-now {
                    @for points in 2..=11_u8 { option value=(points) selected[points == kind.points] { (points) } }
                }
            }
            (box_of("cannot_say", kind.cannot_say, "Offer “I can’t say”"))
        },
        Kind::Statements(kind) => html! {
            (box_of("own", kind.own, "Readers may add statements; you decide which others see"))
            (box_of("one_by_one", kind.one_by_one, "One after the other"))
        },
        Kind::Number(kind) => html! {
            (short("least", "At least", said(kind.least)))
            (short("most", "At most", said(kind.most)))
            (box_of("whole", kind.whole, "Whole numbers only"))
        },
        Kind::Single(_)
        | Kind::Multiple(_)
        | Kind::Ranking(_)
        | Kind::Allocation(_)
        | Kind::Availability(_)
        | Kind::Contact(_) => html! {},
    }
}

/// What few ever need, folded away.
fn rare(open: bool, q: &Drawn<'_>, what: Markup) -> Markup {
    html! {
        details.rare open[open] {
            summary { "More" span.vh { " of " (q.of()) } }
            (what)
        }
    }
}

/// A box to tick.
pub(super) fn tick(name: &str, id: &str, ticked: bool, label: &str) -> Markup {
    html! {
        label.check for=(id) {
            input type="checkbox" id=(id) name=(name) value="yes" checked[ticked];
            " " span { (label) }
        }
    }
}

fn consent_name(consent: Consent) -> &'static str {
    match consent {
        Consent::Join => "I want to join the discussion",
        Consent::Contact => "You may write to me about it",
        Consent::Quote => "You may quote me without my name",
        Consent::QuoteNamed => "You may quote me with my name",
        Consent::Group => "My group may see my answers",
    }
}
