//! An organizer publishes the echo, and takes it back. Words whose authors take them back leave it.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use crate::domain::webhook::Event;
use crate::domain::{EchoId, NoteId, ParticipantId, QuestionnaireId};
use crate::insight::echo::{Before, Behind, Draft, Echo, echo, told};
use crate::insight::poll::{LEAST, Statement, behind, changes};
use crate::service::Service;
use crate::store::echoes::{self, Version};
use crate::store::questionnaires::{self, Questionnaire};
use crate::store::webhooks::{self, Happened};
use crate::store::{discussions, notes, poll};

/// What would be published now, with the marks behind its numbers; none without a discussion.
///
/// # Errors
/// A database that refuses.
pub async fn prospect(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> anyhow::Result<Option<(Echo, Behind)>> {
    let Some(whole) = discussions::latest(db, questionnaire).await? else { return Ok(None) };
    let id = whole.discussion.id;
    let written = notes::of_discussion(db, id).await?;
    let draft: Draft = match echoes::draft(db, questionnaire).await? {
        Some(draft) => serde_json::from_str(&draft.content)?,
        None => Draft::default(),
    };
    let statements: Vec<Statement> = match poll::of(db, id).await? {
        Some(poll) => serde_json::from_str(&poll.statements)?,
        None => vec![],
    };
    let answers = poll::answers(db, id).await?;
    let mut before = vec![];
    for version in echoes::versions(db, questionnaire).await? {
        let echo: Echo = serde_json::from_str(&version.content)?;
        let behind = serde_json::from_str(&version.behind)?;
        before.push(Before { changes: echo.changes, behind });
    }
    let all = changes(&statements, &answers, LEAST);
    let (changes, marks, untold) = told(all, statements.len(), &behind(&answers), &before);
    Ok(Some((echo(&whole, &written, &draft, changes, untold), marks)))
}

/// Publishes the echo as it stands; its number, or nothing if there is nothing to read.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn publish_echo(
    service: &Service,
    questionnaire: &Questionnaire,
) -> anyhow::Result<Option<i32>> {
    let tx = service.store.write().await?;
    questionnaires::hold(&tx, questionnaire.id).await?;
    let Some((echo, behind)) = prospect(&tx, questionnaire.id).await? else { return Ok(None) };
    if echo.is_empty() {
        return Ok(None);
    }
    let now = service.clock.now();
    let last = echoes::versions(&tx, questionnaire.id).await?;
    let number = last.last().map_or(1, |version| version.number + 1);
    echoes::unpublish(&tx, questionnaire.id, now).await?;
    let version = Version {
        id: EchoId(service.clock.name()),
        questionnaire_id: questionnaire.id,
        number,
        content: serde_json::to_string(&echo)?,
        behind: serde_json::to_string(&behind)?,
        published_at: now,
        unpublished_at: None,
    };
    echoes::insert(&tx, version).await?;
    let published = Happened::to(questionnaire.id, Event::EchoPublished, number.to_string());
    webhooks::tell(&tx, &[published.saying("number", number)], now).await?;
    tx.commit().await?;
    Ok(Some(number))
}

/// Takes the echo back: nobody reads it any more. Whether there was one.
///
/// # Errors
/// A database that refuses.
pub async fn unpublish_echo(
    service: &Service,
    questionnaire: &Questionnaire,
) -> anyhow::Result<bool> {
    let tx = service.store.write().await?;
    let taken = echoes::unpublish(&tx, questionnaire.id, service.clock.now()).await?;
    tx.commit().await?;
    Ok(taken)
}

/// Takes what participants wrote down out of every version and out of what is prepared; within the
/// transaction that erases them, before their notes are gone.
///
/// # Errors
/// A database that refuses.
pub(super) async fn unnote(
    tx: &DatabaseTransaction,
    questionnaire: QuestionnaireId,
    gone: &[ParticipantId],
) -> anyhow::Result<()> {
    let ids: Vec<NoteId> = notes::by(tx, gone).await?.into_iter().map(|note| note.id).collect();
    if ids.is_empty() {
        return Ok(());
    }
    for version in echoes::versions(tx, questionnaire).await? {
        let mut content: Echo = serde_json::from_str(&version.content)?;
        let before = content.said.len();
        content.said.retain(|said| !ids.contains(&said.note));
        if content.said.len() < before {
            let content = serde_json::to_string(&content)?;
            echoes::rewrite(tx, version.id, content, version.behind).await?;
        }
    }
    if let Some(kept) = echoes::draft(tx, questionnaire).await? {
        let mut draft: Draft = serde_json::from_str(&kept.content)?;
        let before = draft.notes.len();
        draft.notes.retain(|note, _| !ids.contains(note));
        if draft.notes.len() < before {
            let content = serde_json::to_string(&draft)?;
            echoes::keep_draft(tx, echoes::Draft { content, ..kept }).await?;
        }
    }
    Ok(())
}
