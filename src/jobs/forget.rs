//! What nobody needs any more goes: drafts that have expired or were sent, and the mails with
//! links to them, and the bytes of mails a month after their end.

use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::watch;

use crate::acts::keep_draft::KEPT;
use crate::service::Service;
use crate::store::{drafts, erasing, outbox};

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

/// Removes the bytes of mails that are long at their end.
async fn forget_texts(service: &Service) -> anyhow::Result<()> {
    let until = service.clock.now() - TEXTS_KEPT;
    loop {
        let ended = outbox::raw::ended(service.store.read(), until, 500).await?;
        if ended.is_empty() {
            return Ok(());
        }
        let tx = service.store.write().await?;
        outbox::raw::forget(&tx, &ended).await?;
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
    forget_texts(service).await?;
    // An idle service writes nothing.
    if !drafts::is_any_stale(db, now).await? && !erasing::is_any_link(db, until, erased).await? {
        return Ok(0);
    }
    let tx = service.store.write().await?;
    let gone = drafts::delete_stale(&tx, now).await?;
    erasing::forget_links(&tx, until, erased).await?;
    tx.commit().await?;
    erasing::settle(&service.store).await?;
    Ok(gone)
}
