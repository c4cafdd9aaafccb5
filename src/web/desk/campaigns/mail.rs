//! A mail as somebody would get it, before it is sent.

use maud::{Markup, PreEscaped, html};

use crate::acts::campaign::Plan;
use crate::acts::letter::organizer_name;
use crate::domain::campaign::Aim;
use crate::mail::message::Content;
use crate::service::Service;
use crate::web::desk::outbox::harmless;
use crate::words::Words;

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
            pre role="group" lang=(content.language) aria-label="The text" { (content.plain_text().trim_end()) }
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
    let what = if plan.aim == Aim::Remind { "reminder" } else { "invitation" };
    html! {
        @for (language, name) in languages {
            @let to = plan.anybody(service, name);
            @let content = plan.content(service, Words::of(language), to, false);
            details.more {
                summary { "Read the " (what) " in " (super::tell::language(language)) }
                (shown(service, plan, None, &content))
            }
        }
    }
}
