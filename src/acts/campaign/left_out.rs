//! Who of those whom a campaign is meant for gets no mail of it, and why.

use chrono::{DateTime, TimeDelta, Utc};

use super::Plan;
use crate::domain::MessageId;
use crate::domain::campaign::{Aim, Terms};
use crate::domain::status::{Delivery, Purpose, Status};
use crate::mail::mailbox::mailbox;
use crate::store::invitations::Person;
use crate::store::outbox::Line;
use crate::store::suppressions::Reason;

/// How many reminders one invitation gets at the most.
pub const MOST_REMINDERS: usize = 2;

/// Why somebody gets no mail now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeftOut {
    /// They have answered.
    Answered,
    /// They have not answered (for thanks, and a brief for those who have).
    NotAnswered,
    /// They are invited already (for an invitation).
    Invited,
    /// They are not invited (yet).
    NotInvited,
    /// Their last mail has not left yet.
    Waiting,
    /// Their last mail is too young (for a reminder).
    TooSoon,
    /// They have had all reminders.
    Enough,
    /// They have had this mail: the thanks, or the brief as it is published.
    HadIt,
    /// Their last mail could not be delivered (for a reminder).
    NotDelivered,
    /// They asked us to stop.
    Stopped,
    /// They complained about a mail.
    Complained,
    /// The organizer keeps them from being written to.
    Barred,
    /// There is no such mailbox.
    NoMailbox,
    /// Mails to them were given up again and again.
    Unreachable,
    /// What is kept as their address is none that can be written to.
    Invalid,
    /// Their mailbox is another contact's as well.
    Duplicate,
    /// The questionnaire is not open, so nobody could answer.
    NotOpen,
    /// No brief is published.
    NoBrief,
}

impl LeftOut {
    /// All of them, the harmless ones first.
    pub const ALL: [Self; 18] = [
        Self::Answered,
        Self::NotAnswered,
        Self::Invited,
        Self::NotInvited,
        Self::Waiting,
        Self::TooSoon,
        Self::Enough,
        Self::HadIt,
        Self::NotDelivered,
        Self::Stopped,
        Self::Complained,
        Self::Barred,
        Self::NoMailbox,
        Self::Unreachable,
        Self::Invalid,
        Self::Duplicate,
        Self::NotOpen,
        Self::NoBrief,
    ];

    /// The word under which a count of it is kept.
    pub fn word(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::NotAnswered => "not_answered",
            Self::Invited => "invited",
            Self::NotInvited => "not_invited",
            Self::Waiting => "waiting",
            Self::TooSoon => "too_soon",
            Self::Enough => "enough",
            Self::HadIt => "had_it",
            Self::NotDelivered => "not_delivered",
            Self::Stopped => "stopped",
            Self::Complained => "complained",
            Self::Barred => "barred",
            Self::NoMailbox => "no_mailbox",
            Self::Unreachable => "unreachable",
            Self::Invalid => "invalid",
            Self::Duplicate => "duplicate",
            Self::NotOpen => "not_open",
            Self::NoBrief => "no_brief",
        }
    }
}

/// Why a person gets no mail of this campaign at this moment; `None`: they get one.
pub fn left_out(plan: &Plan, person: &Person, now: DateTime<Utc>) -> Option<LeftOut> {
    must_not(person).or_else(|| match plan.aim {
        Aim::Invite | Aim::Remind if plan.questionnaire.status != Status::Open => {
            Some(LeftOut::NotOpen)
        }
        Aim::Brief if plan.brief.is_none() => Some(LeftOut::NoBrief),
        Aim::Invite | Aim::Remind if person.answered => Some(LeftOut::Answered),
        Aim::Invite => invited(person, plan.has_server),
        // Whom we never invited, we do not write to about anything else.
        Aim::Remind | Aim::Thank | Aim::Brief if person.invitation.is_none() => {
            Some(LeftOut::NotInvited)
        }
        Aim::Remind => not_to_remind(plan, person, now),
        Aim::Thank if !person.answered => Some(LeftOut::NotAnswered),
        Aim::Thank => had(plan, person, Purpose::Thanks, None),
        Aim::Brief if !plan.terms.everybody && !person.answered => Some(LeftOut::NotAnswered),
        Aim::Brief => had(plan, person, Purpose::Brief, plan.brief),
    })
}

/// Why a person must not get any mail about the questionnaire.
fn must_not(person: &Person) -> Option<LeftOut> {
    if let Some(reason) = person.suppressed {
        return Some(match reason {
            Reason::Stopped => LeftOut::Stopped,
            Reason::Complaint => LeftOut::Complained,
            Reason::Manual => LeftOut::Barred,
            Reason::NoMailbox => LeftOut::NoMailbox,
            Reason::Soft => LeftOut::Unreachable,
        });
    }
    let contact = &person.contact;
    mailbox(&contact.name, contact.address.as_str()).is_err().then_some(LeftOut::Invalid)
}

/// The invitations and reminders a person had, oldest first.
fn asks(person: &Person) -> impl DoubleEndedIterator<Item = &Line> {
    let asks = |mail: &&Line| matches!(mail.purpose, Purpose::Invitation | Purpose::Reminder);
    person.mails.iter().filter(asks)
}

/// What perhaps arrived counts as if it had; so does a file as long as there is no server, so that
/// everything can be tried.
fn arrived(mail: &Line, server: bool) -> bool {
    match mail.state {
        Delivery::Sent | Delivery::Unknown => true,
        Delivery::Written => !server,
        _ => false,
    }
}

fn waits(mail: &Line) -> bool {
    matches!(mail.state, Delivery::Queued | Delivery::Claimed | Delivery::InData)
}

/// An invitation whose mail never left (called off, too late, or a file only) is mailed again, with
/// the same link.
fn invited(person: &Person, server: bool) -> Option<LeftOut> {
    let left = |mail: &Line| match mail.state {
        Delivery::Cancelled | Delivery::Expired => false,
        Delivery::Written => !server,
        _ => true,
    };
    asks(person).any(left).then_some(LeftOut::Invited)
}

/// How many reminders a person has had, or has coming.
pub(super) fn reminders(person: &Person, server: bool) -> usize {
    let counts =
        |mail: &&Line| mail.purpose == Purpose::Reminder && (arrived(mail, server) || waits(mail));
    person.mails.iter().filter(counts).count()
}

/// Whether all that a person was ever asked with are files, from a time without a server.
pub fn only_files(person: &Person) -> bool {
    asks(person).next().is_some() && asks(person).all(|mail| mail.state == Delivery::Written)
}

fn not_to_remind(plan: &Plan, person: &Person, now: DateTime<Utc>) -> Option<LeftOut> {
    let Some(last) = asks(person).next_back() else { return Some(LeftOut::NotInvited) };
    if reminders(person, plan.has_server) >= MOST_REMINDERS {
        return Some(LeftOut::Enough);
    }
    match last.state {
        Delivery::Queued | Delivery::Claimed | Delivery::InData => Some(LeftOut::Waiting),
        Delivery::Failed | Delivery::Suppressed | Delivery::Bounced | Delivery::Complained => {
            Some(LeftOut::NotDelivered)
        }
        Delivery::Sent
        | Delivery::Written
        | Delivery::Unknown
        | Delivery::Cancelled
        | Delivery::Expired => {
            // What never left does not count.
            let Some(mail) = asks(person).rfind(|mail| arrived(mail, plan.has_server)) else {
                return Some(LeftOut::NotInvited);
            };
            let ripe = mail.updated_at + TimeDelta::days(i64::from(plan.terms.days));
            (now < ripe).then_some(LeftOut::TooSoon)
        }
    }
}

/// Whether a person has had a mail of this purpose, or has it coming, `since` then.
fn had(
    plan: &Plan,
    person: &Person,
    purpose: Purpose,
    since: Option<DateTime<Utc>>,
) -> Option<LeftOut> {
    let this = |mail: &&Line| {
        mail.purpose == purpose && since.is_none_or(|since| mail.created_at >= since)
    };
    let mut mails = person.mails.iter().filter(this);
    mails.find_map(|mail| {
        let had = arrived(mail, plan.has_server).then_some(LeftOut::HadIt);
        had.or_else(|| waits(mail).then_some(LeftOut::Waiting))
    })
}

/// Why a reminder that waits must not leave any more: what came of its reader's other mails since it
/// was queued. Asked just before it is handed over. `server`: mails leave through one.
pub fn no_reminder(
    mails: &[Line],
    this: MessageId,
    terms: &Terms,
    server: bool,
    now: DateTime<Utc>,
) -> Option<&'static str> {
    let asks = |mail: &&Line| matches!(mail.purpose, Purpose::Invitation | Purpose::Reminder);
    let others = mails.iter().filter(|mail| mail.id != this && arrived(mail, server)).filter(asks);
    if others.clone().filter(|mail| mail.purpose == Purpose::Reminder).count() >= MOST_REMINDERS {
        return Some("the reader has had all reminders");
    }
    let days = TimeDelta::days(i64::from(terms.days));
    let lately = others.map(|mail| mail.updated_at).max().is_some_and(|last| now < last + days);
    lately.then_some("the reader was written to a short while ago")
}
