//! An organizer changes guides: other words, another order, hidden parts, parts of their own. And
//! has guides made again from the answers as they are now; what was changed stays over them.

use crate::domain::ResponseId;
use crate::insight;
use crate::insight::guide::edits::Edits;
use crate::insight::guide::guide;
use crate::service::Service;
use crate::store::guides::{self, Layer};
use crate::store::questionnaires::{self, Questionnaire};
use crate::store::{discussions, erasing};

/// Keeps a layer of edits for whoever has seen it in this version; `false`: somebody else has kept
/// changes since, and nothing was kept.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn edit_guide(
    service: &Service,
    questionnaire: &Questionnaire,
    layer: &str,
    seen: i64,
    edits: &Edits,
) -> anyhow::Result<bool> {
    let tx = service.store.write().await?;
    // Of two who save at once, one waits here.
    questionnaires::hold(&tx, questionnaire.id).await?;
    let there = guides::layer(&tx, questionnaire.id, layer).await?;
    let version = there.map_or(0, |there| there.version);
    if version != seen {
        return Ok(false);
    }
    let kept = Layer {
        questionnaire_id: questionnaire.id,
        layer: layer.to_owned(),
        version: version + 1,
        edits: serde_json::to_string(edits)?,
        updated_at: service.clock.now(),
    };
    guides::keep(&tx, kept).await?;
    tx.commit().await?;
    Ok(true)
}

/// Makes the guides of all groups again.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn remake_guides(service: &Service, questionnaire: &Questionnaire) -> anyhow::Result<()> {
    let insight = insight::of(service, questionnaire).await?;
    let tx = service.store.write().await?;
    questionnaires::hold(&tx, questionnaire.id).await?;
    let Some(whole) = discussions::latest(&tx, questionnaire.id).await? else { return Ok(()) };
    for group in &whole.groups {
        let members = whole.members(group.id);
        let members: Vec<ResponseId> =
            members.iter().filter_map(|(_, one)| one.response_id).collect();
        let minutes = u32::try_from(whole.minutes_of(group)).unwrap_or(60);
        let made = guide(&insight, &members, minutes);
        erasing::set_guide(&tx, group.id, serde_json::to_string(&made)?).await?;
    }
    tx.commit().await?;
    Ok(())
}
