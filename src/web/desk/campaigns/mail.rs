//! A mail as somebody would get it, before it is sent.

use maud::{Markup, PreEscaped, html};

use crate::acts::campaign::Plan;
use crate::acts::letter::organizer_name;
use crate::mail::message::Content;
use crate::service::Service;
use crate::web::desk::outbox::harmless;

/// Stands for the personal part of a link.
pub const TOKEN: &str = "…";

/// The mail: who writes, both faces.
pub fn shown(service: &Service, plan: &Plan, to: Option<&str>, content: &Content) -> Markup {
    let sender = &service.settings.mail.from.email;
    html! {
        .mail {
            dl.facts {
                dt { "From" } dd { bdi { (organizer_name(service, &plan.organizer)) } " <" (sender) ">" }
                @if let Some(to) = to { dt { "To" } dd { bdi { (to) } } }
                @if let Some(address) = &plan.organizer.address {
                    dt { "Replies go to" } dd { (address) }
                }
                dt { "Subject" } dd lang=(content.language) dir="auto" { (content.subject) }
            }
            pre lang=(content.language) aria-label="The text" { (content.plain_text().trim_end()) }
            details {
                summary { "The same as HTML" }
                .mail-html tabindex="0" role="region" aria-label="The mail as HTML" lang=(content.language) { (PreEscaped(harmless(&content.html()))) }
            }
        }
    }
}

/// The mails of a plan in each of these languages, for somebody of this name, to unfold.
pub fn in_languages<'a>(
    service: &Service,
    plan: &Plan,
    languages: impl Iterator<Item = (&'a str, &'a str)>,
) -> Markup {
    let what = match plan.aim.purpose() {
        crate::domain::status::Purpose::Reminder => "reminder",
        _ => "invitation",
    };
    html! {
        @for (language, name) in languages {
            @let words = crate::words::Words::of(language);
            @let link = plan.link(service, TOKEN);
            @let content = plan.written(service, words, name, (link, Some(service.link(&crate::href::stop(TOKEN)))), false);
            details.more {
                summary { "Read the " (what) " in " (super::tell::language(language)) }
                (shown(service, plan, None, &content))
            }
        }
    }
}
