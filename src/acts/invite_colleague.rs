//! An owner asks a colleague to work on a questionnaire. The link in the mail is the permission: it
//! is kept as a hash, is good for a week, and works once.

use chrono::TimeDelta;

use super::letter::{self, Letter};
use crate::domain::email::Email;
use crate::domain::status::Purpose;
use crate::domain::{ColleagueId, QuestionnaireId, Role, token};
use crate::href;
use crate::mail::colleague::Invitation;
use crate::mail::mailbox::mailbox;
use crate::service::Service;
use crate::store::colleagues::{self, Colleague};
use crate::store::organizers::Organizer;
use crate::store::questionnaires::Questionnaire;
use crate::store::{members, organizers, outbox};
use crate::words::Words;

/// So long a link is good.
pub const DAYS: i64 = 7;
/// So many of a questionnaire may be asked and not have answered.
const MOST: u64 = 50;
/// So many of these mails one address gets within a day, whoever asks.
const MAILS: u64 = 3;

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invited {
    /// The mail is on its way.
    Sent,
    /// They work here already.
    Member,
    /// Too many were asked, or this one too often.
    TooMany,
    /// The address cannot be written to.
    Unreachable,
}

/// Queues the mail.
///
/// # Errors
/// A database that refuses.
pub async fn invite_colleague(
    service: &Service,
    by: &Organizer,
    of: &Questionnaire,
    (address, role): (&Email, Role),
    words: Words,
) -> anyhow::Result<Invited> {
    let Ok(to) = mailbox("", address.as_str()) else { return Ok(Invited::Unreachable) };
    let now = service.clock.now();
    let expires = now + TimeDelta::days(DAYS);
    let token = token::random(service.clock.bytes());
    let content = Invitation {
        by: letter::organizer_name(service, by),
        title: of.title.clone(),
        role,
        link: service.link(&href::join(&token)),
        until: expires,
    }
    .content(words);
    let letter = Letter {
        key: format!("colleague:{}", token::hash(&token)),
        purpose: Purpose::Colleague,
        to,
        content: &content,
        organizer: Some(by),
        questionnaire: Some(of),
        invitation: None,
        unsubscribe: None,
        at: now,
        not_after: expires,
    };
    let message = letter::freeze(service, letter)?;
    let tx = service.store.write().await?;
    if let Some(known) = organizers::by_address(&tx, address).await?
        && members::role_of(&tx, of.id, known.id).await?.is_some()
    {
        return Ok(Invited::Member);
    }
    let since = now - TimeDelta::days(1);
    let mails = outbox::queued_since(&tx, &message.recipient, Purpose::Colleague, since).await?;
    if mails >= MAILS || colleagues::count(&tx, of.id).await? >= MOST {
        return Ok(Invited::TooMany);
    }
    let new = Colleague {
        id: ColleagueId(service.clock.random_name()),
        questionnaire_id: of.id,
        address: address.clone(),
        address_folded: address.folded(),
        role,
        token_hash: token::hash(&token),
        invited_by: by.id,
        created_at: now,
        expires_at: expires,
    };
    colleagues::keep(&tx, new).await?;
    outbox::enqueue(&tx, message).await?;
    tx.commit().await?;
    service.post.wake();
    Ok(Invited::Sent)
}

/// Takes an invitation back: its link opens nothing any more. `false`: it is not there.
///
/// # Errors
/// A database that refuses.
pub async fn take_back(
    service: &Service,
    of: QuestionnaireId,
    id: ColleagueId,
) -> anyhow::Result<bool> {
    let tx = service.store.write().await?;
    let gone = colleagues::delete(&tx, of, id).await?;
    tx.commit().await?;
    Ok(gone)
}
