//! An organizer signs in with a link that works once: printed at the first start, mailed later.
//! Beside the link in a mail stand six digits, for whoever reads mail on another device. Other
//! ways in are in `use_passkey`, `use_password` and `use_openid`.

use chrono::TimeDelta;
use sea_orm::DatabaseTransaction;

use super::letter::{self, Letter};
use crate::domain::email::Email;
use crate::domain::status::Purpose;
use crate::domain::{OrganizerId, token};
use crate::href;
use crate::mail::mailbox::mailbox;
use crate::mail::sign_in::SignIn;
use crate::service::Service;
use crate::store::organizers::Code;
use crate::store::{organizers, outbox};
use crate::words::Words;

/// How many links may have been mailed to one organizer within the time that a link is good.
const MOST_LINKS: u64 = 5;
/// How often the code of one link may be tried.
const MOST_TRIES: i32 = 5;

/// The first organizer; made if there is none.
///
/// # Errors
/// A database that refuses.
pub async fn first_organizer(service: &Service) -> anyhow::Result<OrganizerId> {
    let tx = service.store.write().await?;
    if let Some(found) = organizers::first(&tx).await? {
        return Ok(found.id);
    }
    let id = OrganizerId(service.clock.name());
    organizers::insert(&tx, id, None, "", service.clock.now()).await?;
    tx.commit().await?;
    Ok(id)
}

/// A fresh link with which `organizer` signs in once.
///
/// # Errors
/// A database that refuses.
pub async fn make_link(service: &Service, organizer: OrganizerId) -> anyhow::Result<String> {
    let token = token::random(service.clock.bytes());
    let minutes = i64::from(service.settings.sessions.link_minutes);
    let expires = service.clock.now() + TimeDelta::minutes(minutes);
    let tx = service.store.write().await?;
    organizers::insert_link(&tx, token::hash(&token), None, organizer, expires).await?;
    tx.commit().await?;
    Ok(service.link(&href::sign_in(&token)))
}

/// Whether a link is still good; looking does not use it, since mail scanners look.
///
/// # Errors
/// A database that refuses.
pub async fn is_good(service: &Service, link: &str) -> anyhow::Result<bool> {
    let now = service.clock.now();
    Ok(organizers::link_is_good(service.store.read(), &token::hash(link), now).await?)
}

/// Uses a link: the cookie of the new session, or `None` where the link is used or too old.
///
/// # Errors
/// A database that refuses.
pub async fn use_link(service: &Service, link: &str) -> anyhow::Result<Option<String>> {
    let now = service.clock.now();
    let tx = service.store.write().await?;
    let Some(organizer) = organizers::use_link(&tx, &token::hash(link), now).await? else {
        return Ok(None);
    };
    let cookie = begin_session(service, &tx, organizer).await?;
    tx.commit().await?;
    Ok(Some(cookie))
}

/// Uses a link by the six digits that were mailed beside it, on the page that asked for them: the
/// cookie of the new session, or `None` where they are others, too old, or tried too often.
///
/// # Errors
/// A database that refuses.
pub async fn use_code(
    service: &Service,
    request: &str,
    typed: &str,
) -> anyhow::Result<Option<String>> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let now = service.clock.now();
    let tx = service.store.write().await?;
    let code = code_of(request, &digits);
    let organizer = organizers::use_code(&tx, &code, MOST_TRIES, now).await?;
    let cookie = match organizer {
        Some(organizer) => Some(begin_session(service, &tx, organizer).await?),
        None => None,
    };
    tx.commit().await?;
    Ok(cookie)
}

/// A code as it is kept: whoever reads the database cannot try all codes, for want of the page.
fn code_of(request: &str, digits: &str) -> Code {
    let code_hash = token::hash(&format!("{request}:{digits}"));
    Code { request_hash: token::hash(request), code_hash }
}

/// Begins a session of this organizer; what its cookie says.
pub(super) async fn begin_session(
    service: &Service,
    tx: &DatabaseTransaction,
    organizer: OrganizerId,
) -> anyhow::Result<String> {
    let now = service.clock.now();
    let cookie = token::random(service.clock.bytes());
    let expires = now + TimeDelta::days(i64::from(service.settings.sessions.days));
    organizers::insert_session(tx, token::hash(&cookie), organizer, now, expires).await?;
    Ok(cookie)
}

/// Ends the session of this cookie.
///
/// # Errors
/// A database that refuses.
pub async fn sign_out(service: &Service, cookie: &str) -> anyhow::Result<()> {
    let tx = service.store.write().await?;
    organizers::delete_session(&tx, &token::hash(cookie)).await?;
    Ok(tx.commit().await?)
}

/// Keeps how an organizer is called.
///
/// # Errors
/// A database that refuses.
pub async fn name_account(
    service: &Service,
    organizer: OrganizerId,
    name: &str,
) -> anyhow::Result<()> {
    let tx = service.store.write().await?;
    organizers::rename(&tx, organizer, name).await?;
    tx.commit().await?;
    service.forms.changed();
    Ok(())
}

/// Queues a mail with a link and a code, if the address is an organizer's. Whoever asks learns
/// nothing of it: no answer and no error tells whether it is. What comes back is what the page that
/// asked is known by: with it, and nowhere else, the code works.
///
/// # Errors
/// A database that refuses.
pub async fn send_link(service: &Service, address: &Email, words: Words) -> anyhow::Result<String> {
    let request = token::random(service.clock.bytes());
    queue_link(service, address, words, &request).await?;
    Ok(request)
}

async fn queue_link(
    service: &Service,
    address: &Email,
    words: Words,
    request: &str,
) -> anyhow::Result<()> {
    let Some(organizer) = organizers::by_address(service.store.read(), address).await? else {
        return Ok(());
    };
    // The address as the organizer gave it, not as somebody typed it into the form.
    let known = organizer.address.unwrap_or_else(|| address.clone());
    let Ok(to) = mailbox(&organizer.name, known.as_str()) else {
        tracing::warn!("an organizer's address cannot be written to");
        return Ok(());
    };
    let now = service.clock.now();
    let minutes = service.settings.sessions.link_minutes;
    let expires = now + TimeDelta::minutes(i64::from(minutes));
    let token = token::random(service.clock.bytes());
    let link = service.link(&href::sign_in(&token));
    let minutes = usize::try_from(minutes).unwrap_or(usize::MAX);
    let digits = format!("{:06}", u64::from_be_bytes(service.clock.bytes()) % 1_000_000);
    let content = SignIn { link, code: digits.clone(), minutes }.content(words);
    let letter = Letter {
        key: format!("sign-in:{}", token::hash(&token)),
        purpose: Purpose::SignIn,
        to,
        content: &content,
        organizer: None,
        questionnaire: None,
        invitation: None,
        unsubscribe: None,
        at: now,
        not_after: expires,
    };
    let message = letter::freeze(service, letter)?;
    let tx = service.store.write().await?;
    // A form sent in a loop must not fill a mailbox: one mail in a while is enough.
    if outbox::queued_since(&tx, &message.recipient, Purpose::SignIn, now - (expires - now)).await?
        >= MOST_LINKS
    {
        return Ok(());
    }
    let code = Some(code_of(request, &digits));
    organizers::insert_link(&tx, token::hash(&token), code, organizer.id, expires).await?;
    outbox::enqueue(&tx, message).await?;
    tx.commit().await?;
    service.post.wake();
    Ok(())
}
