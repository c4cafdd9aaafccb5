//! The fields by which each kind of question is edited.

use maud::{Markup, html};

use crate::domain::consent::Consent;
use crate::domain::kind::{Amount, Kind};
use crate::domain::question::Line;

/// What can be added, with its name.
pub(super) const KINDS: [(&str, &str); 10] = [
    ("open", "Open question"),
    ("single", "One option"),
    ("multiple", "Several options"),
    ("scale", "Scale"),
    ("statements", "Statements to agree or disagree with"),
    ("ranking", "Options to rank"),
    ("allocation", "100 points to share"),
    ("number", "A number"),
    ("availability", "When could you come?"),
    ("contact", "Name, address and consents"),
];

/// Time zones that are offered first; any other IANA name can be typed.
const ZONES: [&str; 12] = [
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

/// The fields by which a kind is edited.
pub(super) fn fields(
    kind: &Kind,
    name: &dyn Fn(&str) -> String,
    field: &dyn Fn(&str) -> String,
) -> Markup {
    let lines = |label: &str, lines: &[Line]| {
        let keys: Vec<String> =
            lines.iter().map(|line| format!("{}={}", line.key, line.text)).collect();
        let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        html! {
            input type="hidden" name=(name("keys")) value=(keys.join("\n"));
            .field {
                label for=(field("lines")) { (label) }
                textarea id=(field("lines")) name=(name("lines")) rows=(texts.len().clamp(3, 14)) {
                    "\n" (texts.join("\n"))
                }
            }
        }
    };
    let other = |ticked: bool| {
        tick(
            &name("other"),
            &field("other"),
            ticked,
            "Offer “something else” with a field to write",
        )
    };
    let text = |part: &str, label: &str, value: &str| {
        html! {
            .field {
                label for=(field(part)) { (label) }
                input id=(field(part)) name=(name(part)) value=(value);
            }
        }
    };
    match kind {
        Kind::Open(kind) => html! {
            (tick(&name("long"), &field("long"), kind.long, "A longer text is welcome"))
            (text("most", "How many characters are plenty (empty: no counter; longer texts are kept all the same)",
                &kind.most.map(|most| most.to_string()).unwrap_or_default()))
        },
        Kind::Ranking(kind) => lines("Options to rank, one a line", &kind.options),
        Kind::Number(kind) => {
            let amount = |amount: Option<Amount>| amount.map(|a| a.to_string()).unwrap_or_default();
            html! {
                (text("least", "Smallest number that fits (empty: any)", &amount(kind.least)))
                (text("most", "Largest number that fits (empty: any)", &amount(kind.most)))
                (text("unit", "Unit behind the field, such as “years”", &kind.unit))
                (tick(&name("whole"), &field("whole"), kind.whole, "Only whole numbers"))
            }
        }
        Kind::Single(kind) => {
            html! { (lines("Options, one a line", &kind.options)) (other(kind.other)) }
        }
        Kind::Multiple(kind) => {
            html! { (lines("Options, one a line", &kind.options)) (other(kind.other)) }
        }
        Kind::Allocation(kind) => {
            html! { (lines("Options, one a line", &kind.options)) (other(kind.other)) }
        }
        Kind::Statements(kind) => html! {
            (lines("Statements, one a line", &kind.statements))
            (tick(&name("own"), &field("own"), kind.own,
                "Readers may add statements of their own; you decide which others see"))
            (tick(&name("one_by_one"), &field("one_by_one"), kind.one_by_one,
                "Show one statement after the other"))
        },
        Kind::Scale(kind) => html! {
            (text("points", "How many points (2 to 11)", &kind.points.to_string()))
            (text("low", "What the first point means", &kind.low))
            (text("high", "What the last point means", &kind.high))
            (tick(&name("cannot_say"), &field("cannot_say"), kind.cannot_say, "Offer “I can’t say”"))
        },
        Kind::Availability(kind) => {
            let zone: chrono_tz::Tz = kind.zone.parse().unwrap_or(chrono_tz::Tz::UTC);
            let local = |slot: &crate::domain::kind::Slot| {
                slot.start.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string()
            };
            let slots: Vec<String> = kind.slots.iter().map(local).collect();
            let minutes = kind.slots.first().map_or(90, |slot| slot.minutes);
            html! {
                .field {
                    label for=(field("slots")) { "Possible times, one a line" }
                    p.help { "Such as 2026-12-03 19:00, on the clock of the time zone below." }
                    textarea id=(field("slots")) name=(name("slots")) rows=(slots.len().clamp(3, 14)) {
                        "\n" (slots.join("\n"))
                    }
                }
                .field {
                    label for=(field("zone")) { "Time zone" }
                    input id=(field("zone")) name=(name("zone")) value=(kind.zone) list=(field("zones"));
                    datalist id=(field("zones")) { @for zone in ZONES { option value=(zone) {} } }
                }
                (text("minutes", "How long, in minutes", &minutes.to_string()))
            }
        }
        Kind::Contact(kind) => html! {
            fieldset.field {
                legend { "What readers may allow" }
                @for consent in Consent::ALL {
                    (tick(&name(consent.key()), &field(consent.key()), kind.consents.contains(&consent), consent_name(consent)))
                }
            }
        },
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
