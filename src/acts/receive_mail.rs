//! A mail comes in: it is kept, then looked at, and what it tells is done: a message came back, a
//! reader complained, a calendar answered, a person wrote. Nothing that comes in is ever answered
//! by the service itself.
//!
//! It is kept first and dealt with afterwards, so that whoever handed it over may forget it, and so
//! that a crash in between only means that it is dealt with later. The same mail twice is one.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use self::whose::Whose;
use crate::domain::status::Arrival;
use crate::domain::{ArrivalId, email, token};
use crate::mail::inbound::{self as read, Incoming, What};
use crate::service::Service;
use crate::store::inbound::{self, Found, Inbound, NewInbound};

mod answer;
mod bounce;
pub mod letter;
mod stop;
mod whose;

/// How long a mail that came in is kept, with all that is known of it.
pub const KEPT: TimeDelta = TimeDelta::days(30);
/// The largest mail that is taken, in bytes.
pub const LARGEST: usize = 16 << 20;
/// After so many tries a mail is left as it is, for people to look at.
const MOST_TRIES: i32 = 50;

/// A mail as it was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// Which way it came: `http`, `lmtp`, `imap`.
    pub way: &'static str,
    /// What its envelope said.
    pub envelope: Envelope,
    /// Its bytes.
    pub raw: Vec<u8>,
}

/// An envelope, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// The sender; empty: the null path.
    pub from: Option<String>,
    /// The addressees.
    pub to: Vec<String>,
}

/// A mail that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its name.
    pub id: ArrivalId,
    /// Whether it had not come before.
    pub is_new: bool,
    /// What it is; [`Arrival::Waiting`]: it is looked at later.
    pub kind: Arrival,
    /// What was done and why.
    pub said: String,
}

/// Keeps a mail and deals with it. When this returns `Ok` the mail is on disk, whatever became of
/// the rest.
///
/// # Errors
/// A database that refuses to keep it: whoever hands it over keeps it and tries again.
pub async fn receive_mail(service: &Service, parcel: Parcel) -> anyhow::Result<Kept> {
    let incoming = understood(parcel.raw.clone()).await;
    let (sender, subject) = incoming.as_ref().map_or_else(Default::default, |incoming| {
        (folded(&incoming.sender), incoming.subject.clone())
    });
    let print = print_of(&parcel.raw);
    let new = NewInbound {
        id: ArrivalId(service.clock.name()),
        print: print.clone(),
        way: parcel.way,
        envelope: serde_json::to_string(&parcel.envelope)?,
        sender,
        subject,
        raw: parcel.raw,
        at: service.clock.now(),
    };
    let tx = service.store.write().await?;
    let is_new = inbound::insert(&tx, new).await?;
    tx.commit().await?;
    let kept = inbound::by_print(service.store.read(), &print).await?;
    let kept = kept.ok_or_else(|| anyhow::anyhow!("a mail that was just kept is not there"))?;
    let (id, kind, said) = (kept.id, kept.kind, kept.said.clone());
    if kind == Arrival::Waiting {
        // It is kept: trouble with it is ours, not that of whoever handed it over.
        match deal_with(service, kept, incoming).await {
            Ok(Some(found)) => {
                return Ok(Kept { id, is_new, kind: found.kind, said: found.said });
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(error = ?error, "a mail that came in waits"),
        }
    }
    Ok(Kept { id, is_new, kind, said })
}

/// Deals with mails that were kept and wait; how many were.
///
/// # Errors
/// A database that refuses.
pub async fn deal_with_waiting(service: &Service) -> anyhow::Result<usize> {
    let mut done = 0;
    for id in inbound::waiting(service.store.read(), 50).await? {
        let Some(kept) = inbound::by_id(service.store.read(), id).await? else { continue };
        let incoming = understood(kept.raw.clone()).await;
        match deal_with(service, kept, incoming).await {
            Ok(found) => done += usize::from(found.is_some()),
            Err(error) => {
                tracing::warn!(error = ?error, "a mail that came in still waits");
                let tx = service.store.write().await?;
                inbound::put_off(&tx, id).await?;
                tx.commit().await?;
            }
        }
    }
    Ok(done)
}

/// Reads a mail beside the others' work; `None`: it is none.
async fn understood(raw: Vec<u8>) -> Option<Incoming> {
    tokio::task::spawn_blocking(move || read::read(&raw)).await.ok().flatten()
}

/// What a mail is known by, whichever way it comes: servers add heads at its top, and those that it
/// was written with stay, as its body does.
fn print_of(raw: &[u8]) -> String {
    let plain: Vec<u8> = raw.iter().copied().filter(|byte| *byte != b'\r').collect();
    // What has no body is no mail, or a poor one: all of it counts.
    let end = plain.windows(2).position(|two| two == b"\n\n").unwrap_or(0);
    let (heads, body) = plain.split_at_checked(end).unwrap_or((&[], &plain));
    let heads = String::from_utf8_lossy(heads);
    let groups = read::fields::groups(&heads, 1).concat();
    let of = |name: &str| read::fields::get(&groups, name).unwrap_or_default().to_owned();
    let [id, date, from, subject] = ["message-id", "date", "from", "subject"].map(of);
    let body = body.trim_ascii();
    token::print(&[id.as_bytes(), date.as_bytes(), from.as_bytes(), subject.as_bytes(), body])
}

/// An address as contacts' are compared, also where it is none.
fn folded(address: &str) -> String {
    email::folded(&address.chars().filter(|c| !c.is_control()).take(320).collect::<String>())
}

/// What a mail turned out to be; `None`: it has to wait.
async fn deal_with(
    service: &Service,
    kept: Inbound,
    incoming: Option<Incoming>,
) -> anyhow::Result<Option<Found>> {
    let now = service.clock.now();
    let Some(mut incoming) = incoming else {
        return done(service, &kept, nobodys(Arrival::Unreadable, UNREADABLE), now).await;
    };
    if kept.attempts > MOST_TRIES {
        return done(service, &kept, nobodys(Arrival::Letter, TRIED), now).await;
    }
    let envelope: Envelope = serde_json::from_str(&kept.envelope).unwrap_or_default();
    if envelope.from.is_some() {
        incoming.return_path.clone_from(&envelope.from);
    }
    let whose = whose::whose(service, &envelope, &incoming).await?;
    if whose == Whose::Forged {
        tracing::info!("a mail to an address that we never made is ignored");
        return done(service, &kept, nobodys(Arrival::Forged, FORGED), now).await;
    }
    let reported = matches!(incoming.what, What::Reports(_) | What::Complaint(_));
    // Whatever a mail program writes there, or nothing: to write is the wish.
    if let (Whose::Stops(invitation), false) = (&whose, reported) {
        let found = stop::asked(service, *invitation).await?;
        return done(service, &kept, found, now).await;
    }
    let found = match &incoming.what {
        What::Reports(reports) => bounce::reported(service, &kept, &whose, reports).await?,
        What::Complaint(complaint) => bounce::complained(service, &kept, &whose, complaint).await?,
        What::Answer(reply) => Some(answer::answered(service, &kept, reply).await?),
        What::Unclear(why) => {
            let said = format!("Nothing was changed: {why}.");
            Some(whose::concerning(service, Arrival::Answer, said, &whose, &incoming).await?)
        }
        What::Automatic(why) => {
            let said = format!("It is kept and was not handed on: {why}.");
            Some(whose::concerning(service, Arrival::Automatic, said, &whose, &incoming).await?)
        }
        What::Letter => Some(letter::handed_on(service, &kept, &whose, &incoming).await?),
    };
    match found {
        Some(found) => done(service, &kept, found, now).await,
        None => Ok(None),
    }
}

const UNREADABLE: &str = "It is no mail at all; nothing was done.";
const TRIED: &str = "It could not be dealt with, and is not tried further. It can be read here.";
const FORGED: &str = "It was sent to an address that looks like one of ours and that we never made. \
     Nobody who got a mail of ours sent it; nothing was done.";

fn nobodys(kind: Arrival, said: &str) -> Found {
    Found { kind, said: said.to_owned(), organizer: None, questionnaire: None, message: None }
}

/// Writes down what a mail was. What concerns nobody is for whoever set the service up.
async fn done(
    service: &Service,
    kept: &Inbound,
    mut found: Found,
    now: DateTime<Utc>,
) -> anyhow::Result<Option<Found>> {
    if found.organizer.is_none() {
        found.organizer = whose::keeper(service).await?;
    }
    let tx = service.store.write().await?;
    inbound::settle(&tx, kept.id, &found, now).await?;
    tx.commit().await?;
    Ok(Some(found))
}
