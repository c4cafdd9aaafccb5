//! Bringing an insight up to date.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use super::{Known, Live};
use crate::insight::{Basis, Deep, Insight, Material};
use crate::service::Service;
use crate::store::questionnaires::Questionnaire;
use crate::store::{reach, theme_edits, voices};

/// Up to so many responses, themes and groups are made while somebody waits for the page.
const AT_ONCE: usize = 300;

/// Looks at what is kept, and counts anew if it has changed. Only one at a time may do this.
pub(super) async fn renew(
    service: &Service,
    questionnaire: &Questionnaire,
    live: &Live,
) -> anyhow::Result<Arc<Insight>> {
    let edits = questionnaire.version;
    let forgotten = live.forgotten.load(Ordering::SeqCst);
    let checked = Instant::now();
    let known = live.known();
    let db = service.store.snapshot().await?;
    let state = voices::state(&db, questionnaire.id).await?;
    let reach = reach::of(&db, questionnaire.id).await?;
    let theme_edits = theme_edits::count(&db, questionnaire.id).await?;
    let same = known.as_ref().filter(|known| {
        let layers = known.insight.material.layers.edits;
        let same = known.edits == edits && layers == theme_edits;
        known.state == state && same && known.forgotten == forgotten
    });
    if let Some(known) = same {
        db.commit().await?;
        let insight = if known.insight.reach == reach {
            known.insight.clone()
        } else {
            let insight = Insight { reach, ..(*known.insight).clone() };
            Arc::new(insight.versioned(known.insight.counted_at.clone()))
        };
        live.set(Known { insight: insight.clone(), checked, ..known.clone() });
        return Ok(insight);
    }
    let before = known.as_ref().map(|known| (&*known.insight.material, &known.state));
    let material = Material::gather(&db, questionnaire, before, &state).await?;
    db.commit().await?;
    let deep = known
        .filter(|known| known.forgotten == forgotten && known.edits == edits)
        .and_then(|known| known.insight.deep());
    let late = state.late;
    let counted_at = format!("{state:?} {edits} {}", material.layers.edits);
    let model = service.insights.model();
    let insight = tokio::task::spawn_blocking(move || {
        let few = material.voices.len() <= AT_ONCE;
        // Of many at least no words of somebody who has taken them back.
        let fits = |deep: &Deep| {
            if few { deep.is_of(&material) } else { !deep.is_of_more_than(&material) }
        };
        let deep = deep.filter(fits);
        let deep = if few { deep.or_else(|| Some(Deep::of(&material, &model))) } else { deep };
        let deep = deep.map(|deep| deep.edited(&material, &model));
        // Which responses these are: of anonymous ones the state may be the same though one went.
        let counted_at = format!("{counted_at} {}", Basis::of(&material).tag());
        let insight = Insight::of(Arc::new(material), deep, reach, late);
        Arc::new(insight.versioned(counted_at))
    })
    .await?;
    live.set(Known { insight: insight.clone(), state, edits, forgotten, checked });
    Ok(insight)
}
