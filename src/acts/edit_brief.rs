//! An organizer changes the brief: other words, other quotes, another order, words of their own;
//! and signs it. Themes of which the changes speak are kept with them: else they would hang on
//! what the next answer may find differently.

use super::edit_themes::{Unkept, keep, unkept};
use crate::domain::OrganizerId;
use crate::insight;
use crate::insight::brief::edits::Edits;
use crate::service::Service;
use crate::store::briefs::{self, Draft};
use crate::store::questionnaires::{self, Questionnaire};

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Kept {
    /// The changes are kept.
    Kept,
    /// Somebody else has kept changes since this editor began: nothing was kept.
    Meanwhile,
}

/// Keeps the edits of whoever has seen the draft in this version.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn edit_brief(
    service: &Service,
    questionnaire: &Questionnaire,
    by: OrganizerId,
    seen: i64,
    edits: &Edits,
) -> anyhow::Result<Kept> {
    let insight = insight::of(service, questionnaire).await?;
    let themes = unkept(&insight, &service.clock, |question, open| edits.speaks_of(question, open));
    let edits = serde_json::to_string(edits)?;
    let seen = Some((seen, by, themes));
    change(service, questionnaire, seen, |draft| draft.edits = edits).await
}

/// Keeps who signs the brief, and when they say they did; an empty name takes the signature away.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn sign_brief(
    service: &Service,
    questionnaire: &Questionnaire,
    name: &str,
    day: &str,
) -> anyhow::Result<()> {
    let (signed, on) = (name.to_owned(), if name.is_empty() { "" } else { day }.to_owned());
    let sign = |draft: &mut Draft| (draft.signed, draft.signed_on) = (signed, on);
    change(service, questionnaire, None, sign).await.map(drop)
}

async fn change(
    service: &Service,
    questionnaire: &Questionnaire,
    seen: Option<(i64, OrganizerId, Vec<Unkept>)>,
    change: impl FnOnce(&mut Draft),
) -> anyhow::Result<Kept> {
    let tx = service.store.write().await?;
    // Of two who save at once, one waits here.
    questionnaires::hold(&tx, questionnaire.id).await?;
    let now = service.clock.now();
    let draft = briefs::draft(&tx, questionnaire.id).await?;
    let mut draft = draft.unwrap_or_else(|| Draft {
        questionnaire_id: questionnaire.id,
        version: 0,
        edits: "{}".to_owned(),
        signed: String::new(),
        signed_on: String::new(),
        updated_at: now,
    });
    if let Some((seen, by, themes)) = seen {
        if seen != draft.version {
            return Ok(Kept::Meanwhile);
        }
        keep(&tx, questionnaire, by, now, themes).await?;
        draft.version += 1;
    }
    change(&mut draft);
    draft.updated_at = now;
    briefs::keep_draft(&tx, draft).await?;
    tx.commit().await?;
    Ok(Kept::Kept)
}
