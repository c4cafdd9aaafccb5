//! Takes what is due for all workers of a process, in batches, and hands it on.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use tokio::sync::{OwnedSemaphorePermit, mpsc, watch};

use super::check::{Checked, check};
use super::hand::Hand;
use super::ledger::Ledger;
use crate::domain::MessageId;
use crate::jobs::courier::{Allowance, Courier};
use crate::service::Service;
use crate::store::outbox::{Message, claiming, raw, stray};

/// How long nothing is asked when nothing is due; what is queued here is heard of at once, this is
/// for what another process has queued and for what becomes due.
const POLL: Duration = Duration::from_secs(1);
/// The same when only the pace holds mails back.
const SOON: Duration = Duration::from_millis(100);
/// How often is looked for what other workers have left.
const STRAYS: Duration = Duration::from_secs(1);

/// A mail that was taken, and what there is to know about it.
pub struct Parcel {
    /// The message.
    pub message: Message,
    /// Its bytes as they were frozen.
    pub raw: Vec<u8>,
    /// How it stands.
    pub checked: Checked,
    /// Whether it was taken to see how the server is.
    pub probe: bool,
    /// Its place among those in hand.
    pub place: OwnedSemaphorePermit,
}

/// Until when there is work.
pub enum Until {
    /// Until nothing is due, at most so many mails. Nothing is waited for.
    Empty(usize),
    /// Until told to stop.
    Told(watch::Receiver<bool>),
}

impl Until {
    /// How many more may be taken.
    fn most(&self) -> usize {
        match self {
            Self::Empty(most) => *most,
            Self::Told(stopping) => {
                let over = *stopping.borrow() || stopping.has_changed().is_err();
                if over { 0 } else { usize::MAX }
            }
        }
    }

    fn took(&mut self, mails: usize) {
        if let Self::Empty(most) = self {
            *most = most.saturating_sub(mails);
        }
    }

    /// Returns when told to stop; never otherwise.
    async fn told(&mut self) {
        match self {
            Self::Empty(_) => std::future::pending().await,
            // A sender that is gone has nothing more to say than "stop".
            Self::Told(stopping) => drop(stopping.wait_for(|stop| *stop).await),
        }
    }
}

/// Takes and hands on until it is over.
pub async fn dispatch(
    service: &Service,
    courier: &Courier,
    ledger: Ledger,
    parcels: mpsc::Sender<Parcel>,
    mut until: Until,
) -> anyhow::Result<()> {
    let mut hand = Hand::new(courier.connections());
    let mut looked: Option<Instant> = None;
    // After a claim that came back full there is more: then nobody needs to look before the next.
    let mut more = false;
    while until.most() > 0 {
        if looked.is_none_or(|at| at.elapsed() >= STRAYS) {
            put_right(service, courier).await?;
            looked = Some(Instant::now());
        }
        let now = service.clock.now();
        let allowance = courier.allowance(now);
        let waits = matches!(until, Until::Told(_));
        match allowance {
            Allowance::Any | Allowance::Probe => {}
            Allowance::Quiet if !waits => break,
            Allowance::Quiet | Allowance::Probing => {
                tokio::select! {
                    () = until.told() => {}
                    () = courier.learned() => {}
                    () = tokio::time::sleep(POLL) => {}
                }
                continue;
            }
        }
        let free = tokio::select! {
            () = until.told() => break,
            free = hand.free() => free?,
        };
        let probe = allowance == Allowance::Probe;
        let most = if probe { 1 } else { free.num_permits().min(until.most()) };
        let due = more || claiming::any_due(service.store.read(), service.clock.now()).await?;
        let claimed =
            if due { claim(service, courier, &ledger, most, probe, free).await? } else { vec![] };
        until.took(claimed.len());
        more = !probe && claimed.len() == most;
        if claimed.is_empty() {
            if probe {
                courier.gave_up_probing();
            }
            if !waits {
                break;
            }
            let rest = if paced(service, courier).await? { SOON } else { POLL };
            tokio::select! {
                () = until.told() => {}
                () = service.post.woken() => {}
                () = tokio::time::sleep(rest) => {}
            }
            continue;
        }
        for parcel in claimed {
            parcels.send(parcel).await.ok().context("all workers are gone")?;
        }
        if more {
            hand.is_full();
        }
    }
    Ok(())
}

/// Whether something is due that only the pace of all mails together holds back.
async fn paced(service: &Service, courier: &Courier) -> anyhow::Result<bool> {
    let now = service.clock.now();
    Ok(courier.rates().per_second > 0 && claiming::any_due(service.store.read(), now).await?)
}

/// Messages that a worker left, and those past their time.
async fn put_right(service: &Service, courier: &Courier) -> anyhow::Result<()> {
    let now = service.clock.now();
    while stray::any_stray(service.store.read(), courier.owner(), now).await? {
        let tx = service.store.write().await?;
        let changed = stray::put_right(&tx, courier.owner(), now, || service.clock.name()).await?;
        tx.commit().await?;
        if changed == 0 {
            break;
        }
    }
    Ok(())
}

/// Takes what is due and reads what there is to know about it.
async fn claim(
    service: &Service,
    courier: &Courier,
    ledger: &Ledger,
    most: usize,
    probe: bool,
    mut free: OwnedSemaphorePermit,
) -> anyhow::Result<Vec<Parcel>> {
    let db = service.store.read();
    let claimed = if service.store.at_once().is_some() {
        // It takes as long as some mails: beside the ledger nobody waits for it.
        let now = service.clock.now();
        let tx = service.store.write().await?;
        let (owner, until) = (courier.owner(), now + courier.lease());
        let claimed = claiming::claim(&tx, owner, most, courier.rates(), now, until).await?;
        tx.commit().await?;
        claimed
    } else {
        ledger.claim(most).await?
    };
    let ids: Vec<MessageId> = claimed.iter().map(|message| message.id).collect();
    let mut checked = check(service, db, &ids, &[]).await?;
    let mut raws = raw::of_all(db, &ids).await?;
    let mut parcels = vec![];
    for message in claimed {
        let raw = raws.remove(&message.id).unwrap_or_default();
        let checked = checked.remove(&message.id).unwrap_or_default();
        let place = free.split(1).context("more was claimed than asked for")?;
        parcels.push(Parcel { message, raw, checked, probe, place });
    }
    Ok(parcels)
}
