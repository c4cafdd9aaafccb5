//! What happens without a person asking: mail leaves the outbox, webhooks are told, anonymous answers are mixed, what
//! was counted is written down, and what the database refused is filed.

use std::time::Duration;

use tokio::sync::watch;

use self::courier::Courier;
use crate::service::Service;

pub mod campaigns;
pub mod close;
pub mod courier;
pub mod deliver;
pub mod file_spool;
pub mod forget;
pub mod imap;
pub mod inbox;
pub mod lmtp;
pub mod meetings;
pub mod mix;
pub mod reach;
pub mod retry;
pub mod seat;
pub mod sender;
#[cfg(test)]
mod tests;
pub mod webhooks;

/// How long workers sleep when there is nothing to do.
const POLL: Duration = Duration::from_secs(1);

/// Works until told to stop; what is in hand is finished first.
pub async fn run(service: Service, stopping: watch::Receiver<bool>) {
    tokio::join!(
        deliver(&service, stopping.clone()),
        campaigns::run(&service, stopping.clone()),
        mix::run(&service, stopping.clone()),
        close::run(&service, stopping.clone()),
        forget::run(&service, stopping.clone()),
        reach::run(&service, stopping.clone()),
        seat::run(&service, stopping.clone()),
        meetings::run(&service, stopping.clone()),
        inbox::run(&service, stopping.clone()),
        lmtp::run(&service, stopping.clone()),
        imap::run(&service, stopping.clone()),
        webhooks::run(&service, stopping.clone()),
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

/// Delivers until told to stop, or until the service begins to: mails in hand end while requests
/// do.
async fn deliver(service: &Service, mut stopping: watch::Receiver<bool>) {
    let (tell, told) = watch::channel(false);
    let mut closing = service.closing.subscribe();
    let listening = async {
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => {}
            _ = closing.wait_for(|stop| *stop) => {}
        }
        tell.send_replace(true);
    };
    let working = async {
        while !*told.borrow() {
            // A new one each time: what went wrong may have left mails in the hands of the old.
            let courier = Courier::new(service);
            if let Err(error) = deliver::deliver_until(service, &courier, told.clone()).await {
                tracing::error!(error = ?error, "the outbox could not be worked on");
                tokio::time::sleep(POLL).await;
            }
        }
    };
    tokio::join!(listening, working);
}
