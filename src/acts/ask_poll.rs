//! The statements of the poll before and after: proposed when participants are invited, and changed
//! by the organizer until somebody has answered.

use sea_orm::DatabaseTransaction;

use crate::insight::Insight;
use crate::insight::poll::{MOST, Statement, proposed};
use crate::service::Service;
use crate::store::discussions::{self, Whole};
use crate::store::poll::{self, Poll};
use crate::store::questionnaires::{self, Questionnaire};

/// Keeps the statements that a poll begins with, unless the organizer has chosen some.
pub(super) async fn propose(
    tx: &DatabaseTransaction,
    insight: &Insight,
    whole: &Whole,
) -> anyhow::Result<()> {
    if poll::of(tx, whole.discussion.id).await?.is_some() {
        return Ok(());
    }
    let statements = serde_json::to_string(&proposed(insight, whole))?;
    let (discussion_id, questionnaire_id) =
        (whole.discussion.id, whole.discussion.questionnaire_id);
    Ok(poll::keep(tx, Poll { discussion_id, questionnaire_id, statements }).await?)
}

/// Keeps the organizer's statements, one a line; a line with the words of one that was there keeps
/// its name. `false`: somebody has answered, and before and after must ask the same.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn ask_poll(
    service: &Service,
    questionnaire: &Questionnaire,
    lines: &[String],
) -> anyhow::Result<bool> {
    let tx = service.store.write().await?;
    questionnaires::hold(&tx, questionnaire.id).await?;
    let Some(whole) = discussions::latest(&tx, questionnaire.id).await? else { return Ok(false) };
    let id = whole.discussion.id;
    if poll::is_any(&tx, id).await? {
        return Ok(false);
    }
    let before: Vec<Statement> = match poll::of(&tx, id).await? {
        Some(poll) => serde_json::from_str(&poll.statements)?,
        None => vec![],
    };
    let mut statements: Vec<Statement> = vec![];
    for text in lines.iter().filter(|line| !line.is_empty()) {
        if statements.len() == MOST || statements.iter().any(|known| known.text == *text) {
            continue;
        }
        let known = before.iter().find(|known| known.text == *text);
        let taken = |key: &str| statements.iter().chain(&before).any(|known| known.key == key);
        let own =
            || (1..=2 * MOST + 1).map(|number| format!("own.{number}")).find(|key| !taken(key));
        let key = known.map(|known| known.key.clone()).or_else(own).unwrap_or_default();
        statements.push(Statement { key, text: text.clone() });
    }
    let statements = serde_json::to_string(&statements)?;
    poll::keep(&tx, Poll { discussion_id: id, questionnaire_id: questionnaire.id, statements })
        .await?;
    tx.commit().await?;
    Ok(true)
}
