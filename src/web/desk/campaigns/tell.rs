//! Words for campaigns.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use maud::{Markup, html};

use crate::acts::campaign::{LeftOut, MOST_REMINDERS};
use crate::domain::campaign::{Aim, State, Terms};
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

/// A moment on somebody's clock, as a sentence tells it.
pub fn on_clock(at: DateTime<Utc>, zone: Tz) -> String {
    format!("{} ({zone})", at.with_timezone(&zone).format("%-d %B %Y, %H:%M"))
}

/// A number of seconds, roughly: "about 4 minutes".
pub fn lasting(seconds: u64) -> String {
    let said = |number: u64, what: &str| match number {
        1 => format!("1 {what}"),
        n => format!("{n} {what}s"),
    };
    match seconds.div_ceil(60) {
        minutes @ ..=119 => said(minutes, "minute"),
        minutes if minutes < 48 * 60 => said(minutes.div_ceil(60), "hour"),
        minutes => said(minutes.div_ceil(24 * 60), "day"),
    }
}

/// How many of these reminders wait at this moment for the end of quiet hours, by the time zones of
/// their readers, and when those are over; `None`: none.
pub fn waiting(
    terms: &Terms,
    aim: Aim,
    zones: &BTreeMap<String, u64>,
    at: DateTime<Utc>,
) -> Option<Markup> {
    let until = |zone: &str| terms.quiet_until(zone, at).filter(|_| aim == Aim::Remind);
    let quiet: Vec<(DateTime<Utc>, u64)> =
        zones.iter().filter_map(|(zone, count)| Some((until(zone)?.0, *count))).collect();
    let first = quiet.iter().map(|(over, _)| *over).min()?;
    let last = quiet.iter().map(|(over, _)| *over).max()?;
    let count: u64 = quiet.iter().map(|(_, count)| count).sum();
    let hour = terms.quiet.map_or(0, |quiet| quiet.until);
    Some(html! {
        (count) @if count == 1 { " waits" } @else { " wait" }
        " until " (format!("{hour:02}:00")) " on the reader’s own clock: "
        @if first == last { "until " (moment(last)) "." }
        @else { "the first until " (moment(first)) ", the last until " (moment(last)) "." }
    })
}

/// The reason that is kept under this word.
pub fn reason_of(word: &str) -> Option<LeftOut> {
    LeftOut::ALL.into_iter().find(|reason| reason.word() == word)
}

/// A language, for organizers.
pub fn language(tag: &str) -> &'static str {
    if tag == "zh" { "Chinese" } else { "English" }
}
