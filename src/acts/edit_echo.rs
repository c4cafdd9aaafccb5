//! An organizer looks the notes through before everybody reads them: other words, left out, and
//! what stands at the head.

use crate::insight::echo::Draft;
use crate::service::Service;
use crate::store::echoes;
use crate::store::questionnaires::{self, Questionnaire};

/// Keeps the draft for whoever has seen it in this version; `false`: somebody else has kept changes
/// since, and nothing was kept.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn edit_echo(
    service: &Service,
    questionnaire: &Questionnaire,
    seen: i64,
    draft: &Draft,
) -> anyhow::Result<bool> {
    let tx = service.store.write().await?;
    // Of two who save at once, one waits here.
    questionnaires::hold(&tx, questionnaire.id).await?;
    let there = echoes::draft(&tx, questionnaire.id).await?;
    let version = there.map_or(0, |there| there.version);
    if version != seen {
        return Ok(false);
    }
    let kept = echoes::Draft {
        questionnaire_id: questionnaire.id,
        version: version + 1,
        content: serde_json::to_string(draft)?,
        updated_at: service.clock.now(),
    };
    echoes::keep_draft(&tx, kept).await?;
    tx.commit().await?;
    Ok(true)
}
