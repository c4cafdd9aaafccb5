//! A questionnaire is deleted in two steps: it is closed to everybody at once, and erased for good
//! two weeks later. In between it can be restored as it was, and nothing is sent.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::QuestionnaireId;
use crate::service::Service;
use crate::store::{deletions, erasing, handovers, questionnaires};

/// So long it can be restored.
pub const DAYS: i64 = 14;

/// Closes the questionnaire to everybody; when it will be erased.
///
/// # Errors
/// A database that refuses.
pub async fn delete_questionnaire(
    service: &Service,
    of: QuestionnaireId,
) -> anyhow::Result<DateTime<Utc>> {
    let now = service.clock.now();
    let wished = now + TimeDelta::days(DAYS);
    let tx = service.store.write().await?;
    questionnaires::hold(&tx, of).await?;
    deletions::keep(&tx, of, now, wished).await?;
    handovers::delete(&tx, of).await?;
    let erase_at = deletions::of(&tx, of).await?.unwrap_or(wished);
    tx.commit().await?;
    service.forms.changed();
    Ok(erase_at)
}

/// Takes it back; `false`: nothing was to be erased.
///
/// # Errors
/// A database that refuses.
pub async fn restore_questionnaire(service: &Service, of: QuestionnaireId) -> anyhow::Result<bool> {
    let tx = service.store.write().await?;
    let restored = deletions::restore(&tx, of).await?;
    tx.commit().await?;
    service.forms.changed();
    service.post.wake();
    Ok(restored)
}

/// Erases for good what has waited long enough; how many questionnaires.
///
/// # Errors
/// A database that refuses.
pub async fn erase_due(service: &Service) -> anyhow::Result<usize> {
    let now = service.clock.now();
    let mut gone = 0;
    for id in deletions::due(service.store.read(), now).await? {
        let tx = service.store.write().await?;
        if deletions::erase(&tx, id, now).await? {
            gone += 1;
        }
        tx.commit().await?;
    }
    if gone > 0 {
        service.forms.changed();
        erasing::settle(&service.store).await?;
    }
    Ok(gone)
}
