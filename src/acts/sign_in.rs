//! An organizer signs in with a link that works once: printed at the first start, mailed later.
//! There are no passwords.

use chrono::TimeDelta;

use crate::domain::email::Email;
use crate::domain::{OrganizerId, token};
use crate::href;
use crate::service::Service;
use crate::store::organizers;
use crate::words::Words;

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
    organizers::insert_link(&tx, token::hash(&token), organizer, expires).await?;
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
    let cookie = token::random(service.clock.bytes());
    let expires = now + TimeDelta::days(i64::from(service.settings.sessions.days));
    organizers::insert_session(&tx, token::hash(&cookie), organizer, now, expires).await?;
    tx.commit().await?;
    Ok(Some(cookie))
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

/// Keeps an organizer's name and address: what mails to them and from them need.
///
/// # Errors
/// An address that another organizer has, a database that refuses.
pub async fn save_account(
    service: &Service,
    organizer: OrganizerId,
    name: &str,
    address: Email,
) -> anyhow::Result<()> {
    let tx = service.store.write().await?;
    organizers::update(&tx, organizer, address, name).await?;
    Ok(tx.commit().await?)
}

/// Queues a mail with a link, if the address is an organizer's.
///
/// # Errors
/// A database that refuses.
pub async fn send_link(service: &Service, address: &Email, _words: Words) -> anyhow::Result<()> {
    if let Some(organizer) = organizers::by_address(service.store.read(), address).await? {
        make_link(service, organizer.id).await?;
    }
    Ok(())
}
