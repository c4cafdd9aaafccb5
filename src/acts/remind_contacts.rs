//! An organizer reminds those who were invited and have not answered: twice at the most, and
//! never soon after another mail.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::invite_contacts::{LeftOut, Queued, Round, must_not, token_of};
use super::letter::{self, Letter};
use crate::domain::status::{Delivery, Purpose, Status};
use crate::href;
use crate::mail::mailbox::mailbox;
use crate::mail::message::Content;
use crate::mail::reminder::Reminder;
use crate::service::Service;
use crate::store::invitations::{self, Person};
use crate::store::organizers::Organizer;
use crate::store::outbox;
use crate::store::questionnaires::{self, Questionnaire};
use crate::words::Words;

/// How many reminders one invitation gets at the most.
pub const MOST: usize = 2;

/// How many reminders a person has had.
fn reminders(person: &Person) -> usize {
    person.mails.iter().filter(|mail| mail.purpose == Purpose::Reminder).count()
}

/// Why a person gets no reminder now; `None`: they get one. `days`: how old the last mail must be.
pub fn left_out(person: &Person, now: DateTime<Utc>, days: u32) -> Option<LeftOut> {
    if let Some(reason) = must_not(person) {
        return Some(reason);
    }
    let Some(last) = person.mails.last().filter(|_| person.invitation.is_some()) else {
        return Some(LeftOut::NotInvited);
    };
    if reminders(person) >= MOST {
        return Some(LeftOut::Enough);
    }
    match last.state {
        Delivery::Queued | Delivery::Claimed | Delivery::InData => Some(LeftOut::Waiting),
        Delivery::Failed | Delivery::Suppressed | Delivery::Bounced | Delivery::Complained => {
            Some(LeftOut::NotDelivered)
        }
        Delivery::Sent | Delivery::Unknown | Delivery::Cancelled | Delivery::Expired => {
            // What perhaps arrived counts as if it had; what never left does not count.
            let arrived = |state| matches!(state, Delivery::Sent | Delivery::Unknown);
            let Some(mail) = person.mails.iter().rfind(|mail| arrived(mail.state)) else {
                return Some(LeftOut::NotInvited);
            };
            let ripe = mail.updated_at + TimeDelta::days(i64::from(days));
            (now < ripe).then_some(LeftOut::TooSoon)
        }
    }
}

/// The reminder for somebody of this name, by the link of their invitation.
pub fn content(
    service: &Service,
    round: &Round<'_>,
    name: &str,
    token: &str,
    last: bool,
    words: Words,
) -> Content {
    Reminder {
        name: Some(name.to_owned()),
        title: round.questionnaire.title.clone(),
        closes: None,
        zone: Tz::UTC,
        link: service.link(&href::invitation(token)),
        last,
        footer: round.footer(service, token),
    }
    .content(words)
}

/// Reminds everybody who may be reminded; `None`: the questionnaire is not open, nothing was done.
///
/// # Errors
/// A database that refuses; nobody was reminded.
pub async fn remind_contacts(
    service: &Service,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
) -> anyhow::Result<Option<Queued>> {
    let now = service.clock.now();
    let days = service.settings.mail.reminder_days;
    let tx = service.store.write().await?;
    let Some(questionnaire) = questionnaires::by_id(&tx, questionnaire.id).await? else {
        return Ok(None);
    };
    if questionnaire.status != Status::Open {
        return Ok(None);
    }
    let round = Round::new(organizer, &questionnaire, &[]);
    let mut queued = Queued::default();
    let mut mails = vec![];
    for person in invitations::people(&tx, &service.secret, &questionnaire).await? {
        let invitation = match (left_out(&person, now, days), &person.invitation) {
            (None, Some(invitation)) => invitation.id,
            (reason, _) => {
                let reason = reason.unwrap_or(LeftOut::NotInvited);
                *queued.left_out.entry(reason).or_default() += 1;
                continue;
            }
        };
        let number = 1 + reminders(&person);
        let contact = &person.contact;
        let token = token_of(&service.secret, invitation);
        let words = Words::of(&contact.language);
        let content = content(service, &round, &contact.name, &token, number >= MOST, words);
        mails.push(letter::freeze(
            service,
            Letter {
                key: format!("reminder:{invitation}:{number}"),
                purpose: Purpose::Reminder,
                to: mailbox(&contact.name, contact.address.as_str())?,
                content: &content,
                organizer: Some(organizer),
                questionnaire: Some(&questionnaire),
                invitation: Some(invitation),
                unsubscribe: Some(service.link(&href::stop(&token))),
                at: now,
                not_after: letter::latest(service, now),
            },
        )?);
    }
    queued.mails = mails.len();
    outbox::enqueue_all(&tx, mails).await?;
    tx.commit().await?;
    service.post.wake();
    Ok(Some(queued))
}
