//! One mail that came in: what it was, what was done, what it says, and itself.

use maud::{Markup, html};

use super::tell;
use crate::domain::email::written;
use crate::domain::status::Arrival;
use crate::href;
use crate::mail::inbound as read;
use crate::store::inbound::Inbound;
use crate::store::organizers::Organizer;
use crate::store::outbox::Message;
use crate::web::desk::outbox::tell as outgoing;
use crate::web::ui::layout;

/// So much of the bytes is shown, in characters; the file has all.
const LONGEST: usize = 100_000;

/// The page.
pub fn view(organizer: &Organizer, found: &Inbound, about: Option<&Message>) -> Markup {
    let title = if found.subject.is_empty() { "Without a subject" } else { &found.subject };
    let incoming = read::read(&found.raw);
    layout::desk(
        organizer,
        title,
        None,
        html! {
            p { a href=(href::INBOX) { "All that came in" } }
            h1 { bdi { (title) } small { @if found.sender.is_empty() { "from nobody" } @else { "from " bdi { (written(&found.sender)) } } } }
            p { (tell::tag(found.kind)) " " (found.said) }
            @if found.kind == Arrival::Waiting {
                p.help { "It is kept, and is looked at again in a few seconds." }
            }
            dl.facts {
                dt { "Came" } dd { (outgoing::moment(found.received_at)) ", " (tell::way(&found.way)) }
                @if let Some(message) = about {
                    dt { "About" }
                    dd {
                        a href=(href::message(message.id)) lang=(message.language) { (message.subject) }
                        " (" (outgoing::purpose(message.purpose)) " to " bdi { (written(&message.recipient)) } ") "
                        (outgoing::tag(message.state, message.last_reply.as_deref()))
                    }
                }
            }
            h2 { "The mail" }
            .mail {
                @match &incoming {
                    Some(incoming) => {
                        dl.facts {
                            dt { "From" } dd { bdi { (incoming.name) } @if !incoming.name.is_empty() { " " } (written(&incoming.sender)) }
                            @if let Some(to) = &incoming.reply_to { dt { "Replies go to" } dd { (written(to)) } }
                            dt { "Subject" } dd { bdi { (incoming.subject) } }
                        }
                        @if incoming.text.is_empty() {
                            p.help { "It says nothing in words." }
                        } @else {
                            pre role="group" dir="auto" aria-label="The text" { (incoming.text) }
                        }
                    }
                    None => p.help { "It cannot be read as a mail." },
                }
                details {
                    summary { "As it came, " (found.raw.len()) " bytes" }
                    pre { (String::from_utf8_lossy(&found.raw).chars().take(LONGEST).collect::<String>()) }
                }
            }
            p.actions {
                a.button href={ (href::arrival(found.id)) "?as=eml" } { "Download the mail (.eml)" }
            }
        },
    )
}
