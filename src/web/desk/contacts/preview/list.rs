//! Who is on a list that waits, line by line: as they will be kept, left out, not understood.

use maud::{Markup, html};

use super::super::form::{number, people};
use super::super::reason;
use super::Page;
use crate::acts::add_contacts::{Planned, Unusable, What};
use crate::domain::text::shortened;
use crate::web::ui::layout::language_name;

/// How many people are on one page as they will be kept.
const SHOWN: usize = 50;
/// How many lines that cannot be used, or not wholly, are told.
const TOLD: usize = 100;

/// The people as they will be kept, a part at a time.
pub(super) fn kept(page: &Page<'_>) -> Markup {
    let all = page.plan.people.len();
    let last = all.saturating_sub(1) / SHOWN;
    let at = page.number.min(last);
    let first = at * SHOWN;
    html! {
        h2 id="kept" { "As they will be kept" }
        .scroll tabindex="0" role="region" aria-label="As they will be kept" {
            table.data.cards {
                thead {
                    tr {
                        th scope="col" { "Address" }
                        th scope="col" { "Name" }
                        th scope="col" { "Language, zone" }
                        th scope="col" { "Agreed, source" }
                        th scope="col" { "Tags" }
                        th scope="col" { "What happens" }
                    }
                }
                tbody { @for one in page.plan.people.iter().skip(first).take(SHOWN) { (row(one)) } }
            }
        }
        // Buttons and no links: what was typed further down is kept.
        @if last > 0 {
            nav.pages aria-label="Pages" {
                @if at > 0 { button.quiet name="page" value=(at - 1) { "Back" } }
                span { (number(first + 1)) " to " (number(all.min(first + SHOWN))) " of " (number(all)) }
                @if at < last { button.quiet name="page" value=(at + 1) { "On" } }
            }
        }
    }
}

fn row(one: &Planned) -> Markup {
    let contact = &one.contact;
    html! {
        tr {
            th scope="row" { bdi { (contact.address.as_str()) } }
            td { bdi { (contact.name) } }
            td.zone {
                (language_name(&contact.language))
                @if !contact.zone.is_empty() { br; span.quiet.small { (contact.zone) } }
            }
            td {
                @if let Some(day) = contact.consent_on { (day) }
                @if !contact.consent_from.is_empty() { " " span.quiet.small { bdi { (shortened(&contact.consent_from, 40)) } } }
            }
            td { (shortened(&one.tags.join(", "), 60)) }
            td {
                @match &one.what {
                    What::New => span.tag.on { "new" },
                    What::Same => span.tag { "stays the same" },
                    What::Changed(what) => { span.tag { "changes" } " " (what.join(", ")) }
                }
                @if let Some(why) = one.suppressed { " " span.tag.off { (reason(why)) } }
            }
        }
    }
}

/// Who is left out, and what cannot be used or was not understood.
pub(super) fn left_out(page: &Page<'_>) -> Markup {
    let (unusable, unclear) = (&page.reading.unusable, &page.reading.unclear);
    html! {
        @for (why, addresses) in &page.plan.suppressed {
            details.more {
                summary { (people(addresses.len())) " left out: " (reason(*why)) }
                p.small {
                    (shortened(&addresses.iter().take(30).cloned().collect::<Vec<_>>().join(", "), 3000))
                    @if addresses.len() > 30 { " and " (number(addresses.len() - 30)) " more" }
                }
            }
        }
        @if !unusable.is_empty() {
            details.more open[page.plan.people.is_empty() || unusable.len() <= 5] {
                summary { (number(unusable.len())) @if unusable.len() == 1 { " line" } @else { " lines" } " cannot be used" }
                (lines(unusable))
                @if !page.plan.people.is_empty() {
                    p.help { "After the import they wait here, so that you can correct them." }
                }
            }
        }
        @if !unclear.is_empty() {
            details.more open[unclear.len() <= 5] {
                summary { (number(unclear.len())) @if unclear.len() == 1 { " entry" } @else { " entries" } " not understood, of people who are imported" }
                (lines(unclear))
            }
        }
    }
}

fn lines(told: &[Unusable]) -> Markup {
    html! {
        dl.facts {
            @for line in told.iter().take(TOLD) {
                dt { "Line " (number(line.number)) }
                dd { code { bdi { (shortened(&line.text, 80)) } } " " (line.why) }
            }
        }
        @if told.len() > TOLD { p.help { "and " (number(told.len() - TOLD)) " more" } }
    }
}
