//! An organizer's name and address. Another address counts only once somebody who reads it has said
//! yes; the old one is told at once and can say no, or take it back for a week: whoever sits at a
//! browser that was left open must not walk off with the account. Taking it back ends every session
//! and removes every key that was added since.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DatabaseTransaction;

use super::change_keys::{Browser, tell};
use super::letter;
use crate::domain::email::Email;
use crate::domain::status::Purpose;
use crate::domain::token::{self, Opens};
use crate::domain::{AddressChangeId, OrganizerId};
use crate::href;
use crate::mail::address_change::AddressChange as Mail;
use crate::mail::mailbox::mailbox;
use crate::service::Service;
use crate::store::address_changes::{self, AddressChange};
use crate::store::{credentials, organizers, outbox, sessions, tokens};
use crate::words::Words;

/// So long the new address may take to say yes.
const PATIENCE: TimeDelta = TimeDelta::days(1);
/// So long the old address can take it back.
const REGRET: TimeDelta = TimeDelta::days(7);
/// So many mails about accounts go to an address that is not an organizer's, within a day.
const MAILS: u64 = 3;

/// What came of saving an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// Everything counts.
    Kept,
    /// The name counts; the address waits to be confirmed by mail.
    Asked,
    /// Another organizer has the address; nothing was changed.
    Taken,
    /// The address has got enough of these mails today, or cannot be written to; nothing was
    /// changed.
    TooOften,
}

/// Keeps an organizer's name, and asks for another address. Whoever has none yet, since a link on
/// the terminal let them in, has the first one at once: there is nobody to ask.
///
/// # Errors
/// A database that refuses.
pub async fn save_account(
    service: &Service,
    of: OrganizerId,
    name: &str,
    address: Email,
    browser: &Browser,
) -> anyhow::Result<Saved> {
    let tx = service.store.write().await?;
    let present = organizers::by_id(&tx, of).await?.and_then(|organizer| organizer.address);
    if is_taken(&tx, of, &address).await? {
        return Ok(Saved::Taken);
    }
    let before = present.filter(|present| present.folded() != address.folded());
    let saved = match before {
        None => {
            organizers::update(&tx, of, address, name).await?;
            Saved::Kept
        }
        Some(before) => {
            organizers::rename(&tx, of, name).await?;
            if !ask(service, &tx, (of, before), address, browser).await? {
                return Ok(Saved::TooOften);
            }
            Saved::Asked
        }
    };
    tx.commit().await?;
    service.forms.changed();
    service.post.wake();
    Ok(saved)
}

/// Writes to both addresses; `false`: the new one has got enough of that, or cannot be written to.
async fn ask(
    service: &Service,
    tx: &DatabaseTransaction,
    (of, before): (OrganizerId, Email),
    address: Email,
    browser: &Browser,
) -> anyhow::Result<bool> {
    let (now, words) = (service.clock.now(), browser.words);
    let Ok(to) = mailbox("", address.as_str()) else { return Ok(false) };
    let since = now - TimeDelta::days(1);
    let to = to.email.to_string();
    if outbox::queued_since(tx, &to, Purpose::Account, since).await? >= MAILS {
        return Ok(false);
    }
    let id = AddressChangeId(service.clock.random_name());
    let (confirm, until) = (token::random(service.clock.bytes()), now + PATIENCE);
    let back = way_back(service, id);
    let link = service.link(&href::new_address(&confirm));
    let mail = Mail::Confirm { link, until }.content(words);
    tell(service, tx, of, &address, &mail, until).await?;
    let link = service.link(&href::keep_address(&back));
    let mail = Mail::Asked { address: address.to_string(), at: now, link }.content(words);
    tell(service, tx, of, &before, &mail, letter::latest(service, now)).await?;
    let new = AddressChange {
        id,
        organizer_id: of,
        address,
        before,
        confirm_hash: token::hash(&confirm),
        back_hash: token::hash(&back),
        session_hash: browser.session.clone(),
        asked_at: now,
        confirmed_at: None,
        expires_at: until,
    };
    address_changes::keep(tx, new).await?;
    Ok(true)
}

/// What the link is called with which the old address takes a change back.
fn way_back(service: &Service, id: AddressChangeId) -> String {
    service.secret.link(Opens::AddressBack, id.0)
}

/// Whether another organizer signs in with this address.
async fn is_taken(
    tx: &DatabaseTransaction,
    of: OrganizerId,
    address: &Email,
) -> anyhow::Result<bool> {
    let found = organizers::by_address(tx, address).await?;
    Ok(found.is_some_and(|found| found.id != of))
}

/// Gives up the change that waits to be confirmed.
///
/// # Errors
/// A database that refuses.
pub async fn give_up(service: &Service, of: OrganizerId) -> anyhow::Result<()> {
    let tx = service.store.write().await?;
    address_changes::drop_waiting(&tx, of).await?;
    Ok(tx.commit().await?)
}

/// The change that the new address can confirm by this link; looking does not use it.
///
/// # Errors
/// A database that refuses.
pub async fn to_confirm(service: &Service, link: &str) -> anyhow::Result<Option<AddressChange>> {
    let (db, now) = (service.store.read(), service.clock.now());
    Ok(address_changes::to_confirm(db, &token::hash(link), now).await?)
}

/// The change that the old address can take back by this link; looking does not use it.
///
/// # Errors
/// A database that refuses.
pub async fn to_take_back(service: &Service, link: &str) -> anyhow::Result<Option<AddressChange>> {
    let (db, now) = (service.store.read(), service.clock.now());
    Ok(address_changes::to_take_back(db, &token::hash(link), now).await?)
}

/// What came of an answer from one of the addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    /// It counts: the change as it was.
    Done(Box<AddressChange>),
    /// Another organizer has the address by now; nothing was changed.
    Taken(Email),
    /// The link was used, is too old, or another change has come after it.
    Gone,
}

/// The new address says yes: it counts, and whoever asked for it stays signed in, nobody else.
///
/// # Errors
/// A database that refuses.
pub async fn confirm(service: &Service, link: &str, words: Words) -> anyhow::Result<Answered> {
    let now = service.clock.now();
    let tx = service.store.write().await?;
    let found = address_changes::to_confirm(&tx, &token::hash(link), now).await?;
    let Some(change) = found else { return Ok(Answered::Gone) };
    let of = change.organizer_id;
    if is_taken(&tx, of, &change.address).await? {
        return Ok(Answered::Taken(change.address));
    }
    let until = now + REGRET;
    if !address_changes::confirm(&tx, change.id, now, until).await? {
        return Ok(Answered::Gone);
    }
    set(&tx, of, &change.address, &change.session_hash).await?;
    let address = change.address.to_string();
    let back = service.link(&href::keep_address(&way_back(service, change.id)));
    let latest = letter::latest(service, now);
    for (to, back) in [(&change.address, None), (&change.before, Some((back, until)))] {
        let mail = Mail::Changed { address: address.clone(), at: now, back }.content(words);
        tell(service, &tx, of, to, &mail, latest).await?;
    }
    tx.commit().await?;
    service.forms.changed();
    service.post.wake();
    Ok(Answered::Done(Box::new(change)))
}

/// The old address says no, before or after the change was confirmed.
///
/// # Errors
/// A database that refuses.
pub async fn take_back(service: &Service, link: &str, words: Words) -> anyhow::Result<Answered> {
    let now = service.clock.now();
    let tx = service.store.write().await?;
    let found = address_changes::to_take_back(&tx, &token::hash(link), now).await?;
    let Some(change) = found else { return Ok(Answered::Gone) };
    let of = change.organizer_id;
    if is_taken(&tx, of, &change.before).await? {
        return Ok(Answered::Taken(change.before));
    }
    address_changes::delete_since(&tx, of, change.asked_at).await?;
    forget_keys(&tx, of, change.asked_at).await?;
    set(&tx, of, &change.before, "").await?;
    let mail = Mail::Kept { address: change.before.to_string(), link: service.link("/sign-in") };
    let latest = letter::latest(service, now);
    tell(service, &tx, of, &change.before, &mail.content(words), latest).await?;
    tx.commit().await?;
    service.forms.changed();
    service.post.wake();
    Ok(Answered::Done(Box::new(change)))
}

/// This address counts: links that went to the other open nothing, and of the browsers only `stays`
/// remains signed in.
async fn set(
    tx: &DatabaseTransaction,
    of: OrganizerId,
    address: &Email,
    stays: &str,
) -> anyhow::Result<()> {
    organizers::readdress(tx, of, address.clone()).await?;
    organizers::delete_links(tx, of).await?;
    sessions::end_others(tx, of, stays).await?;
    Ok(())
}

/// Whatever opens the account since then, and did not before.
async fn forget_keys(
    tx: &DatabaseTransaction,
    of: OrganizerId,
    since: DateTime<Utc>,
) -> anyhow::Result<()> {
    credentials::delete_since(tx, of, since).await?;
    tokens::delete_since(tx, of, since).await?;
    Ok(())
}
