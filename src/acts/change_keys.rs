//! What opens an organizer's account is changed: they are told by mail, in the transaction of the
//! change. Where something was changed or taken away, every other browser is signed out: whoever
//! came in by it has to go.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;

use super::letter::{self, Letter};
use crate::domain::OrganizerId;
use crate::domain::email::Email;
use crate::domain::status::Purpose;
use crate::href;
use crate::mail::key_changed::{Key, KeyChanged};
use crate::mail::mailbox::mailbox;
use crate::mail::message::Content;
use crate::service::Service;
use crate::store::{organizers, outbox, sessions};
use crate::words::Words;

/// The browser, or the program, by which an organizer changes something of their account.
#[derive(Clone, Debug)]
pub struct Browser {
    /// The hash of its session's cookie: it stays signed in. Empty for programs.
    pub session: String,
    /// The language that it speaks, and the mails it causes.
    pub words: Words,
}

impl Browser {
    /// A program that speaks for an organizer.
    pub fn program() -> Self {
        Self { session: String::new(), words: Words::of("en") }
    }
}

/// Does what follows from a changed key. After the commit, wake the worker.
pub(super) async fn changed(
    service: &Service,
    tx: &DatabaseTransaction,
    of: OrganizerId,
    key: Key,
    browser: &Browser,
) -> anyhow::Result<()> {
    if key.signs_out() {
        sessions::end_others(tx, of, &browser.session).await?;
    }
    let found = organizers::by_id(tx, of).await?;
    let Some(address) = found.and_then(|organizer| organizer.address) else { return Ok(()) };
    let at = service.clock.now();
    let content = KeyChanged { key, at, link: service.link(href::ACCOUNT) }.content(browser.words);
    tell(service, tx, of, &address, &content, letter::latest(service, at)).await
}

/// Queues a mail about an organizer's own account.
pub(super) async fn tell(
    service: &Service,
    tx: &DatabaseTransaction,
    of: OrganizerId,
    to: &Email,
    content: &Content,
    not_after: DateTime<Utc>,
) -> anyhow::Result<()> {
    let Ok(to) = mailbox("", to.as_str()) else {
        tracing::warn!("an organizer's address cannot be written to");
        return Ok(());
    };
    let letter = Letter {
        key: format!("account:{of}:{}", service.clock.random_name()),
        purpose: Purpose::Account,
        to,
        content,
        organizer: None,
        questionnaire: None,
        invitation: None,
        unsubscribe: None,
        at: service.clock.now(),
        not_after,
    };
    outbox::enqueue(tx, letter::freeze(service, letter)?).await?;
    Ok(())
}
