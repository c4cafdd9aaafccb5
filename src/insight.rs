//! What was said: tallies, themes, opinion groups and the brief, made of answers as they are
//! kept. This room reads and computes; it changes nothing. Same answers, same result, byte for
//! byte.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};

use crate::domain::QuestionnaireId;
use crate::service::Service;
use crate::store::questionnaires::Questionnaire;
use crate::store::responses;

pub mod brief;
pub mod guide;
pub mod material;
pub mod opinion;
pub mod seats;
pub mod tally;
pub mod themes;
pub mod timeline;

pub use material::Material;

/// Everything that is shown of one questionnaire's responses.
#[derive(Debug)]
pub struct Insight {
    /// The questions and the answers.
    pub material: Material,
    /// Counts of the closed questions, in their order.
    pub tallies: Vec<tally::Tally>,
    /// Themes of the open questions, in their order.
    pub themes: Vec<themes::OpenThemes>,
    /// Votes on statements and opinion groups; none where no statements are asked.
    pub opinion: Option<opinion::Opinion>,
    /// Responses a day.
    pub days: Vec<timeline::Day>,
}

/// What an insight was made of: it is made again only when one of these has changed.
type Basis = (i64, u64, i64, Option<DateTime<Utc>>);

/// The last insight of each questionnaire that somebody looked at.
#[derive(Clone, Debug, Default)]
pub struct Cache(Arc<Mutex<BTreeMap<QuestionnaireId, Known>>>);

/// An insight and what it was made of.
type Known = (Basis, Arc<Insight>);

impl Cache {
    /// At most so many are kept; a questionnaire that is looked at again is computed again.
    const KEPT: usize = 4;

    fn get(&self, id: QuestionnaireId, basis: &Basis) -> Option<Arc<Insight>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&id).filter(|(made_of, _)| made_of == basis).map(|(_, insight)| insight.clone())
    }

    /// Lets go of what was computed: something of it was erased.
    pub fn forget(&self, id: QuestionnaireId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }

    fn put(&self, id: QuestionnaireId, basis: Basis, insight: Arc<Insight>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= Self::KEPT && !kept.contains_key(&id) {
            kept.clear();
        }
        kept.insert(id, (basis, insight));
    }
}

/// The insight of a questionnaire as it stands now. Computing runs beside the threads that
/// answer readers.
///
/// # Errors
/// A database that refuses.
pub async fn of(service: &Service, questionnaire: &Questionnaire) -> anyhow::Result<Arc<Insight>> {
    let db = service.store.read();
    let (count, states, latest) = responses::state(db, questionnaire.id).await?;
    let basis = (questionnaire.version, count, states, latest);
    if let Some(known) = service.insights.get(questionnaire.id, &basis) {
        return Ok(known);
    }
    let material = Material::gather(db, questionnaire).await?;
    let insight = tokio::task::spawn_blocking(move || Arc::new(compute(material))).await?;
    service.insights.put(questionnaire.id, basis, insight.clone());
    Ok(insight)
}

/// Computes everything from the answers.
pub fn compute(material: Material) -> Insight {
    Insight {
        tallies: tally::tallies(&material),
        themes: themes::all(&material),
        opinion: opinion::of(&material),
        days: timeline::days(&material),
        material,
    }
}
