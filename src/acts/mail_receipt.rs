//! A respondent has the private link sent to themselves. Also the limits for every mail that a
//! reader asks for, so that nobody's mailbox is filled by somebody else.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{DatabaseTransaction, DbErr};

use super::letter::{self, Letter};
use crate::domain::ResponseId;
use crate::domain::email::Email;
use crate::domain::status::Purpose;
use crate::domain::token::Opens;
use crate::href;
use crate::mail::mailbox::mailbox;
use crate::mail::receipt::ReceiptLink;
use crate::service::Service;
use crate::store::questionnaires::Questionnaire;
use crate::store::{organizers, outbox, suppressions};
use crate::words::Words;

/// So many mails that readers ask for go to one address in a day.
const A_DAY: u64 = 3;
/// So many go out about one response.
const MAILS: u64 = 5;
/// What readers ask for.
const ASKED_FOR: [Purpose; 2] = [Purpose::Draft, Purpose::Receipt];

/// Queues the mail with the private link; `false`: there were too many already. See
/// [`super::keep_draft`] for addresses that must not be written to.
///
/// # Errors
/// A database that refuses.
pub async fn mail_receipt(
    service: &Service,
    questionnaire: &Questionnaire,
    response: ResponseId,
    address: &Email,
    words: Words,
) -> anyhow::Result<bool> {
    let now = service.clock.now();
    let Ok(to) = mailbox("", address.as_str()) else { return Ok(false) };
    let organizer = organizers::by_id(service.store.read(), questionnaire.organizer_id).await?;
    let token = service.secret.link(Opens::Response, response.0);
    let content = ReceiptLink {
        title: questionnaire.title.clone(),
        link: service.link(&href::receipt(&token)),
    }
    .content(words);
    let tx = service.store.write().await?;
    if is_stopped(service, &tx, address).await? {
        return Ok(true);
    }
    let sent = outbox::about(&tx, &format!("receipt:{response}:")).await?;
    if sent >= MAILS || is_too_much(service, &tx, address, now).await? {
        return Ok(false);
    }
    let letter = Letter {
        key: format!("receipt:{response}:{sent}"),
        purpose: Purpose::Receipt,
        to,
        content: &content,
        organizer: organizer.as_ref(),
        // It carries a link that only its reader may know.
        questionnaire: None,
        invitation: None,
        unsubscribe: None,
        at: now,
        not_after: letter::latest(service, now),
    };
    outbox::enqueue(&tx, letter::freeze(service, letter)?).await?;
    tx.commit().await?;
    service.post.wake();
    Ok(true)
}

/// Whether this address must not be written to.
pub(super) async fn is_stopped(
    service: &Service,
    tx: &DatabaseTransaction,
    address: &Email,
) -> Result<bool, DbErr> {
    let hash = service.secret.address_hash(&address.folded());
    Ok(suppressions::of(tx, &hash).await?.is_some())
}

/// Whether readers have asked for enough mails to this address today. Mails of responses that
/// were erased since count too, by what stands for their address.
pub(super) async fn is_too_much(
    service: &Service,
    tx: &DatabaseTransaction,
    address: &Email,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let folded = address.folded();
    let hash = service.secret.address_hash(&folded);
    let since = now - TimeDelta::days(1);
    let asked = [folded.as_str(), hash.as_str()];
    Ok(outbox::asked_for_since(tx, &asked, &ASKED_FOR, since).await? >= A_DAY)
}
