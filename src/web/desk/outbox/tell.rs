//! Words for what a message is and where it stands.

use chrono::{DateTime, SecondsFormat, Utc};
use maud::{Markup, html};

use crate::domain::status::{Delivery, Purpose};
use crate::service::Service;
use crate::store::outbox::Line;

/// What is said of mails that were made while no mail server was set.
pub const FILE: &str = "written as a file";

/// What a message is for.
pub fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Invitation => "Invitation",
        Purpose::Reminder => "Reminder",
        Purpose::SignIn => "Link to sign in",
        Purpose::Seat => "Seat",
        Purpose::SeatCancelled => "Seat cancelled",
        Purpose::Times => "Question about times",
        Purpose::Draft => "Link to a draft",
        Purpose::Receipt => "Link to one’s own page",
        Purpose::SeatReminder => "The day before",
        Purpose::SeatAfter => "After the meeting",
        Purpose::Thanks => "Thanks",
        Purpose::Brief => "Way to the brief",
        Purpose::Test => "Test of a mail",
        Purpose::Forward => "A letter to you",
        Purpose::WebhookOff => "A webhook was switched off",
        Purpose::Colleague => "Invitation to an organizer",
        Purpose::Account => "About your account",
    }
}

/// Where a message stands, and whether that is good (`on`), bad (`off`) or neither.
pub fn state(state: Delivery, reply: Option<&str>) -> (&'static str, &'static str) {
    match state {
        Delivery::Queued if reply.is_some() => ("put off", ""),
        Delivery::Queued => ("waiting", ""),
        Delivery::Claimed | Delivery::InData => ("being sent", ""),
        Delivery::Sent => ("sent", "on"),
        Delivery::Written => (FILE, ""),
        Delivery::Failed => ("refused", "off"),
        Delivery::Unknown => ("perhaps delivered", "off"),
        Delivery::Suppressed => ("held back", ""),
        Delivery::Cancelled => ("called off", ""),
        Delivery::Expired => ("not sent in time", "off"),
        Delivery::Bounced => ("came back", "off"),
        Delivery::Complained => ("reported as unwanted", "off"),
    }
}

/// A state as a tag.
pub fn tag(of: Delivery, reply: Option<&str>) -> Markup {
    let (word, class) = state(of, reply);
    html! { span.{ "tag " (class) } { (word) } }
}

/// What the state of a message means for the organizer, as a sentence.
pub fn meaning(state: Delivery) -> &'static str {
    match state {
        Delivery::Queued => "It waits for its turn and leaves by itself.",
        Delivery::Claimed | Delivery::InData => "It is being handed over at this moment.",
        Delivery::Sent => "The mail server took it over.",
        Delivery::Written => "No mail server was set: it is a file, and reached nobody.",
        Delivery::Failed => "It was refused for good, and is not tried again.",
        Delivery::Unknown => {
            "It was handed over whole, but no answer came: perhaps it arrived, perhaps not. \
             We do not send it again, so that nobody gets it twice."
        }
        Delivery::Suppressed => "This address must not be written to, so it was not sent.",
        Delivery::Cancelled => "It was no longer needed, so it was not sent.",
        Delivery::Expired => {
            "It could not be sent in time and was given up; no reader is to blame."
        }
        Delivery::Bounced => {
            "The mail server took it over, and a server further on sent it back: it did not arrive."
        }
        Delivery::Complained => {
            "It arrived, and its reader told their mail provider that it was unwanted. \
             We do not write to this address any more."
        }
    }
}

/// A moment in a table, on the clock of the world; there is no room for another clock.
pub fn moment(at: DateTime<Utc>) -> Markup {
    html! {
        time data-own="no" datetime=(at.to_rfc3339_opts(SecondsFormat::Secs, true)) {
            (at.format("%-d %b %Y, %H:%M")) " UTC"
        }
    }
}

/// When a waiting message is tried next.
pub fn next_try(line: &Line, service: &Service) -> Markup {
    let paused = service.post.trouble().map(|trouble| trouble.until);
    let next = paused.map_or(line.next_at, |until| until.max(line.next_at));
    match line.state {
        Delivery::Queued if next > service.clock.now() => moment(next),
        Delivery::Queued => html! { "now" },
        _ => html! { "—" },
    }
}

/// What an organizer should know before counting on mails.
/// `in_outbox`: the page is the outbox itself.
pub fn notices(service: &Service, in_outbox: bool) -> Markup {
    let settings = &service.settings;
    html! {
        @if let Some(trouble) = service.post.trouble() {
            .warning role="status" {
                p { strong { "Mails are waiting" } }
                p { "The way out is closed at the moment; no reader is to blame, and nothing is lost. It is tried again by itself, next at " (moment(trouble.until)) "." }
                p { "What was said: " code { (trouble.text) } }
            }
        }
        @if !settings.mail.has_server() {
            .notice {
                p { "No mail server is set, so mails reach nobody: they are written as files into " code { (settings.data.join("outbox").display()) } "."
                    @if !in_outbox { " You can read each in the " a href=(crate::href::OUTBOX) { "outbox" } "." }
                }
            }
        }
    }
}
