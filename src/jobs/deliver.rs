//! Messages leave the outbox: claimed, looked at once more, handed over, and what came of it
//! written down. At each step a crash leaves a state that says the truth.
//!
//! One [`dispatch`] takes what is due for the whole process, several [`line`]s hand it to the
//! server, one [`ledger`] writes down what they do, many entries in one commit. No transaction is
//! open while a server is spoken to.

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use tokio::sync::{Mutex as Turn, mpsc, watch};
use tokio::task::JoinSet;

use self::dispatch::Until;
use self::ledger::Reminder;
use self::line::Hall;
use super::courier::Courier;
use crate::domain::status::Delivery;
use crate::service::Service;

mod check;
mod commit;
mod dispatch;
mod fate;
mod hand;
mod ledger;
mod line;

/// How many messages came to what end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// The server took them, or the files are written.
    pub sent: usize,
    /// They are tried again later.
    pub deferred: usize,
    /// The recipients' servers refused them for good.
    pub failed: usize,
    /// They must not be sent any more: called off, suppressed, or too late.
    pub withheld: usize,
    /// Perhaps they arrived.
    pub unknown: usize,
}

impl Delivered {
    /// How many were handled at all.
    pub fn handled(&self) -> usize {
        self.sent + self.deferred + self.failed + self.withheld + self.unknown
    }

    fn count(&mut self, state: Delivery) {
        let counter = match state {
            Delivery::Sent | Delivery::Written => &mut self.sent,
            Delivery::Failed | Delivery::Bounced | Delivery::Complained => &mut self.failed,
            Delivery::Unknown | Delivery::InData => &mut self.unknown,
            Delivery::Suppressed | Delivery::Cancelled | Delivery::Expired => &mut self.withheld,
            Delivery::Queued | Delivery::Claimed => &mut self.deferred,
        };
        *counter += 1;
    }
}

/// Delivers what is due, at most `most` messages, without waiting for more: it ends when nothing
/// is due, when the pace is used up, or when the server is left alone for a while.
///
/// # Errors
/// A database that refuses; what was claimed comes back when its lease is over.
pub async fn deliver_due(
    service: &Service,
    courier: &Courier,
    most: usize,
) -> anyhow::Result<Delivered> {
    deliver(service, courier, Until::Empty(most)).await
}

/// Delivers what is due and what becomes due until told to stop; what is in hand then is finished,
/// what was taken and not begun is given back.
///
/// # Errors
/// As [`deliver_due`].
pub async fn deliver_until(
    service: &Service,
    courier: &Courier,
    stopping: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    deliver(service, courier, Until::Told(stopping)).await.map(drop)
}

async fn deliver(service: &Service, courier: &Courier, until: Until) -> anyhow::Result<Delivered> {
    let stops = matches!(until, Until::Told(_));
    let (parcels, waiting) = mpsc::channel(courier.connections().saturating_mul(hand::MOST));
    let hall = Arc::new(Hall {
        service: service.clone(),
        courier: courier.clone(),
        parcels: Turn::new(waiting),
        closing: AtomicBool::new(false),
        delivered: Mutex::default(),
    });
    let (ledger, book) = ledger::open();
    let reminder = ledger.reminder();
    let mut workers = JoinSet::new();
    for _ in 0..courier.connections() {
        workers.spawn(line::work(Arc::clone(&hall), ledger.clone()));
    }
    let dispatching = async {
        let over = dispatch::dispatch(service, courier, ledger, parcels, until).await;
        // All that is due is taken, or it is time to stop: then what waits goes back.
        hall.closing.store(stops, Ordering::Relaxed);
        over
    };
    let finishing = async {
        let mut all = Ok(());
        while let Some(done) = workers.join_next().await {
            all = all.and(done.context("a worker broke down"));
        }
        all
    };
    let keeping = Box::pin(book.keep(service, courier));
    let all = Box::pin(async { tokio::join!(dispatching, finishing, keeping) });
    let (dispatched, finished, kept) = tokio::select! {
        all = all => all,
        never = alive(courier, reminder) => match never {},
    };
    kept.and(finished).and(dispatched)?;
    Ok(*hall.delivered.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Keeps hold of what is in hand, for as long as it is asked to.
async fn alive(courier: &Courier, reminder: Reminder) -> Infallible {
    let third = courier.lease().to_std().unwrap_or(Duration::from_secs(3)) / 3;
    loop {
        tokio::time::sleep(third).await;
        if !reminder.renew().await {
            std::future::pending::<()>().await;
        }
    }
}
