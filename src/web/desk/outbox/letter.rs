//! One mail as it is sent: heads, both faces, the appointment, and what happened to it.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use mail_parser::{Address, Message as Parsed, MessageParser, MimeHeaders as _};
use maud::{Markup, PreEscaped, html};

use super::tell;
use crate::domain::email::written;
use crate::domain::status::Delivery;
use crate::href;
use crate::service::Service;
use crate::store::organizers::Organizer;
use crate::store::outbox::{Event, Message};
use crate::web::ui::layout;

/// The page.
pub fn view(
    service: &Service,
    organizer: &Organizer,
    message: &Message,
    (raw, events): (&[u8], &[Event]),
    quiet: Option<(DateTime<Utc>, Tz)>,
) -> Markup {
    let parsed = MessageParser::default().parse(raw);
    layout::desk(
        organizer,
        &message.subject,
        None,
        html! {
            p { a href=(href::OUTBOX) { "All mails" } }
            h1 lang=(message.language) { (message.subject) small lang="en" { (tell::purpose(message.purpose)) " to " bdi { (written(&message.recipient)) } } }
            p { (tell::tag(message.state, message.last_reply.as_deref())) " "
                @match quiet {
                    Some((until, zone)) => { "It waits until " (until.with_timezone(&zone).format("%H:%M")) " on the reader’s own clock (" (zone.name()) "), which is " (tell::moment(until)) ": nobody is reminded in their quiet hours." },
                    None => (tell::meaning(message.state)),
                }
            }
            (history(service, message, events))
            h2 { "The mail" }
            @match &parsed {
                Some(parsed) => (mail(message, raw, parsed)),
                None if raw.is_empty() => p { "Its text is not kept any more: it goes 30 days after a mail’s end, or when what it tells of is erased." },
                None => p { "The mail cannot be shown. It can be downloaded as it is." },
            }
            @if !raw.is_empty() {
                p.actions {
                    a.button href={ (href::message(message.id)) "?as=eml" } { "Download the mail (.eml)" }
                }
            }
        },
    )
}

fn history(service: &Service, message: &Message, events: &[Event]) -> Markup {
    html! {
        h2 { "What happened" }
        .scroll tabindex="0" role="region" aria-label="What happened" {
            table.data.cards {
                thead { tr { th scope="col" { "When" } th scope="col" { "What" } th scope="col" { "Details" } } }
                tbody {
                    tr { td { (tell::moment(message.created_at)) } td { "queued" } td {} }
                    @for event in events {
                        tr {
                            td { (tell::moment(event.created_at)) }
                            td { (tell::state(event.state, Some(&event.detail)).0) }
                            td { code { (event.detail) } }
                        }
                    }
                }
            }
        }
        @if message.state == Delivery::Queued {
            p.help {
                @if message.next_at > service.clock.now() { "Tried again at " (tell::moment(message.next_at)) "; " }
                "given up at " (tell::moment(message.not_after)) "."
            }
        }
    }
}

fn mail(message: &Message, raw: &[u8], parsed: &Parsed<'_>) -> Markup {
    let head = String::from_utf8_lossy(raw);
    let head = head.split("\r\n\r\n").next().unwrap_or_default().to_owned();
    html! {
        .mail {
            dl.facts {
                dt { "From" } dd { (people(parsed.from())) }
                dt { "To" } dd { (people(parsed.to())) }
                @if let Some(reply_to) = parsed.reply_to() { dt { "Replies go to" } dd { (people(Some(reply_to))) } }
                dt { "Subject" } dd lang=(message.language) { (parsed.subject().unwrap_or_default()) }
            }
            details {
                summary { "All its headers" }
                pre { (head) }
            }
            @if let Some(text) = parsed.body_text(0) {
                pre role="group" lang=(message.language) aria-label="The text" { (text.trim_end()) }
            }
            @if let Some(html) = parsed.body_html(0) {
                div {
                    p.help { "The same as HTML. Its links are switched off here: they are the recipient’s own." }
                    .mail-html tabindex="0" role="region" aria-label="The mail as HTML" lang=(message.language) { (PreEscaped(harmless(&html))) }
                }
            }
            @for calendar in calendars(parsed) {
                details {
                    summary { "The calendar entry" }
                    pre { (calendar) }
                }
            }
        }
    }
}

fn people(address: Option<&Address<'_>>) -> String {
    let shown = |name: Option<&str>, address: Option<&str>| match (name, address) {
        (Some(name), Some(address)) => format!("{name} <{}>", written(address)),
        (None, Some(address)) => written(address).into_owned(),
        (name, None) => name.unwrap_or_default().to_owned(),
    };
    address
        .iter()
        .flat_map(|address| address.iter())
        .map(|one| shown(one.name(), one.address()))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Only the words and their order: no styles (our policy forbids them), no links.
pub fn harmless(html: &str) -> String {
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .add_clean_content_tags(["title"])
        .rm_tags(["img"])
        .rm_tag_attributes("a", ["href"])
        .link_rel(None);
    cleaner.clean(html).to_string()
}

fn calendars(parsed: &Parsed<'_>) -> Vec<String> {
    let calendar = |kind: &mail_parser::ContentType<'_>| {
        kind.ctype() == "text" && kind.subtype() == Some("calendar")
    };
    parsed
        .parts
        .iter()
        .filter(|part| part.content_type().is_some_and(calendar))
        .filter_map(|part| part.text_contents().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_cannot_bring_a_script_or_a_link_to_the_desk() {
        let html = "<head><title>T</title><style>p{}</style></head><body onload=x()>\
            <script>alert(1)</script><p style=\"color:red\">Hello <a href=\"https://x.org/i/1\">\
            there</a><img src=https://x.org/p.gif></p>";
        let shown = harmless(html);
        assert!(shown.contains("Hello <a>there</a>"), "{shown}");
        for gone in ["script", "<img", "style", "onload", "href", "<title", "alert"] {
            assert!(!shown.contains(gone), "{gone}: {shown}");
        }
    }
}
