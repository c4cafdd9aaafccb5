//! The mails as they will be, in each language in which they will be read.

use maud::{Markup, html};

use crate::acts::invite_contacts::{LeftOut, Round};
use crate::acts::letter::organizer_name;
use crate::acts::remind_contacts;
use crate::href;
use crate::mail::message::Content;
use crate::service::Service;
use crate::store::invitations::Person;
use crate::words::Words;

/// Stands for the personal part of a link.
const LINK: &str = "…";

/// Which mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mail {
    /// The first.
    Invitation,
    /// A later one.
    Reminder,
}

/// The mail for each language among `people` (the questionnaire's, if there are none), as it is
/// for the first of them.
pub fn previews(service: &Service, round: &Round<'_>, people: &[&Person], mail: Mail) -> Markup {
    let mut first: Vec<(Words, &str)> = vec![];
    for person in people {
        let words = Words::of(&person.contact.language);
        if !first.iter().any(|(seen, _)| *seen == words) {
            first.push((words, &person.contact.name));
        }
    }
    if first.is_empty() {
        first.push((Words::of(&round.questionnaire.language), ""));
    }
    html! {
        @for (words, name) in first {
            @let content = match mail {
                Mail::Invitation => round.content(service, name, LINK, words),
                Mail::Reminder => remind_contacts::content(service, round, name, LINK, false, words),
            };
            @let language = if words.language() == "zh" { "Chinese" } else { "English" };
            details.more {
                summary {
                    @if mail == Mail::Invitation { "Read the invitation in " } @else { "Read the reminder in " }
                    (language)
                }
                (shown(service, round, &content))
            }
        }
    }
}

fn shown(service: &Service, round: &Round<'_>, content: &Content) -> Markup {
    let sender = &service.settings.mail.from.email;
    html! {
        .mail {
            dl.facts {
                dt { "From" } dd { (organizer_name(service, round.organizer)) " <" (sender) ">" }
                @if let Some(address) = &round.organizer.address {
                    dt { "Replies go to" } dd { (address) }
                }
                dt { "Subject" } dd lang=(content.language) { (content.subject) }
            }
            pre lang=(content.language) { (content.plain_text().trim_end()) }
        }
    }
}

/// Who the mails are from, where that is not as it should be.
pub fn sender_notice(round: &Round<'_>) -> Markup {
    html! {
        @if round.organizer.name.is_empty() || round.organizer.address.is_none() {
            .notice {
                p {
                    @if round.organizer.name.is_empty() { "Your readers do not see your name yet. " }
                    @if round.organizer.address.is_none() { "Their replies cannot reach you yet. " }
                    a href="/desk/account" { "Say who you are" } " before you invite them."
                }
            }
        }
    }
}

/// Why somebody is left out, as it stands behind a number.
pub fn reason(reason: LeftOut, days: u32) -> String {
    match reason {
        LeftOut::Answered => "answered already".to_owned(),
        LeftOut::Stopped => "asked us to stop".to_owned(),
        LeftOut::Complained => "complained about a mail".to_owned(),
        LeftOut::Barred => "are kept from being written to".to_owned(),
        LeftOut::NoMailbox => "have an address without a mailbox".to_owned(),
        LeftOut::Unreachable => "could not be reached several times".to_owned(),
        LeftOut::Invited => "are invited already".to_owned(),
        LeftOut::NotInvited => "are not invited yet".to_owned(),
        LeftOut::NotDelivered => "could not be reached by the last mail".to_owned(),
        LeftOut::Waiting => "have a mail waiting in the outbox".to_owned(),
        LeftOut::TooSoon => format!("were written to within the last {days} days"),
        LeftOut::Enough => format!("had {} reminders already", remind_contacts::MOST),
    }
}

/// Where the questionnaire is published.
pub fn publish_first(round: &Round<'_>) -> Markup {
    let questionnaire = round.questionnaire;
    html! {
        .notice {
            p { "Readers cannot answer yet: publish the questionnaire, then invite them." }
            p { a.button href=(href::desk(&questionnaire.slug, "questionnaire")) { "Go to the questionnaire" } }
        }
    }
}
