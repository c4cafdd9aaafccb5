//! What came in and waits is dealt with: mails that were kept while something stood in the way.

use std::time::Duration;

use tokio::sync::watch;

use crate::acts::receive_mail;
use crate::service::Service;

/// How often it is looked.
const POLL: Duration = Duration::from_secs(5);

/// Deals with what waits until told to stop.
pub async fn run(service: &Service, mut stopping: watch::Receiver<bool>) {
    if !service.settings.inbound.is_open() {
        return;
    }
    while !*stopping.borrow() {
        if let Err(error) = receive_mail::deal_with_waiting(service).await {
            tracing::error!(error = ?error, "what came in could not be dealt with");
        }
        tokio::select! {
            _ = stopping.changed() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}
