//! Messages leave the outbox: claimed, looked at once more, handed over, and what came of it
//! written down. At each step a crash leaves a state that says the truth.

use std::pin::pin;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::courier::{Courier, Way, connected};
use super::retry::{self, MOST_ATTEMPTS};
use crate::domain::status::{Delivery, Purpose, Status};
use crate::mail::files;
use crate::mail::smtp::{Outcome, Stage};
use crate::service::Service;
use crate::store::outbox::Message;
use crate::store::outbox::way::{self, Fate, Lease};
use crate::store::suppressions::{self, Reason};
use crate::store::{contacts, invitations, questionnaires};

/// What is said of a mail that became a file begins so: it reached nobody.
pub const WRITTEN: &str = "written to ";
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
            Delivery::Failed => &mut self.failed,
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
    if way::any_stray(service.store.read(), now).await? {
        let tx = service.store.write().await?;
        way::put_right(&tx, now, || service.clock.name()).await?;
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

/// Why a message must not be sent (any more), and the state that this gives it.
type Held = Option<(Delivery, &'static str)>;

/// Looks whether a message may be sent, as things now stand.
async fn check(service: &Service, message: &Message) -> anyhow::Result<Held> {
    let db = service.store.read();
    if message.not_after <= service.clock.now() {
        return Ok(Some((Delivery::Expired, "its time was over before it could be sent")));
    }
    if !matches!(message.purpose, Purpose::Invitation | Purpose::Reminder) {
        return Ok(None);
    }
    if let Some(questionnaire) = message.questionnaire_id {
        let found = questionnaires::by_id(db, questionnaire).await?;
        if found.is_none_or(|found| found.status != Status::Open) {
            return Ok(Some((Delivery::Cancelled, "the questionnaire is closed")));
        }
    }
    let Some(invitation) = message.invitation_id else { return Ok(None) };
    let Some(invitation) = invitations::by_id(db, invitation).await? else {
        return Ok(Some((Delivery::Cancelled, "the invitation was taken back")));
    };
    if invitation.answered_at.is_some() {
        return Ok(Some((Delivery::Cancelled, "the reader has answered")));
    }
    if invitation.stopped_at.is_some() {
        return Ok(Some((Delivery::Suppressed, "the reader asked us to stop")));
    }
    let Some(contact) = contacts::by_id(db, invitation.contact_id).await? else {
        return Ok(Some((Delivery::Cancelled, "the contact is gone")));
    };
    let hash = service.secret.address_hash(&contact.address_folded);
    Ok(suppressions::of(db, &hash).await?.map(|reason| {
        let why = match reason {
            Reason::Stopped => "the reader asked us to stop",
            Reason::NoMailbox => "there is no such mailbox",
        };
        (Delivery::Suppressed, why)
    }))
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
                Ok(Ok(path)) => {
                    Outcome::Sent { code: 250, text: format!("{WRITTEN}{}", path.display()) }
                }
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
                    let from = service.settings.mail.from.email.as_ref();
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

/// What an outcome means for the message.
fn fate(message: &Message, outcome: &Outcome, now: DateTime<Utc>) -> Fate {
    let tried = message.attempts.saturating_add(1);
    let detail = outcome.text().to_owned();
    let news = message.last_reply.as_deref() != Some(outcome.text());
    let minute = now + TimeDelta::minutes(1);
    let (state, attempts, next_at, told) = match outcome {
        Outcome::Sent { .. } => (Delivery::Sent, tried, now, true),
        Outcome::Failed { .. } => (Delivery::Failed, tried, now, true),
        Outcome::Unknown { .. } => (Delivery::Unknown, tried, now, true),
        // No news about this mail: no attempt is counted, and the same is told once only.
        Outcome::Deferred { stage: Stage::Connect | Stage::Auth, .. } => {
            (Delivery::Queued, message.attempts, message.next_at, news)
        }
        Outcome::SenderFault { .. } | Outcome::Withheld { .. } => {
            (Delivery::Queued, message.attempts, minute, news)
        }
        Outcome::Deferred { .. } => {
            let next = retry::next(message.id.0, tried, now);
            if tried >= MOST_ATTEMPTS {
                (Delivery::Failed, tried, now, true)
            } else if next >= message.not_after {
                (Delivery::Expired, tried, now, true)
            } else {
                (Delivery::Queued, tried, next, true)
            }
        }
    };
    Fate { state, detail, told, attempts, next_at }
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
