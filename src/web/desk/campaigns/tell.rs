//! Words for campaigns.

use maud::{Markup, html};

use crate::acts::campaign::{LeftOut, MOST_REMINDERS};
use crate::domain::campaign::{Aim, State};
use crate::store::campaigns::Campaign;
use crate::web::desk::outbox::tell::moment;

/// What a campaign sends: "invitations".
pub fn mails(aim: Aim) -> &'static str {
    match aim {
        Aim::Invite => "invitations",
        Aim::Remind => "reminders",
        Aim::Thank => "thanks",
        Aim::Brief => "mails with the brief",
    }
}

/// What a campaign is called in a list.
pub fn name(aim: Aim) -> &'static str {
    match aim {
        Aim::Invite => "Invitations",
        Aim::Remind => "Reminders",
        Aim::Thank => "Thanks",
        Aim::Brief => "The brief",
    }
}

/// What is done, for buttons: "Invite 12 people".
pub fn deed(aim: Aim, people: &str) -> String {
    match aim {
        Aim::Invite => format!("Invite {people}"),
        Aim::Remind => format!("Remind {people}"),
        Aim::Thank => format!("Thank {people}"),
        Aim::Brief => format!("Send the brief to {people}"),
    }
}

/// "nobody", "1 person", "12 people".
pub fn people(count: usize) -> String {
    match count {
        0 => "nobody".to_owned(),
        1 => "1 person".to_owned(),
        n => format!("{n} people"),
    }
}

/// How far a campaign is, as a tag.
pub fn state(campaign: &Campaign) -> Markup {
    let (word, class) = match campaign.state {
        State::Draft => ("draft", ""),
        State::Scheduled => ("scheduled", ""),
        State::Running => ("running", "on"),
        State::Paused => ("paused", "off"),
        State::Cancelled => ("called off", "off"),
        State::Done => ("done", "on"),
    };
    html! {
        span.{ "tag " (class) } { (word) }
        @if campaign.state == State::Scheduled { " " span.quiet { "begins " (moment(campaign.starts_at)) } }
    }
}

/// Why somebody is left out, as it stands behind a number.
pub fn reason(reason: LeftOut, days: u32, count: usize) -> String {
    let many = match reason {
        LeftOut::Answered => "have answered already".to_owned(),
        LeftOut::NotAnswered => "have not answered".to_owned(),
        LeftOut::Invited => "are invited already".to_owned(),
        LeftOut::NotInvited => "are not invited yet".to_owned(),
        LeftOut::Waiting => "have a mail waiting in the outbox".to_owned(),
        LeftOut::TooSoon => format!("were written to within the last {days} days"),
        LeftOut::Enough => format!("had {MOST_REMINDERS} reminders already"),
        LeftOut::HadIt => "had this mail already".to_owned(),
        LeftOut::NotDelivered => "could not be reached by the last mail".to_owned(),
        LeftOut::Stopped => "asked us to stop".to_owned(),
        LeftOut::Complained => "complained about a mail".to_owned(),
        LeftOut::Barred => "are kept from being written to by you".to_owned(),
        LeftOut::NoMailbox => "have an address without a mailbox".to_owned(),
        LeftOut::Unreachable => "could not be reached several times".to_owned(),
        LeftOut::Invalid => "have an address that cannot be written to".to_owned(),
        LeftOut::Duplicate => "have the mailbox of another contact".to_owned(),
        LeftOut::NotOpen => "could not answer: the questionnaire is not open".to_owned(),
        LeftOut::NoBrief => "would find nothing: no brief is published".to_owned(),
    };
    if count != 1 {
        return many;
    }
    for (plural, one) in [("are ", "is "), ("have ", "has "), ("were ", "was ")] {
        if let Some(rest) = many.strip_prefix(plural) {
            return format!("{one}{rest}");
        }
    }
    many
}

/// The reason that is kept under this word.
pub fn reason_of(word: &str) -> Option<LeftOut> {
    LeftOut::ALL.into_iter().find(|reason| reason.word() == word)
}

/// A language, for organizers.
pub fn language(tag: &str) -> &'static str {
    if tag == "zh" { "Chinese" } else { "English" }
}
