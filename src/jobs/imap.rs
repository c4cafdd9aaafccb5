//! Mail comes in from a mailbox that is looked into by IMAP. Nothing is deleted there; what was
//! taken is marked as read. One node looks at a time, and each mail is on disk before it is marked.

use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::watch;

use crate::acts::receive_mail::{Envelope, LARGEST, Parcel, receive_mail};
use crate::mail::imap::{ImapServer, Mailbox};
use crate::service::Service;
use crate::store::mailboxes;

/// How long a look may take before another node may look.
const LEASE: TimeDelta = TimeDelta::minutes(10);

/// Looks until told to stop.
pub async fn run(service: &Service, mut stopping: watch::Receiver<bool>) {
    let Some(server) = service.settings.inbound.mailbox() else { return };
    let pause = Duration::from_secs(u64::from(service.settings.inbound.imap_seconds.max(1)));
    let owner = service.clock.random_name().simple().to_string();
    let mut trouble = false;
    while !*stopping.borrow() {
        let looked = look(service, &server, &owner, &stopping).await;
        match looked {
            Ok(_) => trouble = false,
            Err(error) => {
                // Once: whoever reads logs knows then, and the desk shows it as long as it lasts.
                if !trouble {
                    tracing::warn!(error = ?error, "the mailbox cannot be looked into");
                }
                trouble = true;
            }
        }
        tokio::select! {
            _ = stopping.changed() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// One look; how many mails were taken. Another node that is at it is left alone.
///
/// # Errors
/// A mailbox that cannot be opened, a database that refuses.
pub async fn look(
    service: &Service,
    server: &ImapServer,
    owner: &str,
    stopping: &watch::Receiver<bool>,
) -> anyhow::Result<usize> {
    let name = server.name();
    let now = service.clock.now();
    let tx = service.store.write().await?;
    let taken = mailboxes::take(&tx, &name, owner, now, now + LEASE).await?;
    tx.commit().await?;
    if !taken {
        return Ok(0);
    }
    let read = read(service, server, &name, owner, stopping).await;
    let trouble = read.as_ref().err().map(ToString::to_string);
    let tx = service.store.write().await?;
    mailboxes::looked(&tx, &name, owner, service.clock.now(), trouble.as_deref()).await?;
    tx.commit().await?;
    read
}

async fn read(
    service: &Service,
    server: &ImapServer,
    name: &str,
    owner: &str,
    stopping: &watch::Receiver<bool>,
) -> anyhow::Result<usize> {
    let known = mailboxes::by_name(service.store.read(), name).await?;
    let known = known.map_or((0, 0), |known| (known.validity, known.last));
    let mut mailbox = Mailbox::open(server).await?;
    let validity = i64::from(mailbox.validity);
    // A mailbox that is new to us may hold the mails of years: what was read there is left alone.
    let is_same = known.0 == validity && validity != 0;
    let last = if is_same { u32::try_from(known.1).unwrap_or_default() } else { 0 };
    let new = if is_same { mailbox.after(last).await? } else { mailbox.unseen().await? };
    let before = mailbox.next.unwrap_or(1).saturating_sub(1);
    let mut read_to = if is_same { last } else { 0 };
    let mut taken = 0;
    for uid in new {
        if *stopping.borrow() {
            break;
        }
        if let Some(raw) = mailbox.fetch(uid, LARGEST).await? {
            let parcel = Parcel { way: "imap", envelope: Envelope::default(), raw };
            receive_mail(service, parcel).await?;
            mailbox.mark(uid).await?;
            taken += 1;
        }
        read_to = read_to.max(uid);
        // Each is written down by itself: a look that breaks off begins where it was.
        if is_same {
            keep(service, name, owner, validity, read_to).await?;
        }
    }
    if !is_same && !*stopping.borrow() {
        keep(service, name, owner, validity, read_to.max(before)).await?;
    }
    mailbox.close().await;
    Ok(taken)
}

async fn keep(
    service: &Service,
    name: &str,
    owner: &str,
    validity: i64,
    read_to: u32,
) -> anyhow::Result<()> {
    let now = service.clock.now();
    let tx = service.store.write().await?;
    mailboxes::read_to(&tx, name, validity, i64::from(read_to)).await?;
    mailboxes::take(&tx, name, owner, now, now + LEASE).await?;
    tx.commit().await?;
    Ok(())
}
