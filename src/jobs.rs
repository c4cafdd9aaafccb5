//! What happens without a person asking: so far, mail leaving the outbox.

use tokio::sync::watch;

use crate::service::Service;

/// Works until told to stop.
pub async fn run(_service: Service, mut stopping: watch::Receiver<bool>) {
    let _ = stopping.changed().await;
}
