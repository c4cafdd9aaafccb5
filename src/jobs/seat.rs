//! A search for a plan that was left behind, by a process that ended, is taken up by another.

use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::watch;

use crate::acts::make_groups::go_on;
use crate::service::Service;
use crate::store::discussions::search;

/// How often searches are looked at.
const POLL: Duration = Duration::from_secs(10);
/// After so long without a word nobody is at a search any more.
const SILENCE: TimeDelta = TimeDelta::seconds(30);

/// Takes up searches until told to stop.
pub async fn run(service: &Service, mut stopping: watch::Receiver<bool>) {
    while !*stopping.borrow() {
        match take_up(service).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!(error = ?error, "searches could not be taken up"),
        }
        tokio::select! {
            _ = stopping.changed() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

/// Takes up one search that was left behind, from its beginning: the same plan comes out. Whether
/// there was one.
///
/// # Errors
/// A database that refuses.
pub async fn take_up(service: &Service) -> anyhow::Result<bool> {
    let now = service.clock.now();
    if !search::any_left(service.store.read(), now - SILENCE).await? {
        return Ok(false);
    }
    let tx = service.store.write().await?;
    let run = service.clock.random_name();
    let left = search::adopt(&tx, now - SILENCE, run, now).await?;
    tx.commit().await?;
    let Some(left) = left else { return Ok(false) };
    drop(go_on(service.clone(), left).await);
    Ok(true)
}
