//! A reader goes on with another device: what is typed is kept for a while, and a mail carries
//! the link to it.

use chrono::TimeDelta;

use super::letter::{self, Letter};
use super::mail_receipt::{is_stopped, is_too_much};
use crate::domain::email::Email;
use crate::domain::status::Purpose;
use crate::domain::{DraftId, Fields, InvitationId, ResponseId, token};
use crate::href;
use crate::mail::draft::DraftLink;
use crate::mail::mailbox::mailbox;
use crate::service::Service;
use crate::store::drafts::{self, Draft};
use crate::store::questionnaires::Questionnaire;
use crate::store::{organizers, outbox};
use crate::words::Words;

/// So long a draft is kept.
pub const KEPT: TimeDelta = TimeDelta::days(30);
/// So many mails about one form.
const MAILS: u64 = 5;

/// A form that is not finished.
#[derive(Clone, Debug)]
pub struct Unfinished<'a> {
    /// Where it belongs.
    pub questionnaire: &'a Questionnaire,
    /// The response that it will make.
    pub response: ResponseId,
    /// The invitation through which the reader came.
    pub invitation: Option<InvitationId>,
    /// What is typed.
    pub fields: Fields,
    /// Where the link goes.
    pub address: &'a Email,
    /// The language of the page.
    pub words: Words,
}

/// Keeps the draft and queues the mail; `false`: there were too many mails already, and nothing
/// was changed. An address that must not be written to gets nothing, and nobody is told so: who
/// asks need not be whose address it is.
///
/// # Errors
/// A database that refuses.
pub async fn keep_draft(service: &Service, new: Unfinished<'_>) -> anyhow::Result<bool> {
    let now = service.clock.now();
    let Ok(to) = mailbox("", new.address.as_str()) else { return Ok(false) };
    let (id, expires) = (new.response, now + KEPT);
    let organizer = organizers::by_id(service.store.read(), new.questionnaire.organizer_id).await?;
    let token = token::random(service.clock.bytes());
    let token_hash = token::hash(&token);
    let content = DraftLink {
        title: new.questionnaire.title.clone(),
        link: service.link(&href::draft(&token)),
        until: expires,
    }
    .content(new.words);
    let letter = Letter {
        key: format!("draft:{id}:{token_hash}"),
        purpose: Purpose::Draft,
        to,
        content: &content,
        organizer: organizer.as_ref(),
        // It is the reader's own mail: no organizer finds it among those of a questionnaire.
        questionnaire: None,
        invitation: None,
        unsubscribe: None,
        at: now,
        not_after: letter::latest(service, now),
    };
    let message = letter::freeze(service, letter)?;
    let tx = service.store.write().await?;
    if is_stopped(service, &tx, new.address).await? {
        return Ok(true);
    }
    if is_too_much(service, &tx, new.address, now).await?
        || outbox::about(&tx, &format!("draft:{id}:")).await? >= MAILS
    {
        return Ok(false);
    }
    let draft = Draft {
        id: DraftId(id.0),
        questionnaire_id: new.questionnaire.id,
        invitation_id: new.invitation,
        token_hash,
        language: new.words.language().to_owned(),
        fields: serde_json::to_string(&Vec::from(new.fields))?,
        updated_at: now,
        expires_at: expires,
    };
    drafts::keep(&tx, draft).await?;
    outbox::enqueue(&tx, message).await?;
    tx.commit().await?;
    service.post.wake();
    Ok(true)
}

/// Removes the draft of a form that was sent.
///
/// # Errors
/// A database that refuses.
pub async fn drop_draft(service: &Service, of: ResponseId) -> anyhow::Result<()> {
    let tx = service.store.write().await?;
    drafts::delete(&tx, DraftId(of.0)).await?;
    Ok(tx.commit().await?)
}

/// Removes the draft that a link opens, as its reader asked; whether there was one.
///
/// # Errors
/// A database that refuses.
pub async fn delete_draft(service: &Service, link: &str) -> anyhow::Result<bool> {
    let tx = service.store.write().await?;
    let gone = drafts::delete_by_token(&tx, &token::hash(link)).await?;
    tx.commit().await?;
    if gone {
        crate::store::erasing::settle(&service.store).await?;
    }
    Ok(gone)
}
