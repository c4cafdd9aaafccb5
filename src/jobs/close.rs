//! Questionnaires close when their time has come.

use std::time::Duration;

use tokio::sync::watch;

use crate::acts::publish_questionnaire::close_due;
use crate::service::Service;

/// How often it is looked: readers are told at the door, at the moment itself.
const POLL: Duration = Duration::from_secs(20);

/// Closes until told to stop.
pub async fn run(service: &Service, mut stopping: watch::Receiver<bool>) {
    while !*stopping.borrow() {
        if let Err(error) = close_due(service).await {
            tracing::error!(error = ?error, "questionnaires could not be closed at their time");
        }
        tokio::select! {
            _ = stopping.changed() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}
