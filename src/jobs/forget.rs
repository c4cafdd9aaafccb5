//! What nobody needs any more goes: drafts that have expired or were sent, the mails with links to
//! them, sign-ins that were begun and never ended, changes of an address that nobody can confirm or
//! take back any more, the bytes of mails a month after their end, what webhooks were told, sessions
//! that have ended, what organizers did long ago, the questionnaires and accounts that were deleted
//! two weeks ago, and, a day old, lists of people that were brought and never imported, and answers
//! to requests that named themselves.

use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::watch;

use super::webhooks;
use crate::acts::keep_draft::KEPT;
use crate::acts::{delete_account, delete_questionnaire, note_deed, sessions};
use crate::service::Service;
use crate::store::outbox::{pace, raw};
use crate::store::{
    address_changes, colleagues, contact_imports, credentials, drafts, erasing, repeats,
};

/// How often it is looked.
const POLL: Duration = Duration::from_mins(10);
/// How long the bytes of a mail are kept after its end; its line and history stay.
const TEXTS_KEPT: TimeDelta = TimeDelta::days(30);

/// Forgets until told to stop.
pub async fn run(service: &Service, mut stopping: watch::Receiver<bool>) {
    while !*stopping.borrow() {
        if let Err(error) = forget_stale(service).await {
            tracing::error!(error = ?error, "what is old could not be removed");
        }
        tokio::select! {
            _ = stopping.changed() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

/// Removes the bytes of mails that are long at their end, and how fast they left.
async fn forget_mails(service: &Service) -> anyhow::Result<()> {
    let now = service.clock.now();
    if pace::any_full(service.store.read(), now).await? {
        let tx = service.store.write().await?;
        pace::forget(&tx, now).await?;
        tx.commit().await?;
    }
    let until = now - TEXTS_KEPT;
    loop {
        let ended = raw::ended(service.store.read(), until, 500).await?;
        if ended.is_empty() {
            return Ok(());
        }
        let tx = service.store.write().await?;
        raw::forget(&tx, &ended).await?;
        tx.commit().await?;
    }
}

/// Removes what is old; how many drafts that were.
///
/// # Errors
/// A database that refuses.
pub async fn forget_stale(service: &Service) -> anyhow::Result<u64> {
    let now = service.clock.now();
    let (until, erased) = (now - KEPT, now - TimeDelta::days(1));
    let db = service.store.read();
    forget_mails(service).await?;
    webhooks::forget(service).await?;
    note_deed::forget_deeds(service).await?;
    sessions::forget(service).await?;
    delete_questionnaire::erase_due(service).await?;
    delete_account::erase_due(service).await?;
    if colleagues::is_any_stale(db, now).await? {
        let tx = service.store.write().await?;
        colleagues::delete_stale(&tx, now).await?;
        tx.commit().await?;
    }
    // An idle service writes nothing.
    if !drafts::is_any_stale(db, now).await?
        && !erasing::is_any_link(db, until, erased).await?
        && !contact_imports::is_any_stale(db, erased).await?
        && !repeats::is_any_old(db, erased).await?
        && !credentials::is_any_stale(db, now).await?
        && !address_changes::is_any_stale(db, now).await?
    {
        return Ok(0);
    }
    let tx = service.store.write().await?;
    credentials::delete_stale(&tx, now).await?;
    address_changes::delete_stale(&tx, now).await?;
    let gone = drafts::delete_stale(&tx, now).await?;
    erasing::forget_links(&tx, until, erased).await?;
    contact_imports::delete_stale(&tx, erased).await?;
    repeats::forget(&tx, erased).await?;
    tx.commit().await?;
    erasing::settle(&service.store).await?;
    Ok(gone)
}
