//! An organizer opens a questionnaire to readers, and closes it.

use sea_orm::DatabaseTransaction;

use super::choose_mode;
use crate::domain::kind::Kind;
use crate::domain::status::Status;
use crate::domain::webhook::Event;
use crate::service::Service;
use crate::store::questionnaires::{self, Asked, Questionnaire};
use crate::store::webhooks::{self, Happened};

/// What stands in the way of publishing, one sentence each; empty: nothing.
pub fn obstacles(all: &[Asked]) -> Vec<String> {
    let mut found = vec![];
    if all.is_empty() {
        found.push("There is no question yet: add at least one.".to_owned());
    }
    for (number, asked) in (1_usize..).zip(all) {
        let wording = &asked.wording;
        if wording.prompt.trim().is_empty() {
            found.push(format!("Question {number} has no text yet."));
        }
        let short = match &wording.kind {
            Kind::Single(kind) => too_few(&kind.options, 2, "options"),
            Kind::Multiple(kind) => too_few(&kind.options, 1, "options"),
            Kind::Allocation(kind) => too_few(&kind.options, 2, "options"),
            Kind::Ranking(kind) => too_few(&kind.options, 2, "options"),
            Kind::Statements(kind) if kind.own => None,
            Kind::Statements(kind) => too_few(&kind.statements, 1, "statements"),
            Kind::Availability(kind) => too_few(&kind.slots, 1, "times"),
            Kind::Open(_) | Kind::Scale(_) | Kind::Number(_) | Kind::Contact(_) => None,
        };
        if let Some(short) = short {
            found.push(format!("Question {number} {short}"));
        }
        let earlier = all.get(..number - 1).unwrap_or_default();
        if let Some(condition) = &wording.shown_if
            && !earlier.iter().any(|earlier| earlier.key == condition.question)
        {
            found.push(format!(
                "Question {number} is asked only after an answer to a question that does not \
                 stand before it: choose another condition, or move it."
            ));
        }
    }
    found
}

fn too_few<T>(lines: &[T], least: usize, what: &str) -> Option<String> {
    (lines.len() < least).then(|| format!("needs at least {least} of its {what}."))
}

/// Opens the questionnaire to readers. What stands in the way comes back; then nothing changed.
///
/// # Errors
/// A database that refuses.
pub async fn publish_questionnaire(
    service: &Service,
    mut questionnaire: Questionnaire,
) -> anyhow::Result<Result<Questionnaire, Vec<String>>> {
    let tx = service.store.write().await?;
    let asked = questionnaires::asked(&tx, questionnaire.id).await?;
    let mut obstacles = obstacles(&asked);
    obstacles.extend(choose_mode::obstacles(&questionnaire, &asked));
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
    mut questionnaire: Questionnaire,
) -> anyhow::Result<()> {
    let tx = service.store.write().await?;
    questionnaire.status = Status::Closed;
    questionnaire.closed_at = Some(service.clock.now());
    questionnaires::update(&tx, questionnaire.clone()).await?;
    tell(service, &tx, &questionnaire, Event::QuestionnaireClosed).await?;
    tx.commit().await?;
    service.forms.changed();
    Ok(())
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
