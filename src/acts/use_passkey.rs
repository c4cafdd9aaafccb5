//! An organizer makes a passkey, signs in with one, or removes it. What has begun is kept by the
//! hash of a token that only the asking page has, and ends once, within five minutes.

use chrono::TimeDelta;
use sea_orm::DatabaseTransaction;
use serde_json::Value;

use super::change_keys::{Browser, changed};
use super::sign_in::begin_session;
use crate::credentials::passkeys::{Ceremony, Kept, PasskeyError, Passkeys};
use crate::domain::text::one_line;
use crate::domain::{OrganizerId, PasskeyId, token};
use crate::mail::key_changed::Key;
use crate::service::Service;
use crate::store::credentials::{self, Passkey};
use crate::store::organizers::Organizer;

/// How long a browser may take to answer.
const PATIENCE: TimeDelta = TimeDelta::minutes(5);
/// How many passkeys an organizer may have.
const MOST: usize = 20;
/// A name is cut there, in characters.
const LONGEST_NAME: usize = 60;

/// What the page passes to its browser, and what it is known by.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Names the ceremony.
    pub token: String,
    /// What the browser is asked.
    pub asked: Value,
}

/// What came of a new passkey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// It is kept.
    Kept,
    /// It took too long, or came twice.
    TooLate,
    /// The browser's answer is not what was asked for.
    Refused,
    /// There are as many as one can have.
    TooMany,
}

/// Whether passkeys can be had at the public address of this service.
pub fn possible(service: &Service) -> bool {
    Passkeys::at(&service.public_url).is_some()
}

/// Asks an organizer's browser for a new passkey; `None` where there can be none.
///
/// # Errors
/// A database that refuses.
pub async fn begin_making(
    service: &Service,
    organizer: &Organizer,
) -> anyhow::Result<Option<Asked>> {
    let Some(passkeys) = Passkeys::at(&service.public_url) else { return Ok(None) };
    let known = credentials::passkeys(service.store.read(), organizer.id).await?;
    let known: Vec<String> = known.into_iter().map(|one| one.credential_id).collect();
    let address = organizer.address.as_ref().map(ToString::to_string);
    let name = address.unwrap_or_else(|| "Colloquy".to_owned());
    let ceremony = passkeys.begin_making(organizer.id.0, &name, &known)?;
    Ok(Some(keep(service, Some(organizer.id), ceremony).await?))
}

/// Asks a browser for any passkey that it has for us; `None` where there can be none.
///
/// # Errors
/// A database that refuses.
pub async fn begin_sign_in(service: &Service) -> anyhow::Result<Option<Asked>> {
    let Some(passkeys) = Passkeys::at(&service.public_url) else { return Ok(None) };
    Ok(Some(keep(service, None, passkeys.begin_sign_in()?).await?))
}

async fn keep(
    service: &Service,
    organizer: Option<OrganizerId>,
    ceremony: Ceremony,
) -> anyhow::Result<Asked> {
    let token = token::random(service.clock.bytes());
    let until = service.clock.now() + PATIENCE;
    let tx = service.store.write().await?;
    credentials::begin(&tx, token::hash(&token), organizer, ceremony.state, until).await?;
    tx.commit().await?;
    Ok(Asked { token, asked: ceremony.asked })
}

/// Keeps the passkey that the browser made.
///
/// # Errors
/// A database that refuses.
pub async fn make(
    service: &Service,
    organizer: OrganizerId,
    (begun, answer): (&str, &str),
    name: &str,
    browser: &Browser,
) -> anyhow::Result<Made> {
    let Some(passkeys) = Passkeys::at(&service.public_url) else { return Ok(Made::Refused) };
    let now = service.clock.now();
    let tx = service.store.write().await?;
    let ended = credentials::end(&tx, &token::hash(begun), now).await?;
    let made = match ended {
        Some((Some(whose), state)) if whose == organizer => {
            match passkeys.finish_making(answer, &state) {
                Ok(made) => keep_made(service, &tx, organizer, (made, name), browser).await?,
                Err(error) => refused(&error, Made::Refused)?,
            }
        }
        Some((Some(_), _)) => Made::Refused,
        _ => Made::TooLate,
    };
    // Whatever came of it: what had begun is over.
    tx.commit().await?;
    service.post.wake();
    Ok(made)
}

async fn keep_made(
    service: &Service,
    tx: &DatabaseTransaction,
    organizer: OrganizerId,
    (made, name): (Kept, &str),
    browser: &Browser,
) -> anyhow::Result<Made> {
    if credentials::passkeys(tx, organizer).await?.len() >= MOST {
        return Ok(Made::TooMany);
    }
    if credentials::passkey(tx, &made.credential_id).await?.is_some() {
        return Ok(Made::Refused);
    }
    let name = one_line(name, LONGEST_NAME);
    let name = if name.is_empty() { "Passkey".to_owned() } else { name };
    let new = Passkey {
        id: PasskeyId(service.clock.random_name()),
        organizer_id: organizer,
        credential_id: made.credential_id,
        credential: made.credential,
        name: name.clone(),
        created_at: service.clock.now(),
        used_at: None,
    };
    credentials::insert_passkey(tx, new).await?;
    changed(service, tx, organizer, Key::PasskeyAdded(name), browser).await?;
    Ok(Made::Kept)
}

/// Signs in with a passkey: the cookie of the new session, or `None` where the answer is not that
/// of a passkey that we know, or came too late.
///
/// # Errors
/// A database that refuses.
pub async fn sign_in(
    service: &Service,
    begun: &str,
    answer: &str,
) -> anyhow::Result<Option<String>> {
    let Some(passkeys) = Passkeys::at(&service.public_url) else { return Ok(None) };
    let credential_id = match Passkeys::named(answer) {
        Ok(id) => id,
        Err(error) => return refused(&error, None),
    };
    let now = service.clock.now();
    let tx = service.store.write().await?;
    let ended = credentials::end(&tx, &token::hash(begun), now).await?;
    let Some((None, state)) = ended else { return Ok(None) };
    let signed = match credentials::passkey(&tx, &credential_id).await? {
        Some(key) => match passkeys.finish_sign_in(answer, &state, &key.credential) {
            Ok(seen) => {
                credentials::used(&tx, key.id, seen.credential, now).await?;
                Some(begin_session(service, &tx, key.organizer_id).await?)
            }
            Err(error) => refused(&error, None)?,
        },
        None => None,
    };
    // Whatever came of it: what had begun is over.
    tx.commit().await?;
    Ok(signed)
}

/// Removes a passkey.
///
/// # Errors
/// A database that refuses.
pub async fn remove(
    service: &Service,
    organizer: OrganizerId,
    passkey: PasskeyId,
    browser: &Browser,
) -> anyhow::Result<bool> {
    let tx = service.store.write().await?;
    let gone = credentials::delete_passkey(&tx, organizer, passkey).await?;
    let Some(name) = gone else { return Ok(false) };
    changed(service, &tx, organizer, Key::PasskeyRemoved(name), browser).await?;
    tx.commit().await?;
    service.post.wake();
    Ok(true)
}

#[expect(clippy::unnecessary_wraps, reason = "it ends an act")]
fn refused<T>(error: &PasskeyError, so: T) -> anyhow::Result<T> {
    tracing::info!(%error, "a passkey was not taken");
    Ok(so)
}
