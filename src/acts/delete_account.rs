//! An organizer deletes their account, in two steps like a questionnaire: what is theirs alone is
//! closed at once and erased two weeks later. What others work on has to be handed over before.

use chrono::{DateTime, TimeDelta, Utc};

use super::delete_questionnaire::DAYS;
use crate::domain::OrganizerId;
use crate::service::Service;
use crate::store::{audit, deletions, erasing, members, questionnaires, sessions};

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// When the account will be erased.
    At(DateTime<Utc>),
    /// The titles of the questionnaires that run in their name and that others work on.
    HandOverFirst(Vec<String>),
}

/// Says when the account will be erased. Other browsers are signed out; the one with the session
/// `stays` is not, so that it can be taken back.
///
/// # Errors
/// A database that refuses.
pub async fn delete_account(
    service: &Service,
    me: OrganizerId,
    stays: &str,
) -> anyhow::Result<Ending> {
    let now = service.clock.now();
    let wished = now + TimeDelta::days(DAYS);
    let tx = service.store.write().await?;
    let own = questionnaires::all_of(&tx, me).await?;
    let mut shared = vec![];
    for of in &own {
        questionnaires::hold(&tx, of.id).await?;
        if members::of(&tx, of.id).await?.len() > 1 {
            shared.push(of.title.clone());
        }
    }
    if !shared.is_empty() {
        return Ok(Ending::HandOverFirst(shared));
    }
    deletions::keep_organizer(&tx, me, now, wished).await?;
    let erase_at = deletions::of_organizer(&tx, me).await?.unwrap_or(wished);
    for of in own {
        deletions::keep(&tx, of.id, now, erase_at).await?;
    }
    sessions::end_others(&tx, me, stays).await?;
    tx.commit().await?;
    service.forms.changed();
    Ok(Ending::At(erase_at))
}

/// Takes it back, and with it the questionnaires that would have gone with the account.
///
/// # Errors
/// A database that refuses.
pub async fn restore_account(service: &Service, me: OrganizerId) -> anyhow::Result<()> {
    let tx = service.store.write().await?;
    if let Some(erase_at) = deletions::of_organizer(&tx, me).await? {
        for of in questionnaires::all_of(&tx, me).await? {
            if deletions::of(&tx, of.id).await? == Some(erase_at) {
                deletions::restore(&tx, of.id).await?;
            }
        }
        deletions::restore_organizer(&tx, me).await?;
    }
    tx.commit().await?;
    service.forms.changed();
    service.post.wake();
    Ok(())
}

/// Erases the accounts that have waited long enough, once their questionnaires are gone.
///
/// # Errors
/// A database that refuses.
pub async fn erase_due(service: &Service) -> anyhow::Result<usize> {
    let now = service.clock.now();
    let mut gone = 0;
    for id in deletions::due_organizers(service.store.read(), now).await? {
        let tx = service.store.write().await?;
        if deletions::erase_organizer(&tx, id).await? {
            audit::forget_who(&tx, id).await?;
            gone += 1;
        } else {
            tracing::warn!("an account cannot be erased while a questionnaire runs in its name");
        }
        tx.commit().await?;
    }
    if gone > 0 {
        erasing::settle(&service.store).await?;
    }
    Ok(gone)
}
