//! What came in and waits is dealt with, and what came in long ago is forgotten.

use std::time::Duration;

use tokio::sync::watch;

use crate::acts::receive_mail::{self, KEPT};
use crate::service::Service;
use crate::store::{erasing, inbound};

/// How often it is looked.
const POLL: Duration = Duration::from_secs(5);
/// At every so many looks it is forgotten: each ten minutes.
const FORGET: u32 = 120;

/// Deals with what waits, and forgets what is old, until told to stop.
pub async fn run(service: &Service, mut stopping: watch::Receiver<bool>) {
    let mut looks = 0_u32;
    while !*stopping.borrow() {
        if let Err(error) = receive_mail::deal_with_waiting(service).await {
            tracing::error!(error = ?error, "what came in could not be dealt with");
        }
        if looks.is_multiple_of(FORGET)
            && let Err(error) = forget(service).await
        {
            tracing::error!(error = ?error, "what came in long ago could not be removed");
        }
        looks = looks.wrapping_add(1);
        tokio::select! {
            _ = stopping.changed() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

/// Removes what came in long ago.
///
/// # Errors
/// A database that refuses.
pub async fn forget(service: &Service) -> anyhow::Result<()> {
    let until = service.clock.now() - KEPT;
    // An idle service writes nothing.
    if !inbound::any_before(service.store.read(), until).await? {
        return Ok(());
    }
    let tx = service.store.write().await?;
    inbound::delete_before(&tx, until).await?;
    tx.commit().await?;
    erasing::settle(&service.store).await?;
    Ok(())
}
