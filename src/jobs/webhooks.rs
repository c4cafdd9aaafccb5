//! Webhooks are told what happened: at least once each, whatever stops in between.

use std::time::Duration;

use chrono::TimeDelta;
use futures_util::future::join_all;
use tokio::sync::watch;

use super::POLL;
use crate::acts::set_up_webhook::{give_up, secrets};
use crate::domain::text::{one_line, shortened};
use crate::domain::webhook::{Telling, next_attempt, signatures};
use crate::service::Service;
use crate::store::webhooks::{Notice, Webhook, notices};

/// So long is what they were told remembered.
const KEPT: TimeDelta = TimeDelta::days(30);
/// The longest pause that the other side may ask for.
const LONGEST_PAUSE: u64 = 86_400;
/// So much of what the other side says is kept, in characters.
const SAID: usize = 300;

/// Tells until told to stop.
pub async fn run(service: &Service, mut stopping: watch::Receiver<bool>) {
    while !*stopping.borrow() {
        let pause = match tell_due(service).await {
            Ok(0) => POLL,
            Ok(_) => Duration::ZERO,
            Err(error) => {
                tracing::error!(error = ?error, "webhooks could not be told");
                POLL
            }
        };
        tokio::select! {
            _ = stopping.changed() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Tells some of what is due; how much that was.
///
/// # Errors
/// A database that refuses. What was told without being written down is told again.
pub async fn tell_due(service: &Service) -> anyhow::Result<usize> {
    let now = service.clock.now();
    if !notices::is_any_due(service.store.read(), now).await? {
        return Ok(0);
    }
    let tx = service.store.write().await?;
    let claimed = notices::claim(&tx, now).await?;
    tx.commit().await?;
    let told =
        join_all(claimed.into_iter().map(|(hook, notice)| tell(service, hook, notice))).await;
    let count = told.len();
    let tx = service.store.write().await?;
    let mut mailed = false;
    for (hook, notice, end) in told {
        notices::settle(&tx, &notice).await?;
        if let Some(why) = end {
            give_up(service, &tx, &hook, &why).await?;
            mailed = true;
        }
    }
    tx.commit().await?;
    if mailed {
        service.post.wake();
    }
    Ok(count)
}

/// Tells one; how that went, and why the webhook is to be switched off, if it is.
async fn tell(
    service: &Service,
    hook: Webhook,
    mut notice: Notice,
) -> (Webhook, Notice, Option<String>) {
    let now = service.clock.now();
    let id = format!("msg_{}", notice.id);
    let seconds = now.timestamp().to_string();
    let signed = signatures(&secrets(service, &hook, now), &id, now.timestamp(), &notice.body);
    let headers = [
        ("content-type", "application/json"),
        ("webhook-id", id.as_str()),
        ("webhook-timestamp", seconds.as_str()),
        ("webhook-signature", signed.as_str()),
    ];
    let answer = service.fetcher.post(&hook.address, &headers, notice.body.clone().into_bytes());
    notice.attempts += 1;
    notice.lease_until = None;
    let (mut gone, mut pause) = (false, 0);
    match answer.await {
        Ok(answer) => {
            notice.last_status = Some(answer.status.into());
            let said = shortened(&one_line(&answer.text, usize::MAX), SAID);
            notice.last_said = Some(said).filter(|said| !said.is_empty());
            if (200..300).contains(&answer.status) {
                (notice.state, notice.told_at) = (Telling::Told, Some(service.clock.now()));
                return (hook, notice, None);
            }
            gone = answer.status == 410;
            pause = answer.retry_after.unwrap_or(0).min(LONGEST_PAUSE);
        }
        Err(why) => {
            (notice.last_status, notice.last_said) = (None, Some(why.to_string()));
        }
    }
    let now = service.clock.now();
    let why = match (notice.last_status, &notice.last_said) {
        (Some(status), _) => format!("it answered with status {status}"),
        (None, said) => said.clone().unwrap_or_default(),
    };
    if let Some(next) = next_attempt(notice.attempts, now).filter(|_| !gone) {
        let asked = now + TimeDelta::seconds(i64::try_from(pause).unwrap_or(0));
        notice.next_at = next.max(asked);
        return (hook, notice, None);
    }
    notice.state = Telling::GivenUp;
    (hook, notice, Some(why))
}

/// Forgets what webhooks were told long ago.
///
/// # Errors
/// A database that refuses.
pub async fn forget(service: &Service) -> anyhow::Result<()> {
    let until = service.clock.now() - KEPT;
    if notices::is_any_stale(service.store.read(), until).await? {
        let tx = service.store.write().await?;
        notices::delete_stale(&tx, until).await?;
        tx.commit().await?;
    }
    Ok(())
}
