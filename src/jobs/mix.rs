//! Anonymous answers are mixed: batch by batch, as soon as enough wait; all of them once no more
//! are to come.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use crate::acts::submit_response::GRACE;
use crate::domain::QuestionnaireId;
use crate::domain::status::Status;
use crate::service::Service;
use crate::store::{mixing, questionnaires};

/// How often the pools are looked at.
const POLL: Duration = Duration::from_secs(10);
/// Cleaning up behind batches is not done for each one of a crowd.
const SWEEP: TimeDelta = TimeDelta::minutes(1);

/// Mixes until told to stop.
pub async fn run(service: &Service, mut stopping: watch::Receiver<bool>) {
    let mut unswept = false;
    let mut swept: Option<DateTime<Utc>> = None;
    while !*stopping.borrow() {
        match mix_due(service).await {
            Ok(moved) => unswept |= moved > 0,
            Err(error) => tracing::error!(error = ?error, "anonymous answers could not be mixed"),
        }
        let now = service.clock.now();
        if unswept && swept.is_none_or(|swept| now - swept >= SWEEP) {
            match mixing::sweep(&service.store).await {
                Ok(()) => (unswept, swept) = (false, Some(now)),
                Err(error) => tracing::warn!(error = %error, "the tables could not be swept"),
            }
        }
        tokio::select! {
            _ = stopping.changed() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

/// Moves every batch that is due; how many answers that were.
///
/// # Errors
/// A database that refuses. What was moved before stays moved.
pub async fn mix_due(service: &Service) -> anyhow::Result<usize> {
    let mut moved = 0;
    for questionnaire in mixing::pools(service.store.read(), &service.mixer).await? {
        match mix_one(service, questionnaire).await {
            Ok(more) => moved += more,
            // One that is damaged must not hold up the others.
            Err(error) => tracing::error!(error = ?error, "a questionnaire could not be mixed"),
        }
    }
    let (keys, now) = (service.mixer.clone(), service.clock.now());
    keys.retire(now);
    let needed = mixing::needed_keys(service.store.read()).await?;
    tokio::task::spawn_blocking(move || keys.destroy_all_but(&needed, now)).await?;
    Ok(moved)
}

async fn mix_one(service: &Service, id: QuestionnaireId) -> anyhow::Result<usize> {
    let mut moved = 0;
    loop {
        let found = questionnaires::by_id(service.store.read(), id).await?;
        let Some(questionnaire) = found else { return Ok(moved) };
        let now = service.clock.now();
        // Until then some of those who were writing at the close may still send.
        let ended = questionnaire.status == Status::Closed
            && questionnaire.closed_at.is_none_or(|closed| now > closed + GRACE);
        let at = mixing::day(now);
        let chance = || service.clock.random_name().as_u128();
        let (store, keys) = (&service.store, &service.mixer);
        match mixing::mix(store, keys, &questionnaire, ended, at, &chance).await? {
            0 => return Ok(moved),
            more => moved += more,
        }
    }
}
