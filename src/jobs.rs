//! What happens without a person asking: mail leaves the outbox, anonymous answers are mixed, what
//! was counted is written down, and what the database refused is filed.

use std::time::Duration;

use tokio::sync::watch;

use self::courier::Courier;
use crate::service::Service;

pub mod campaigns;
pub mod courier;
pub mod deliver;
pub mod file_spool;
pub mod forget;
pub mod meetings;
pub mod mix;
pub mod reach;
pub mod retry;
pub mod seat;
#[cfg(test)]
mod tests;

/// How long the worker sleeps when there is nothing to do; what is queued here wakes it at once,
/// this is for what another process has queued and for what becomes due.
const POLL: Duration = Duration::from_secs(1);

/// Works until told to stop; what is in hand is finished first.
pub async fn run(service: Service, stopping: watch::Receiver<bool>) {
    tokio::join!(
        deliver(&service, stopping.clone()),
        campaigns::run(&service, stopping.clone()),
        mix::run(&service, stopping.clone()),
        forget::run(&service, stopping.clone()),
        reach::run(&service, stopping.clone()),
        seat::run(&service, stopping.clone()),
        meetings::run(&service, stopping.clone()),
        file(&service, stopping),
    );
}

async fn file(service: &Service, mut stopping: watch::Receiver<bool>) {
    while !*stopping.borrow() {
        if let Err(error) = file_spool::file_spool(service).await {
            tracing::error!(%error, "the spool could not be worked on");
        }
        tokio::select! {
            _ = stopping.changed() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

async fn deliver(service: &Service, mut stopping: watch::Receiver<bool>) {
    let mut courier = Courier::new(service);
    while !*stopping.borrow() {
        match deliver::deliver_due(service, &mut courier, 1).await {
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
