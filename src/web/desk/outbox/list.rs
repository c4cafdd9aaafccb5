//! The list of messages.

use maud::{Markup, html};

use super::{FILTERS, PAGE, tell};
use crate::domain::status::Delivery;
use crate::href;
use crate::service::Service;
use crate::store::organizers::Organizer;
use crate::store::outbox::Line;
use crate::web::ui::layout;

/// What is on the page.
pub struct Shown {
    /// The messages of this page.
    pub lines: Vec<Line>,
    /// How many there are in each state.
    pub counts: Vec<(Delivery, u64)>,
    /// Which of [`FILTERS`] is on.
    pub filter: usize,
    /// Which page this is, from 0.
    pub page: u64,
}

impl Shown {
    fn count(&self, states: &[Delivery]) -> u64 {
        let counted = |state: &Delivery| states.is_empty() || states.contains(state);
        self.counts.iter().filter(|(state, _)| counted(state)).map(|(_, count)| count).sum()
    }
}

/// The page.
pub fn view(service: &Service, organizer: &Organizer, shown: &Shown) -> Markup {
    let (name, _, states) = FILTERS.get(shown.filter).copied().unwrap_or(("all", "All", &[]));
    layout::desk(
        organizer,
        "Outbox",
        None,
        html! {
            h1 { "Outbox" small { "Every mail that was made for you, and what became of it." } }
            (tell::notices(service, true))
            @if shown.count(&[]) == 0 {
                .empty {
                    p { "No mail yet. Mails come here when you invite your contacts, and stay, so that you can see what each said." }
                    p { a.button.primary href=(href::DESK) { "Go to your questionnaires" } }
                }
            } @else {
                nav.pages aria-label="Which mails" {
                    @for (place, (name, word, states)) in FILTERS.iter().enumerate() {
                        @let count = shown.count(states);
                        @if count > 0 || place == shown.filter || place == 0 {
                            a href={ (href::OUTBOX) "?show=" (name) } aria-current=[(place == shown.filter).then_some("page")] {
                                (word) " (" (count) ")"
                            }
                        }
                    }
                }
                @if shown.lines.is_empty() {
                    p { "There is no such mail." }
                } @else {
                    (table(service, &shown.lines))
                }
                (pager(&format!("{}?show={name}&", href::OUTBOX), shown.page, shown.count(states)))
            }
        },
    )
}

fn table(service: &Service, lines: &[Line]) -> Markup {
    html! {
        .scroll tabindex="0" role="region" aria-label="Mails" {
            table.data.cards {
                thead {
                    tr {
                        th scope="col" { "To" }
                        th scope="col" { "Mail" }
                        th scope="col" { "State" }
                        th scope="col" { "Since" }
                        th scope="col" { "Next try" }
                    }
                }
                tbody {
                    @for line in lines {
                        tr {
                            th scope="row" { (line.recipient) }
                            td {
                                a href=(href::message(line.id)) { (line.subject) }
                                br;
                                span.quiet.small { (tell::purpose(line.purpose)) }
                            }
                            td {
                                (tell::tag(line.state, line.last_reply.as_deref()))
                                @if line.attempts > 1 { br; span.quiet.small { (line.attempts) " attempts" } }
                            }
                            td { (tell::moment(line.updated_at)) }
                            td data-label="Next try" { (tell::next_try(line, service)) }
                        }
                    }
                }
            }
        }
    }
}

/// Links to the pages around this one; `base` ends where `page=` follows.
pub fn pager(base: &str, page: u64, count: u64) -> Markup {
    let pages = count.div_ceil(PAGE);
    html! {
        @if pages > 1 {
            nav.pages aria-label="Pages" {
                @if page > 0 { a rel="prev" href={ (base) "page=" (page) } { "Back" } }
                span { "Page " (page + 1) " of " (pages) }
                @if page + 1 < pages { a rel="next" href={ (base) "page=" (page + 2) } { "On" } }
            }
        }
    }
}
