//! The fields of each kind of question. Everything works without a script; what the script adds
//! (the sum of points, the reader's own time) stands here already, once.

use maud::{Markup, html};

use super::view::Asking;
use crate::domain::condition::CANNOT_SAY;
use crate::domain::kind::{
    Availability, Contact, Free, Kind, Multiple, OWN, Open, Scale, Single, Statements, Vote,
};
use crate::domain::question::Line;
use crate::words::Words;

mod number;
mod points;
mod ranking;
mod times;

/// What the page itself says under a question of this kind, `bare` if the organizer says nothing.
pub(super) fn hint(words: Words, kind: &Kind, bare: bool) -> Option<String> {
    match kind {
        Kind::Multiple(_) if bare => Some(words.get("form-as-many")),
        Kind::Statements(_) if bare => Some(words.get("form-statements-help")),
        Kind::Ranking(_) if bare => Some(words.get("form-ranking-help")),
        Kind::Number(kind) if bare => number::hint(words, kind),
        Kind::Allocation(kind) => {
            let total = [("total", i64::from(kind.total).into())];
            bare.then(|| words.with("form-points", &total))
        }
        Kind::Availability(kind) => Some(times::hint(words, kind)),
        _ => None,
    }
}

/// The fields.
pub(super) fn control(asking: &Asking<'_>, kind: &Kind) -> Markup {
    match kind {
        Kind::Open(kind) => open(asking, kind),
        Kind::Single(Single { options, other }) => choices(asking, "radio", options, *other),
        Kind::Multiple(Multiple { options, other }) => choices(asking, "checkbox", options, *other),
        Kind::Scale(kind) => scale(asking, kind),
        Kind::Statements(kind) => statements(asking, kind),
        Kind::Ranking(kind) => ranking::ranking(asking, kind),
        Kind::Number(kind) => number::number(asking, kind),
        Kind::Allocation(kind) => points::allocation(asking, kind),
        Kind::Availability(kind) => availability(asking, kind),
        Kind::Contact(kind) => contact(asking, kind),
    }
}

fn open(asking: &Asking<'_>, kind: &Open) -> Markup {
    let typed = asking.fields.get(&asking.name).unwrap_or_default();
    html! {
        // HTML drops the first line end of a text area: this one, and not the reader's.
        textarea.answer.long[kind.long].short[!kind.long] id={ "a-" (asking.key) } name=(asking.name)
            rows=(if kind.long { 8 } else { 2 }) dir="auto" required[asking.required]
            aria-describedby=[asking.described.as_deref()] aria-invalid=[asking.wrong()] {
            "\n" (typed)
        }
        @if let Some(most) = kind.most {
            @let most_words = [("most", i64::from(most).into())];
            p.help lang=[asking.ours] { (asking.words.with("form-most", &most_words)) }
            p.counter data-for={ "a-" (asking.key) } data-max=(most) lang=[asking.ours] {}
        }
    }
}

fn choices(asking: &Asking<'_>, r#type: &str, options: &[Line], other: bool) -> Markup {
    let name = asking.name.as_str();
    let ticked = |key: &str| asking.fields.has(name, key);
    // A group of radio buttons says it once, itself.
    let wrong = if r#type == "checkbox" { asking.wrong() } else { None };
    let text = asking.fields.get(&format!("{name}.other")).unwrap_or_default();
    html! {
        .choices {
            @for line in options {
                label.choice {
                    input type=(r#type) name=(name) value=(line.key) checked[ticked(&line.key)]
                        aria-invalid=[wrong];
                    span dir="auto" lang=[asking.tongue(&line.key)] { (line.text) }
                }
            }
            @if other {
                .choice.other lang=[asking.ours] {
                    label {
                        input type=(r#type) name=(name) value="other"
                            checked[ticked("other") || (!text.is_empty() && r#type == "checkbox")];
                        span { (asking.words.get("form-other")) }
                    }
                    input type="text" name={ (name) ".other" } value=(text) dir="auto"
                        aria-label=(asking.words.get("form-other-text"));
                }
            }
        }
    }
}

fn scale(asking: &Asking<'_>, kind: &Scale) -> Markup {
    html! {
        .scale {
            span.end dir="auto" lang=[asking.tongue("low")] { (kind.low) }
            @for point in 1..=kind.points {
                @let value = point.to_string();
                label.point {
                    input type="radio" name=(asking.name) value=(value)
                        checked[asking.fields.has(&asking.name, &value)];
                    span {
                        (value)
                        @if point == 1 && !kind.low.is_empty() { span.vh { " " (kind.low) } }
                        @if point == kind.points && !kind.high.is_empty() {
                            span.vh { " " (kind.high) }
                        }
                    }
                }
            }
            span.end dir="auto" lang=[asking.tongue("high")] { (kind.high) }
        }
        @if kind.cannot_say {
            label.choice.cannot-say lang=[asking.ours] {
                input type="radio" name=(asking.name) value=(CANNOT_SAY)
                    checked[asking.fields.has(&asking.name, CANNOT_SAY)];
                span { (asking.words.get("form-cannot-say")) }
            }
        }
    }
}

fn statements(asking: &Asking<'_>, kind: &Statements) -> Markup {
    html! {
        ol.statements data-one-by-one[kind.one_by_one] {
            @for line in &kind.statements {
                @let name = format!("{}.{}", asking.name, line.key);
                li.statement {
                    fieldset {
                        legend dir="auto" lang=[asking.tongue(&line.key)] { (line.text) }
                        .votes lang=[asking.ours] {
                            @for vote in Vote::ALL {
                                label class={ "vote " (vote.key()) } {
                                    input type="radio" name=(name) value=(vote.key())
                                        checked[asking.fields.has(&name, vote.key())];
                                    span { (asking.words.get(&format!("form-{}", vote.key()))) }
                                }
                            }
                        }
                    }
                }
            }
        }
        @if kind.own { (own_statements(asking)) }
    }
}

/// Room for statements of one's own: one field, and a further one for each that was written.
fn own_statements(asking: &Asking<'_>) -> Markup {
    let name = format!("{}.{OWN}", asking.name);
    let written: Vec<&str> = asking.fields.all(&name).filter(|t| !t.trim().is_empty()).collect();
    let fields = (written.len() + 1).clamp(2, 3);
    let words = asking.words;
    html! {
        .own lang=[asking.ours] {
            p.help id={ "own-" (asking.key) } { (words.get("form-own-help")) }
            @for place in 0..fields {
                @let label = words.with("form-own", &[("number", (place + 1).into())]);
                textarea name=(name) rows="2" dir="auto" aria-label=(label)
                    aria-describedby={ "own-" (asking.key) } {
                    "\n" (written.get(place).copied().unwrap_or_default())
                }
            }
        }
    }
}

fn availability(asking: &Asking<'_>, kind: &Availability) -> Markup {
    let words = asking.words;
    let word = |free: Free| words.get(&format!("form-slot-{}", free.key()));
    let look = |free: Free| if free == Free::IfNeedBe { "maybe" } else { free.key() };
    html! {
        table.slots lang=[asking.ours] {
            thead {
                tr {
                    th scope="col" { (words.get("form-slot-time")) }
                    @for free in Free::ALL { th scope="col" { (word(free)) } }
                }
            }
            tbody {
                @for slot in &kind.slots {
                    @let name = format!("{}.{}", asking.name, slot.key);
                    @let id = format!("s-{}-{}", asking.key, slot.key);
                    tr {
                        th scope="row" id=(id) { (times::time(words, slot.start, &kind.zone)) }
                        @for free in Free::ALL {
                            td {
                                label class={ "slot " (look(free)) } {
                                    input type="radio" name=(name) value=(free.key())
                                        aria-describedby=(id)
                                        checked[asking.fields.has(&name, free.key())];
                                    span { (word(free)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn contact(asking: &Asking<'_>, kind: &Contact) -> Markup {
    let words = asking.words;
    let name = |part: &str| format!("{}.{part}", asking.name);
    let typed = |part: &str| asking.fields.get(&name(part)).unwrap_or_default();
    let id = |part: &str| format!("{part}-{}", asking.key);
    let described = asking
        .problem
        .map_or_else(|| id("mail-help"), |_| format!("{} p-{}", id("mail-help"), asking.key));
    html! {
        .contact lang=[asking.ours] {
            .field {
                label for=(id("name")) { (words.get("form-name")) }
                input id=(id("name")) name=(name("name")) value=(typed("name")) autocomplete="name"
                    maxlength="120" dir="auto";
            }
            .field {
                label for=(id("mail")) { (words.get("form-address")) }
                p.help id=(id("mail-help")) { (words.get("form-address-help")) }
                input id=(id("mail")) name=(name("address")) value=(typed("address")) type="email"
                    autocomplete="email" spellcheck="false" aria-describedby=(described)
                    aria-invalid=[asking.wrong()];
            }
        }
        .consents lang=[asking.ours] {
            @for consent in &kind.consents {
                label.consent {
                    input type="checkbox" name=(name(consent.key())) value="yes"
                        checked[asking.fields.has(&name(consent.key()), "yes")];
                    span { (words.get(&format!("form-consent-{}", consent.key()))) }
                }
            }
        }
    }
}
