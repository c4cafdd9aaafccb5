//! The list of what came in.

use maud::{Markup, html};

use super::tell;
use crate::domain::email::written;
use crate::domain::status::Arrival;
use crate::error::AppError;
use crate::href;
use crate::service::Service;
use crate::store::inbound::Line;
use crate::store::mailboxes;
use crate::store::organizers::Organizer;
use crate::web::desk::outbox::choice::{Choice, sum};
use crate::web::desk::outbox::list::pager;
use crate::web::desk::outbox::tell::moment;
use crate::web::ui::layout;

/// What is on the page.
pub struct Shown {
    /// The mails of this page.
    pub lines: Vec<Line>,
    /// How many there are of each kind.
    pub counts: Vec<(Arrival, u64)>,
    /// Which of them are shown.
    pub choice: Choice<Arrival>,
    /// Which page this is, from 0.
    pub page: u64,
    /// What keeps the mailbox from being looked into, if something does.
    pub trouble: Option<String>,
}

/// What keeps the mailbox from being looked into.
///
/// # Errors
/// A database that refuses.
pub async fn trouble(service: &Service) -> Result<Option<String>, AppError> {
    let Some(server) = service.settings.inbound.mailbox() else { return Ok(None) };
    let known = mailboxes::by_name(service.store.read(), &server.name()).await?;
    Ok(known.and_then(|known| known.trouble))
}

/// The page.
pub fn view(service: &Service, organizer: &Organizer, shown: &Shown) -> Markup {
    let path = href::INBOX;
    layout::desk(
        organizer,
        "Inbox",
        None,
        html! {
            h1 { "Inbox" small { "What came to the address that your mails are sent from, and what was done about it. Each mail is kept for 30 days." } }
            @if let Some(trouble) = &shown.trouble {
                .warning role="status" {
                    p { strong { "The mailbox cannot be looked into" } }
                    p { "Nothing is lost: mails stay there, and it is tried again by itself." }
                    p { "What was said: " code { (trouble) } }
                }
            }
            @if !service.settings.inbound.is_open() { (closed(service)) }
            @if sum(&shown.counts, &[]) == 0 {
                @if service.settings.inbound.is_open() {
                    .empty {
                        p { "Nothing came yet. Mails that could not be delivered, complaints, answers of calendars and letters come here by themselves." }
                        p { a.button href=(href::OUTBOX) { "Go to the outbox" } }
                    }
                }
            } @else {
                (shown.choice.links(path, &shown.counts))
                @if shown.lines.is_empty() {
                    p { "There is no such mail." }
                } @else {
                    (table(&shown.lines))
                }
                (pager(&shown.choice.base(path), shown.page, sum(&shown.counts, shown.choice.kinds())))
            }
        },
    )
}

/// Why nothing comes in.
fn closed(service: &Service) -> Markup {
    let from = service.settings.mail.from.email.to_string();
    html! {
        .notice {
            p { "No way in is set, so what is sent to " code { (from) } " does not come here: mails that could not be delivered are only known where the mail server says so at once, and calendars are not asked to answer." }
            p { "Whoever runs the service can open one in the settings under " code { "[inbound]" } ": a mail server’s LMTP, a mailbox by IMAP, or " code { "POST /inbound/mail" } "." }
            p { "Until then, the outbox says of each mail what is known of it." }
            p { a.button href=(href::OUTBOX) { "Go to the outbox" } }
        }
    }
}

fn table(lines: &[Line]) -> Markup {
    html! {
        .scroll tabindex="0" role="region" aria-label="Mails" {
            table.data.cards {
                thead {
                    tr {
                        th scope="col" { "From" }
                        th scope="col" { "Mail" }
                        th scope="col" { "What it was" }
                    }
                }
                tbody {
                    @for line in lines {
                        tr {
                            th scope="row" {
                                @if line.sender.is_empty() { span.quiet { "nobody" } } @else { bdi { (written(&line.sender)) } }
                            }
                            td {
                                a href=(href::arrival(line.id)) {
                                    @if line.subject.is_empty() { "Without a subject" } @else { bdi { (line.subject) } }
                                }
                                br;
                                span.quiet.small { (line.said) }
                            }
                            td { (tell::tag(line.kind)) br; span.quiet.small { (moment(line.received_at)) } }
                        }
                    }
                }
            }
        }
    }
}
