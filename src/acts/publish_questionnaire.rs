//! An organizer opens a questionnaire to readers, and closes it.

use sea_orm::DatabaseTransaction;

use super::check_questionnaire::{closing_passed, obstacles};
use crate::domain::status::Status;
use crate::domain::webhook::Event;
use crate::service::Service;
use crate::store::questionnaires::{self, Questionnaire};
use crate::store::webhooks::{self, Happened};

/// Opens the questionnaire to readers. What stands in the way comes back; then nothing changed.
///
/// # Errors
/// A database that refuses.
pub async fn publish_questionnaire(
    service: &Service,
    questionnaire: Questionnaire,
) -> anyhow::Result<Result<Questionnaire, Vec<String>>> {
    let tx = service.store.write().await?;
    // As it stands now: somebody may have changed it since it was looked at.
    let mut questionnaire = questionnaires::held(&tx, questionnaire).await?;
    let asked = questionnaires::asked(&tx, questionnaire.id).await?;
    let mut obstacles = obstacles(&questionnaire, &asked);
    obstacles.extend(closing_passed(&questionnaire, service.clock.now()).map(|found| found.text));
    if !obstacles.is_empty() {
        return Ok(Err(obstacles));
    }
    let opens = questionnaire.status != Status::Open;
    questionnaire.status = Status::Open;
    questionnaire.published_at.get_or_insert(service.clock.now());
    questionnaire.closed_at = None;
    questionnaires::update(&tx, questionnaire.clone()).await?;
    if opens {
        tell(service, &tx, &questionnaire, Event::QuestionnairePublished).await?;
    }
    tx.commit().await?;
    service.forms.changed();
    Ok(Ok(questionnaire))
}

/// Closes the questionnaire: readers can no longer answer. It can be opened again.
///
/// # Errors
/// A database that refuses.
pub async fn close_questionnaire(
    service: &Service,
    questionnaire: Questionnaire,
) -> anyhow::Result<()> {
    let tx = service.store.write().await?;
    let mut questionnaire = questionnaires::held(&tx, questionnaire).await?;
    // A colleague may have closed it, or its time: it is told once.
    if questionnaire.status == Status::Closed {
        return Ok(());
    }
    questionnaire.status = Status::Closed;
    questionnaire.closed_at = Some(service.clock.now());
    questionnaires::update(&tx, questionnaire.clone()).await?;
    tell(service, &tx, &questionnaire, Event::QuestionnaireClosed).await?;
    tx.commit().await?;
    service.forms.changed();
    Ok(())
}

/// Closes every questionnaire whose time to close has come; how many. Readers meet a closed door
/// at that moment in any case.
///
/// # Errors
/// A database that refuses.
pub async fn close_due(service: &Service) -> anyhow::Result<usize> {
    let now = service.clock.now();
    let mut closed = 0;
    for found in questionnaires::open(service.store.read()).await? {
        if found.options().closed_by(now).is_none() {
            continue;
        }
        let tx = service.store.write().await?;
        let Some(mut held) = questionnaires::hold(&tx, found.id).await? else { continue };
        // It may have been changed while it was looked at.
        if let Some(at) = held.options().closed_by(now).filter(|_| held.status == Status::Open) {
            (held.status, held.closed_at) = (Status::Closed, Some(at));
            questionnaires::update(&tx, held.clone()).await?;
            tell(service, &tx, &held, Event::QuestionnaireClosed).await?;
            tx.commit().await?;
            closed += 1;
        }
    }
    if closed > 0 {
        service.forms.changed();
    }
    Ok(closed)
}

async fn tell(
    service: &Service,
    tx: &DatabaseTransaction,
    questionnaire: &Questionnaire,
    event: Event,
) -> anyhow::Result<()> {
    let now = service.clock.now();
    // It may be opened and closed again and again.
    let about = now.timestamp_micros().to_string();
    webhooks::tell(tx, &[Happened::to(questionnaire.id, event, about)], now).await?;
    Ok(())
}
