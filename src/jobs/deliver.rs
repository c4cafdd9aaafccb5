//! Messages leave the outbox: claimed, looked at once more, handed over, and what came of it
//! written down. At each step a crash leaves a state that says the truth.

use std::pin::pin;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use self::check::{Held, check};
use self::fate::fate;
use super::courier::{Courier, Way, connected};
use crate::domain::status::Delivery;
use crate::mail::files;
use crate::mail::smtp::{Outcome, Stage};
use crate::service::Service;
use crate::store::outbox::way::{self, Fate, Lease};
use crate::store::outbox::{Message, stray};
use crate::store::suppressions::{self, Reason};
use crate::store::{contacts, invitations};

mod check;
mod fate;

/// How long a claim holds without a sign of life.
const LEASE: TimeDelta = TimeDelta::minutes(3);
/// How often a worker gives one.
const SIGN_OF_LIFE: Duration = Duration::from_mins(1);
/// How often the end of a mail is written down again if the database refuses.
const PATIENCE: usize = 5;

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
            Delivery::Sent => &mut self.sent,
            Delivery::Failed | Delivery::Bounced | Delivery::Complained => &mut self.failed,
            Delivery::Unknown | Delivery::InData => &mut self.unknown,
            Delivery::Suppressed | Delivery::Cancelled | Delivery::Expired => &mut self.withheld,
            Delivery::Queued | Delivery::Claimed => &mut self.deferred,
        };
        *counter += 1;
    }
}

/// Delivers what is due, at most `most` messages, without ever sleeping: it ends when nothing is
/// due, when the pace is used up, or when the server is left alone for a while.
///
/// # Errors
/// A database that refuses; what was claimed comes back when its lease is over.
pub async fn deliver_due(
    service: &Service,
    courier: &mut Courier,
    most: usize,
) -> anyhow::Result<Delivered> {
    let mut delivered = Delivered::default();
    put_right(service).await?;
    for _ in 0..most {
        let now = service.clock.now();
        if !courier.ready(now) {
            break;
        }
        if !way::any_due(service.store.read(), now).await? {
            courier.hang_up().await;
            break;
        }
        if !courier.pace.take(now) {
            break;
        }
        let tx = service.store.write().await?;
        let claimed = way::claim(&tx, &courier.owner, now, now + LEASE).await?;
        tx.commit().await?;
        let Some(message) = claimed else { break };
        delivered.count(deliver(service, courier, &message).await?);
    }
    Ok(delivered)
}

/// Messages that a worker left, and those past their time.
async fn put_right(service: &Service) -> anyhow::Result<()> {
    let now = service.clock.now();
    if stray::any_stray(service.store.read(), now).await? {
        let tx = service.store.write().await?;
        stray::put_right(&tx, now, || service.clock.name()).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// One message; its state afterwards.
async fn deliver(
    service: &Service,
    courier: &mut Courier,
    message: &Message,
) -> anyhow::Result<Delivery> {
    let lease = Lease { message: message.id, owner: courier.owner.clone() };
    let held = check(service, message).await?;
    let (outcome, held) = match held {
        Some(state) => (Outcome::Withheld { text: String::new() }, Some(state)),
        None => hand_over(service, courier, message, &lease).await,
    };
    let now = service.clock.now();
    let fate = match held {
        Some((state, why)) => {
            let detail = why.to_owned();
            let attempts = message.attempts;
            Fate { state, detail, told: true, attempts, next_at: message.next_at }
        }
        None => fate(message, &outcome, now),
    };
    courier.learn(&outcome, now, &service.post);
    finish(service, message, &lease, &fate, &outcome, now).await?;
    Ok(fate.state)
}

/// Hands the message over, to the server or into a file; meanwhile the lease is kept.
async fn hand_over(
    service: &Service,
    courier: &mut Courier,
    message: &Message,
    lease: &Lease,
) -> (Outcome, Held) {
    match &mut courier.way {
        Way::Files(folder) => {
            let (folder, at, raw) = (folder.clone(), message.created_at, message.raw.clone());
            let id = message.id.to_string();
            // The same message writes the same file: after a crash it is simply written again.
            let write = move || files::write(&folder, at, &id, &raw);
            let outcome = match tokio::task::spawn_blocking(write).await {
                Ok(Ok(path)) => Outcome::Sent {
                    code: 250,
                    text: format!("{}{}", files::WRITTEN, path.display()),
                },
                Ok(Err(error)) => put_off(format!("the file cannot be written: {error}")),
                Err(error) => put_off(error.to_string()),
            };
            (outcome, None)
        }
        Way::Smtp { server, connection } => {
            let sending = async {
                let mut held = None;
                loop {
                    let (open, used) = match connected(server, connection).await {
                        Ok(open) => open,
                        Err(outcome) => return (outcome, held),
                    };
                    let from = &super::sender::envelope(service, message);
                    let before_data = async || begin(service, message, lease, &mut held).await;
                    let to = &message.recipient;
                    let outcome = open.deliver(from, to, &message.raw, before_data).await;
                    let lost = Stage::Connect;
                    match outcome {
                        // An old connection may have been closed while it rested: a new one.
                        Outcome::Deferred { stage, code: None, .. } if stage == lost && used => {}
                        outcome => return (outcome, held),
                    }
                }
            };
            alive(service, lease, Box::pin(sending)).await
        }
    }
}

fn put_off(text: String) -> Outcome {
    Outcome::Deferred { stage: Stage::Connect, code: None, text }
}

/// Just before the text is handed over: may it still, and is it still ours? Then this is written
/// down, on disk.
async fn begin(
    service: &Service,
    message: &Message,
    lease: &Lease,
    held: &mut Held,
) -> anyhow::Result<()> {
    *held = check(service, message).await?;
    if let Some((_, why)) = held {
        anyhow::bail!("{why}");
    }
    let now = service.clock.now();
    let tx = service.store.write().await?;
    anyhow::ensure!(way::begin_data(&tx, lease, now, now + LEASE).await?, "another has it");
    Ok(tx.commit().await?)
}

/// Keeps the lease while `work` goes on.
async fn alive<T>(service: &Service, lease: &Lease, work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    loop {
        if let Ok(done) = tokio::time::timeout(SIGN_OF_LIFE, &mut work).await {
            return done;
        }
        let until = service.clock.now() + LEASE;
        let renewed = async {
            let tx = service.store.write().await?;
            way::renew(&tx, lease, until).await?;
            tx.commit().await
        };
        if let Err(error) = renewed.await {
            tracing::warn!(%error, "the hold on a message could not be renewed");
        }
    }
}

/// Writes down what came of a message. After a hand-over this must not be lost for a moment's
/// trouble: it is tried again.
async fn finish(
    service: &Service,
    message: &Message,
    lease: &Lease,
    fate: &Fate,
    outcome: &Outcome,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let mut left = PATIENCE;
    loop {
        let written = async {
            let tx = service.store.write().await?;
            let event = service.clock.name();
            let mine = way::finish(&tx, lease, fate, event, now).await?;
            if mine
                && let (Outcome::Failed { suppress: true, .. }, Some(invitation)) =
                    (outcome, message.invitation_id)
                && let Some(invitation) = invitations::by_id(&tx, invitation).await?
                && let Some(contact) = contacts::by_id(&tx, invitation.contact_id).await?
            {
                let hash = service.secret.address_hash(&contact.address_folded);
                suppressions::insert(&tx, hash, Reason::NoMailbox, now).await?;
            }
            tx.commit().await
        };
        match written.await {
            Ok(()) => return Ok(()),
            Err(error) if left == 0 => return Err(error.into()),
            Err(error) => tracing::warn!(%error, "what came of a mail could not be written yet"),
        }
        left -= 1;
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}
