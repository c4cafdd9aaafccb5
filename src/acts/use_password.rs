//! An organizer sets a password, signs in with it, or gives it up. Only two are worked on at a
//! time: each takes 19 MB and some tens of milliseconds, and readers come first.

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::change_keys::{Browser, changed};
use super::sign_in::begin_session;
use crate::credentials::passwords;
use crate::domain::email::Email;
use crate::mail::key_changed::Key;
use crate::service::Service;
use crate::store::organizers::Organizer;
use crate::store::{credentials, organizers};

static HASHING: Semaphore = Semaphore::const_new(2);

/// Sets an organizer's password. Whoever has one has to know it: a browser left open is not enough.
/// The inner error says what is wrong, and with which field.
///
/// # Errors
/// A database that refuses.
pub async fn set(
    service: &Service,
    organizer: &Organizer,
    current: &str,
    new: &str,
    browser: &Browser,
) -> anyhow::Result<Result<(), Wrong>> {
    let address = organizer.address.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut about = vec!["colloquy", address.as_str(), organizer.name.as_str()];
    about.extend(address.split(['@', '.', '-', '_']));
    about.extend(organizer.name.split_whitespace());
    about.retain(|word| !word.is_empty());
    if let Some(weakness) = passwords::weakness(new, &about) {
        return Ok(Err(Wrong::New(weakness)));
    }
    let kept = credentials::password(service.store.read(), organizer.id).await?;
    let key = if kept.is_some() { Key::PasswordChanged } else { Key::PasswordSet };
    if let Some((hash, _)) = kept
        && !fits(current, Some(hash)).await?
    {
        return Ok(Err(Wrong::Current));
    }
    let (new, salt) = (new.to_owned(), service.clock.bytes());
    let _turn = HASHING.acquire().await?;
    let Some(hash) = spawn_blocking(move || passwords::hash(&new, salt)).await? else {
        anyhow::bail!("a password cannot be hashed");
    };
    let tx = service.store.write().await?;
    credentials::set_password(&tx, organizer.id, hash, service.clock.now()).await?;
    changed(service, &tx, organizer.id, key, browser).await?;
    tx.commit().await?;
    service.post.wake();
    Ok(Ok(()))
}

/// What is wrong with a form that sets a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The present password is another.
    Current,
    /// The new one is weak; in a sentence.
    New(&'static str),
}

/// Gives up an organizer's password; the mailed link stays.
///
/// # Errors
/// A database that refuses.
pub async fn remove(
    service: &Service,
    organizer: &Organizer,
    browser: &Browser,
) -> anyhow::Result<()> {
    let tx = service.store.write().await?;
    if credentials::delete_password(&tx, organizer.id).await? {
        changed(service, &tx, organizer.id, Key::PasswordRemoved, browser).await?;
    }
    tx.commit().await?;
    service.post.wake();
    Ok(())
}

/// Signs in with a password: the cookie of the new session, or `None`. It takes the same time
/// whether the address is unknown, has no password, or has another.
///
/// # Errors
/// A database that refuses.
pub async fn sign_in(
    service: &Service,
    address: &str,
    password: &str,
) -> anyhow::Result<Option<String>> {
    let db = service.store.read();
    let organizer = match address.parse::<Email>() {
        Ok(address) => organizers::by_address(db, &address).await?,
        Err(_no_address) => None,
    };
    let kept = match &organizer {
        Some(organizer) => credentials::password(db, organizer.id).await?,
        None => None,
    };
    let fits = fits(password, kept.map(|(hash, _)| hash)).await?;
    let Some(organizer) = organizer.filter(|_| fits) else { return Ok(None) };
    let tx = service.store.write().await?;
    let cookie = begin_session(service, &tx, organizer.id).await?;
    tx.commit().await?;
    Ok(Some(cookie))
}

async fn fits(password: &str, kept: Option<String>) -> anyhow::Result<bool> {
    if password.len() > passwords::LONGEST {
        return Ok(false);
    }
    let password = password.to_owned();
    let _turn = HASHING.acquire().await?;
    Ok(spawn_blocking(move || passwords::fits(&password, kept.as_deref())).await?)
}
