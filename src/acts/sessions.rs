//! The browsers in which an organizer is signed in: seen, listed, ended.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::{OrganizerId, token};
use crate::service::Service;
use crate::store::sessions;

/// What is written down of the last use is not older than this.
const OFTEN: TimeDelta = TimeDelta::minutes(15);

/// A session that was not used since then has ended.
pub fn idle_since(service: &Service) -> DateTime<Utc> {
    let hours = i64::from(service.settings.sessions.idle_hours);
    service.clock.now() - TimeDelta::hours(hours)
}

/// Writes down that a session was used, unless that was written a while ago; `browser` in words.
///
/// # Errors
/// A database that refuses.
pub async fn seen(
    service: &Service,
    session: &sessions::Session,
    browser: &str,
) -> anyhow::Result<()> {
    let now = service.clock.now();
    if session.seen_at.is_some_and(|seen| now - seen < OFTEN) {
        return Ok(());
    }
    let tx = service.store.write().await?;
    sessions::seen(&tx, &session.token_hash, browser, now).await?;
    Ok(tx.commit().await?)
}

/// What a session is called on pages: it opens nothing.
pub fn name(service: &Service, session: &sessions::Session) -> String {
    service.secret.reference(&session.token_hash)
}

/// Ends the session of this name.
///
/// # Errors
/// A database that refuses.
pub async fn end(service: &Service, me: OrganizerId, called: &str) -> anyhow::Result<()> {
    let (now, idle) = (service.clock.now(), idle_since(service));
    let all = sessions::of(service.store.read(), me, now, idle).await?;
    let found = all.into_iter().filter(|session| name(service, session) == called);
    let hashes: Vec<String> = found.map(|session| session.token_hash).collect();
    let tx = service.store.write().await?;
    sessions::end(&tx, me, &hashes).await?;
    Ok(tx.commit().await?)
}

/// Ends every session but that of this cookie.
///
/// # Errors
/// A database that refuses.
pub async fn end_others(service: &Service, me: OrganizerId, cookie: &str) -> anyhow::Result<()> {
    let tx = service.store.write().await?;
    sessions::end_others(&tx, me, &token::hash(cookie)).await?;
    Ok(tx.commit().await?)
}

/// Removes what has ended.
///
/// # Errors
/// A database that refuses.
pub async fn forget(service: &Service) -> anyhow::Result<()> {
    let (now, idle) = (service.clock.now(), idle_since(service));
    if !sessions::is_any_over(service.store.read(), now, idle).await? {
        return Ok(());
    }
    let tx = service.store.write().await?;
    sessions::forget(&tx, now, idle).await?;
    Ok(tx.commit().await?)
}
