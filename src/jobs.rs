//! What happens without a person asking: so far, mail leaving the outbox.

use std::time::Duration;

use tokio::sync::watch;

use self::courier::Courier;
use crate::service::Service;

pub mod courier;
pub mod deliver;
pub mod retry;
#[cfg(test)]
mod tests;

/// How long the worker sleeps when there is nothing to do; what is queued here wakes it at once,
/// this is for what another process has queued and for what becomes due.
const POLL: Duration = Duration::from_secs(1);

/// Delivers until told to stop; the mail in hand is finished first.
pub async fn run(service: Service, mut stopping: watch::Receiver<bool>) {
    let mut courier = Courier::new(&service);
    while !*stopping.borrow() {
        match deliver::deliver_due(&service, &mut courier, 1).await {
            Ok(delivered) if delivered.handled() > 0 => continue,
            Ok(_) => {}
            Err(error) => tracing::error!(error = ?error, "the outbox could not be worked on"),
        }
        tokio::select! {
            _ = stopping.changed() => {}
            () = service.post.woken() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
    courier.hang_up().await;
}
