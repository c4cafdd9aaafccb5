//! An organizer signs in with an account at the provider that the settings name. Whom the provider
//! knows by an address that it has checked, and that is an organizer's here, is that organizer;
//! from then on its name for them counts, whatever address they have. Strangers become organizers
//! only where the settings say so.

use super::change_keys::{Browser, changed};
use super::sign_in::begin_session;
use crate::credentials::openid::{Begun, Known, Provider};
use crate::domain::OrganizerId;
use crate::domain::email::Email;
use crate::domain::text::one_line;
use crate::href;
use crate::mail::key_changed::Key;
use crate::service::Service;
use crate::store::{credentials, organizers};
use crate::words::Words;

/// What came of a sign-in.
#[derive(Clone, Debug)]
pub enum SignedIn {
    /// The cookie of the new session.
    Session(String),
    /// The provider says no address that is an organizer's here.
    Stranger,
    /// The provider, or what came back from it, is not as it should be.
    Failed,
}

/// The provider, if one is set.
fn provider(service: &Service) -> Option<Provider> {
    let set = &service.settings.openid;
    if !set.is_set() {
        return None;
    }
    let back = service.link(href::OPENID_BACK);
    let made = Provider::new(&set.issuer, &set.client_id, &set.client_secret, back);
    made.inspect_err(|error| tracing::error!(%error, "openid cannot be used")).ok()
}

/// Begins a sign-in; `None` where no provider is set, or where it does not answer.
pub async fn begin(service: &Service) -> Option<Begun> {
    let begun = provider(service)?.begin().await;
    begun.inspect_err(|error| tracing::warn!(%error, "the openid provider failed")).ok()
}

/// Ends a sign-in with the code that was brought back.
///
/// # Errors
/// A database that refuses.
pub async fn finish(
    service: &Service,
    code: &str,
    waiting: &str,
    words: Words,
) -> anyhow::Result<SignedIn> {
    let Some(provider) = provider(service) else { return Ok(SignedIn::Failed) };
    let known = match provider.finish(code, waiting, service.clock.now()).await {
        Ok(known) => known,
        Err(error) => {
            tracing::warn!(%error, "a sign-in by openid failed");
            return Ok(SignedIn::Failed);
        }
    };
    let now = service.clock.now();
    let tx = service.store.write().await?;
    let subject = (known.issuer.as_str(), known.subject.as_str());
    let mut organizer = credentials::by_identity(&tx, subject.0, subject.1).await?;
    if organizer.is_none() {
        organizer = by_address(service, &tx, &known).await?;
        if let Some(organizer) = organizer {
            credentials::insert_identity(&tx, subject, organizer, now).await?;
            let key = Key::ElsewhereLinked(known.issuer.clone());
            let browser = Browser { session: String::new(), words };
            changed(service, &tx, organizer, key, &browser).await?;
        }
    }
    let Some(organizer) = organizer else { return Ok(SignedIn::Stranger) };
    let cookie = begin_session(service, &tx, organizer).await?;
    tx.commit().await?;
    service.post.wake();
    Ok(SignedIn::Session(cookie))
}

/// The organizer with the address that the provider has checked; a new one, where that is allowed.
async fn by_address(
    service: &Service,
    tx: &sea_orm::DatabaseTransaction,
    known: &Known,
) -> anyhow::Result<Option<OrganizerId>> {
    let address = known.address.as_ref().and_then(|address| address.parse::<Email>().ok());
    let Some(address) = address else { return Ok(None) };
    if let Some(organizer) = organizers::by_address(tx, &address).await? {
        return Ok(Some(organizer.id));
    }
    if !service.settings.openid.new_organizers {
        return Ok(None);
    }
    let id = OrganizerId(service.clock.name());
    let name = one_line(known.name.as_deref().unwrap_or_default(), 120);
    organizers::insert(tx, id, Some(address), &name, service.clock.now()).await?;
    Ok(Some(id))
}

/// Forgets that a provider knows this organizer; they can still sign in with a mailed link.
///
/// # Errors
/// A database that refuses.
pub async fn forget(
    service: &Service,
    of: OrganizerId,
    issuer: &str,
    browser: &Browser,
) -> anyhow::Result<()> {
    let tx = service.store.write().await?;
    if credentials::delete_identities(&tx, of, issuer).await? {
        changed(service, &tx, of, Key::ElsewhereUnlinked(issuer.to_owned()), browser).await?;
    }
    tx.commit().await?;
    service.post.wake();
    Ok(())
}
