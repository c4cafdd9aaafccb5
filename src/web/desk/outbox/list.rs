//! The list of messages.

use maud::{Markup, html};

use super::choice::{Choice, sum};
use super::{PAGE, tell};
use crate::domain::email::written;
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
    /// Which of them are shown.
    pub choice: Choice<Delivery>,
    /// Which page this is, from 0.
    pub page: u64,
}

/// The page.
pub fn view(service: &Service, organizer: &Organizer, shown: &Shown) -> Markup {
    let path = href::OUTBOX;
    layout::desk(
        organizer,
        "Outbox",
        None,
        html! {
            h1 { "Outbox" small { "Every mail that was made for you, and what became of it." } }
            (tell::notices(service, true))
            @if sum(&shown.counts, &[]) == 0 {
                .empty {
                    p { "No mail yet. Mails come here when you invite your contacts, and stay, so that you can see what each said." }
                    p { a.button.primary href=(href::DESK) { "Go to your questionnaires" } }
                }
            } @else {
                (shown.choice.links(path, &shown.counts))
                @if shown.lines.is_empty() {
                    p { "There is no such mail." }
                } @else {
                    (table(service, &shown.lines))
                }
                (pager(&shown.choice.base(path), shown.page, sum(&shown.counts, shown.choice.kinds())))
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
                            th scope="row" { bdi { (written(&line.recipient)) } }
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
