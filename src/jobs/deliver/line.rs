//! One worker: takes mails one after the other over one connection.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::{Mutex as Turn, mpsc};

use super::Delivered;
use super::dispatch::Parcel;
use super::fate::{fate, is_free, is_too_fast, kept};
use super::ledger::{End, Ledger, Verdict};
use crate::domain::status::{Delivery, Purpose};
use crate::jobs::courier::{Courier, Way};
use crate::jobs::sender;
use crate::mail::files;
use crate::mail::smtp::{Connection, Outcome, SmtpServer, Stage};
use crate::service::Service;
use crate::store::outbox::Message;

/// A connection takes this many mails, then a new one is made: some servers count.
const MAILS_A_CONNECTION: u32 = 100;
/// How long a worker rests whom the server has turned away.
const TURNED_AWAY: Duration = Duration::from_secs(1);
/// A connection without a mail for so long is closed.
const REST: Duration = Duration::from_secs(5);

/// What the workers of a process share.
pub struct Hall {
    pub service: Service,
    pub courier: Courier,
    /// The mails that were taken.
    pub parcels: Turn<mpsc::Receiver<Parcel>>,
    /// Whether what was taken and not begun is given back.
    pub closing: AtomicBool,
    /// What came of the mails so far.
    pub delivered: Mutex<Delivered>,
}

/// Works until no more mails come.
pub async fn work(hall: Arc<Hall>, ledger: Ledger) {
    let mut connection = None;
    loop {
        let next = async { hall.parcels.lock().await.recv().await };
        match tokio::time::timeout(REST, next).await {
            Ok(Some(parcel)) => handle(&hall, &ledger, &mut connection, parcel).await,
            Ok(None) => break,
            Err(_rest) => hang_up(&mut connection).await,
        }
    }
    hang_up(&mut connection).await;
}

async fn hang_up(connection: &mut Option<Box<Connection>>) {
    if let Some(open) = connection.take() {
        open.close().await;
    }
}

/// One mail, from hand to its end in the ledger.
async fn handle(
    hall: &Hall,
    ledger: &Ledger,
    connection: &mut Option<Box<Connection>>,
    parcel: Parcel,
) {
    let Hall { service, courier, .. } = hall;
    let message = &parcel.message;
    if hall.closing.load(Ordering::Relaxed) || !courier.may_go(parcel.probe) {
        ledger.release(message.id).await;
        return;
    }
    let (outcome, held) = match parcel.checked.held {
        Some(held) => (Outcome::Withheld { text: String::new() }, Some(held)),
        None => match courier.way() {
            Way::Files(folder) => match wire(service, message, &parcel.raw) {
                Ok(wire) => (file(folder.clone(), message, wire.raw).await, None),
                Err(outcome) => (outcome, None),
            },
            Way::Smtp(server) => {
                let mut verdict = Ok(Verdict::Go);
                let outcome =
                    send(service, server, connection, ledger, &parcel, &mut verdict).await;
                match verdict {
                    Ok(Verdict::Held(state, why)) => (outcome, Some((state, why))),
                    _ => (outcome, None),
                }
            }
        },
    };
    let end = conclude(hall, message, parcel.checked.hash.clone(), &outcome, held);
    hall.delivered.lock().unwrap_or_else(PoisonError::into_inner).count(end.fate.state);
    ledger.end(end).await;
    drop(parcel.place);
    if matches!(outcome, Outcome::Deferred { stage: Stage::Connect, code: Some(_), .. }) {
        // Perhaps this connection was one too many: the others go on.
        tokio::time::sleep(TURNED_AWAY).await;
    }
}

/// What came of a mail, for the message and for all others.
fn conclude(
    hall: &Hall,
    message: &Message,
    hash: Option<String>,
    outcome: &Outcome,
    held: Option<(Delivery, &'static str)>,
) -> End {
    let Hall { service, courier, .. } = hall;
    let now = service.clock.now();
    let patience = TimeDelta::hours(i64::from(service.settings.mail.hours));
    let fate = match held {
        Some(held) => kept(message, held, now),
        None => fate(message, outcome, patience, now),
    };
    let pause = courier.learn(outcome, message.campaign_id, now, &service.post);
    let hash = || hash.unwrap_or_else(|| service.secret.recipient_hash(&message.recipient));
    let ours = matches!(message.purpose, Purpose::SignIn | Purpose::Account);
    let no_mailbox = matches!(outcome, Outcome::Failed { suppress: true, .. }) && !ours;
    let given_up = fate.state == Delivery::Expired
        && matches!(outcome, Outcome::Deferred { code: Some(_), .. })
        && !ours;
    End {
        message: message.id,
        address: (no_mailbox || given_up).then(hash),
        no_mailbox,
        too_fast: is_too_fast(outcome).then(|| message.domain.clone()),
        pause: message
            .campaign_id
            .filter(|_| pause)
            .map(|campaign| (campaign, outcome.text().to_owned())),
        free: is_free(outcome),
        at: now,
        fate,
    }
}

/// The same message writes the same file: after a crash it is simply written again.
async fn file(folder: std::path::PathBuf, message: &Message, raw: Vec<u8>) -> Outcome {
    let (at, id) = (message.created_at, message.id.to_string());
    let write = move || files::write(&folder, at, &id, &raw);
    match tokio::task::spawn_blocking(write).await {
        Ok(Ok(path)) => Outcome::Written { text: format!("written to {}", path.display()) },
        Ok(Err(error)) => put_off(format!("the file cannot be written: {error}")),
        Err(error) => put_off(error.to_string()),
    }
}

fn put_off(text: String) -> Outcome {
    Outcome::Deferred { stage: Stage::Connect, code: None, text }
}

/// What goes over the wire: where bounces go, and the bytes.
struct Wire {
    from: String,
    raw: Vec<u8>,
}

/// Makes both, at the moment of sending: the sender by whom a bounce is known, the signatures. They
/// take the time of the message, so that a mail that is sent again is the same.
fn wire(service: &Service, message: &Message, raw: &[u8]) -> Result<Wire, Outcome> {
    let from = sender::envelope(service, message);
    let signed = service.signer.sign(raw, message.created_at);
    let raw = signed.map_err(|error| put_off(format!("the mail cannot be signed: {error}")))?;
    Ok(Wire { from, raw })
}

/// Hands a mail to the server. Just before its text: may it still, and is it still ours? That this
/// is so is on disk before the text leaves.
async fn send(
    service: &Service,
    server: &SmtpServer,
    connection: &mut Option<Box<Connection>>,
    ledger: &Ledger,
    parcel: &Parcel,
    verdict: &mut anyhow::Result<Verdict>,
) -> Outcome {
    let Parcel { message, raw, checked, .. } = parcel;
    if raw.is_empty() {
        let text = "its text is not kept any more".to_owned();
        return Outcome::Failed { stage: None, code: None, text, suppress: false };
    }
    let wire = match wire(service, message, raw) {
        Ok(wire) => wire,
        Err(outcome) => return outcome,
    };
    loop {
        let (open, used) = match connected(server, connection).await {
            Ok(open) => open,
            Err(outcome) => return outcome,
        };
        let before_data = async || {
            *verdict = ledger.begin(message.id, checked.hash.clone()).await;
            match verdict {
                Ok(Verdict::Go) => Ok(()),
                Ok(Verdict::Held(_, why)) => Err((*why).to_owned()),
                Ok(Verdict::Lost) => Err("another has it".to_owned()),
                Err(error) => Err(error.to_string()),
            }
        };
        let outcome = open.deliver(&wire.from, &message.recipient, &wire.raw, before_data).await;
        match outcome {
            // An old connection may have been closed while it rested, or have taken all the mails
            // that the server takes on one: a new one.
            Outcome::Deferred { stage: Stage::Connect, code: None, .. }
            | Outcome::Deferred { stage: Stage::Sender, code: Some(421) | None, .. }
                if used => {}
            outcome => return outcome,
        }
    }
}

/// A connection that can take another mail, and whether it has taken one before.
async fn connected<'a>(
    server: &SmtpServer,
    connection: &'a mut Option<Box<Connection>>,
) -> Result<(&'a mut Connection, bool), Outcome> {
    let worn = |open: &Connection| !open.usable() || open.tried() >= MAILS_A_CONNECTION;
    if let Some(old) = connection.take_if(|open| worn(open)) {
        old.close().await;
    }
    let used = connection.is_some();
    let open = match connection.take() {
        Some(open) => open,
        None => Box::new(Connection::open(server).await?),
    };
    Ok((connection.insert(open), used))
}
