//! The day before groups meet, and once they have met, their people are written to.

use std::time::Duration;

use tokio::sync::watch;

use crate::acts::remind_participants::remind_participants;
use crate::service::Service;

/// How often it is looked.
const POLL: Duration = Duration::from_mins(1);

/// Reminds until told to stop.
pub async fn run(service: &Service, mut stopping: watch::Receiver<bool>) {
    while !*stopping.borrow() {
        if let Err(error) = remind_participants(service).await {
            tracing::error!(error = ?error, "reminders of meetings could not be queued");
        }
        tokio::select! {
            _ = stopping.changed() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}
