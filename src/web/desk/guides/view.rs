//! How guides look at the desk.

use maud::{Markup, html};

use super::Desk;
use crate::href;
use crate::insight::guide::sheet::{Part, Said, Sheet};
use crate::insight::participants::zone;
use crate::store::discussions::Group;
use crate::store::notes::Fields as Notes;
use crate::store::organizers::Organizer;
use crate::web::discussion::drawn::{Drawn, files};
use crate::web::discussion::notes::{Both, form};
use crate::web::ui::{guide, layout};
use crate::words::Words;

/// The guide of one group, to read and to print, in the group's language; when and where it meets;
/// and its notes, once it has met.
pub(super) fn page(
    organizer: &Organizer,
    desk: &Desk,
    (group, sheet): &(&Group, Sheet),
    notes: Option<&Notes>,
    done: bool,
) -> Markup {
    let slug = &desk.questionnaire.slug;
    layout::desk(
        organizer,
        "Guide",
        Some(&desk.steps),
        html! {
            @if done { .notice role="status" { p { (english().get("notes-kept")) } } }
            h1.no-print { "Guide" }
            .actions {
                a.primary.button href={ (href::guide(slug, group.id)) "/edit" } { "Change this guide" }
                (print(desk))
            }
            (printed(desk, group, sheet))
            (meeting(desk, group))
            @if let Some(kept) = notes { (form(english(), kept, None, &href::group_notes(slug, group.id))) }
            (again(desk))
        },
    )
}

/// Every guide, each on its own page.
pub(super) fn all(organizer: &Organizer, desk: &Desk, sheets: &[(&Group, Sheet)]) -> Markup {
    layout::desk(
        organizer,
        "Guide",
        Some(&desk.steps),
        html! {
            h1.no-print { @if sheets.len() == 1 { "Guide" } @else { "Guides" } }
            .actions { (print(desk)) }
            @for (group, sheet) in sheets { (printed(desk, group, sheet)) }
            (again(desk))
        },
    )
}

/// The notes of a group when two have written in one field.
pub(super) fn both(
    organizer: &Organizer,
    desk: &Desk,
    group: &Group,
    kept: &Notes,
    both: &Both<'_>,
) -> Markup {
    let slug = &desk.questionnaire.slug;
    layout::desk(
        organizer,
        "Notes",
        Some(&desk.steps),
        html! {
            h1 { "Notes of group " (group.number) }
            (form(english(), kept, Some(both), &href::group_notes(slug, group.id)))
            .actions { a.button.quiet href=(href::guide(slug, group.id)) { "Back to the guide" } }
        },
    )
}

/// The desk's language.
fn english() -> Words {
    Words::of("en")
}

fn print(desk: &Desk) -> Markup {
    html! {
        button type="button" data-js hidden data-print { "Print" }
        a.button.quiet href=(href::desk(&desk.questionnaire.slug, "discussion")) { "Back to the groups" }
    }
}

fn printed(desk: &Desk, group: &Group, sheet: &Sheet) -> Markup {
    let path = href::guide(&desk.questionnaire.slug, group.id);
    html! {
        (guide::guide(sheet, 2))
        nav.take.no-print aria-label={ "Files of group " (group.number) } {
            ul {
                @for ((name, _), label) in files().zip(["PDF, A4", "PDF, Letter", "HTML", "Markdown"]) {
                    li { a href={ (path) "/" (name) } download { (label) } }
                }
            }
        }
    }
}

fn again(desk: &Desk) -> Markup {
    html! {
        section.no-print {
            h2 { "Make the guides again" }
            p { "From the answers as they are now. What you have changed stays; what somebody has taken back is out of the guides without it." }
            form method="post" action=(href::desk(&desk.questionnaire.slug, "discussion/guides")) {
                button { "Make all guides again" }
            }
        }
    }
}

/// Another time or place for a group.
fn meeting(desk: &Desk, group: &Group) -> Markup {
    let zone = zone(&desk.insight.material, &desk.whole);
    let starts =
        group.starts_at.map(|at| at.with_timezone(&zone).format("%Y-%m-%dT%H:%M").to_string());
    let told = desk.whole.discussion.invited_at.is_some();
    html! {
        section.no-print id="meeting" {
            h2 { "When and where" }
            @if told {
                p { "Everybody in the group gets the appointment anew, and their calendars take the change." }
            }
            form.stack method="post" action={ (href::desk(&desk.questionnaire.slug, "discussion")) "/" (group.id) "/meeting" } {
                .field {
                    label for="starts" { "Begins" }
                    p.help id="starts-help" { "On the clock of " (zone.name()) "." }
                    input id="starts" name="starts" type="datetime-local" required value=[starts] aria-describedby="starts-help";
                }
                .field {
                    label for="place" { "Room or link" }
                    input id="place" name="place" maxlength="500" value=(desk.whole.place_of(group));
                }
                .actions { button { @if told { "Change it and tell the group" } @else { "Change it" } } }
            }
        }
    }
}

/// The editor: one form with every part in fields of its own. It needs no script.
pub(super) fn edit(
    organizer: &Organizer,
    desk: &Desk,
    group: &Group,
    parts: &[Part],
    drawn: &Drawn,
    (all, version): (bool, i64),
) -> Markup {
    let path = href::guide(&desk.questionnaire.slug, group.id);
    let language = drawn.language();
    let title = if all { "Change all guides" } else { "Change the guide" };
    let others = desk.whole.groups.iter().filter(|other| other.language == group.language).count();
    layout::desk(
        organizer,
        title,
        Some(&desk.steps),
        html! {
            h1 { (title) }
            @if all {
                p { "What you change here stands in " @if others == 1 { "the guide of the one group" } @else { "the guides of all " (others) " groups" } " that speak" @if others == 1 { "s" } " this language, as far as they have the part. " a href={ (path) "/edit" } { "Change the guide of group " (group.number) " only" } }
            } @else {
                p { "What you change here stands in the guide of group " (group.number) " only. " a href={ (path) "/edit?for=all" } { "Change the guides of all groups" } }
            }
            p { "Change the words of a part, its place, hide it, or add one of your own. Quotes can be hidden, not changed. When guides are made again, your changes stay; the minutes are divided anew." }
            form.editor method="post" action={ (path) "/edit" } {
                input type="hidden" name="version" value=(version);
                input type="hidden" name="for" value=(if all { "all" } else { "group" });
                ol.order.panels {
                    @for (place, part) in (1_u32..).zip(parts) { li { (one(part, place, language)) } }
                    li {
                        h2 { "A part of your own" }
                        .field {
                            label for="own-title" { "Heading" }
                            input id="own-title" name="own-title" maxlength="300" lang=(language);
                        }
                        .field {
                            label for="own-text" { "The question in the first line, then how" }
                            textarea id="own-text" name="own-text" rows="3" lang=(language) {}
                        }
                    }
                }
                .actions {
                    button.primary { "Keep the changes" }
                    a.button.quiet href=(path) { "Back to the guide" }
                }
            }
        },
    )
}

fn one(part: &Part, place: u32, language: &str) -> Markup {
    let key = &part.key;
    let rows = part.text().lines().count().clamp(2, 12);
    html! {
        h2 dir="auto" { (part.title) }
        @if part.newer {
            .notice { p { "Your words stand over other ones than they were written over. It would say now: " q { (part.made.as_deref().unwrap_or_default()) } } }
        }
        .field {
            label for={ "h-" (key) } { "Heading" }
            input type="hidden" name={ "h-was." (key) } value=(part.title);
            input id={ "h-" (key) } name={ "h." (key) } maxlength="300" value=(part.title) lang=(language);
        }
        @if part.key != "agreed" && part.key != "break" {
            .field {
                label for={ "t-" (key) } { "Words, one line each" }
                input type="hidden" name={ "t-was." (key) } value=(part.text());
                textarea id={ "t-" (key) } name={ "t." (key) } rows=(rows) lang=(language) dir="auto" { "\n" (part.text()) }
            }
        }
        .field {
            label for={ "p-" (key) } { "Place" }
            input type="hidden" name={ "place-was." (key) } value=(place);
            input.short id={ "p-" (key) } name={ "place." (key) } inputmode="decimal" value=(place);
        }
        (hide(key, part.hidden, "Hide this part"))
        @for quote in &part.quotes { (quoted(quote)) }
    }
}

fn quoted(quote: &Said) -> Markup {
    html! {
        blockquote.quote dir="auto" { p { (quote.text) } footer { (quote.by) } }
        (hide(&quote.key, quote.hidden, "Hide this quote"))
    }
}

fn hide(key: &str, hidden: bool, label: &str) -> Markup {
    html! {
        input type="hidden" name={ "d-was." (key) } value=(if hidden { "1" } else { "" });
        label.choice {
            input type="checkbox" name={ "d." (key) } value="1" checked[hidden];
            span { (label) }
        }
    }
}
