//! Insight that keeps up with what arrives. What is counted is brought up to date when somebody
//! looks, from the responses that are new; themes and groups of many answers are made anew beside
//! that, and until they are ready the last ones stand, with the number of responses behind them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use super::themes::layer::Layers;
use super::{Deep, Insight, Material};
use crate::domain::QuestionnaireId;
use crate::service::Service;
use crate::store::questionnaires::Questionnaire;
use crate::store::reach;
use crate::store::theme_edits;
use crate::store::voices::{self, State};

/// Up to so many responses, themes and groups are made while somebody waits for the page.
const AT_ONCE: usize = 300;
/// For so long a state is taken for the present one, unless this process has written since.
const FRESH: TimeDelta = TimeDelta::seconds(1);
/// The insights of so many questionnaires are held.
const KEPT: usize = 4;
/// So many drawn pages of each.
const PAGES: usize = 32;

/// The last insight of each questionnaire that somebody looked at. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Cache(Arc<Mutex<BTreeMap<QuestionnaireId, Arc<Live>>>>);

impl Cache {
    fn of(&self, id: QuestionnaireId) -> Arc<Live> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT && !kept.contains_key(&id) {
            // Those that somebody is watching stay.
            kept.retain(|_, live| live.versions.receiver_count() > 0);
        }
        kept.entry(id).or_default().clone()
    }

    /// Lets go of what was computed: something of it was erased, or is shown otherwise.
    pub fn forget(&self, id: QuestionnaireId) {
        let live = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
        if let Some(live) = live {
            live.forgotten.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// One questionnaire's insight.
#[derive(Debug)]
struct Live {
    /// Whoever holds it brings the insight up to date; the others wait for that.
    known: tokio::sync::Mutex<Option<Known>>,
    /// Counts what must not be shown any more.
    forgotten: AtomicU64,
    /// Themes and groups are being made.
    deep: tokio::sync::Mutex<()>,
    pages: Mutex<Pages>,
    versions: watch::Sender<u64>,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            known: tokio::sync::Mutex::default(),
            forgotten: AtomicU64::new(0),
            deep: tokio::sync::Mutex::default(),
            pages: Mutex::default(),
            versions: watch::Sender::new(0),
        }
    }
}

/// Drawn pages of one version.
#[derive(Debug, Default)]
struct Pages {
    version: u64,
    drawn: BTreeMap<String, Arc<str>>,
}

#[derive(Clone, Debug)]
struct Known {
    insight: Arc<Insight>,
    state: State,
    edits: i64,
    forgotten: u64,
    checked: DateTime<Utc>,
    writes: u64,
}

/// The insight of a questionnaire as it stands now, themes and groups of all its responses.
///
/// # Errors
/// A database that refuses.
pub async fn of(service: &Service, questionnaire: &Questionnaire) -> anyhow::Result<Arc<Insight>> {
    let insight = now(service, questionnaire).await?;
    if insight.newer == 0 {
        return Ok(insight);
    }
    deepen(service, questionnaire.clone()).await
}

/// The insight with every count up to date, and themes and groups as they were last made: with
/// many responses they follow later, and [`watch`] tells when.
///
/// # Errors
/// A database that refuses.
pub async fn now(service: &Service, questionnaire: &Questionnaire) -> anyhow::Result<Arc<Insight>> {
    let insight = counted(service, questionnaire).await?;
    let live = service.insights.of(questionnaire.id);
    if insight.newer > 0 && live.deep.try_lock().is_ok() {
        let (service, questionnaire) = (service.clone(), questionnaire.clone());
        tokio::spawn(async move {
            if let Err(error) = deepen(&service, questionnaire).await {
                tracing::error!(error = ?error, "themes and groups could not be made");
            }
        });
    }
    Ok(insight)
}

/// The insight with every count up to date.
async fn counted(service: &Service, questionnaire: &Questionnaire) -> anyhow::Result<Arc<Insight>> {
    let live = service.insights.of(questionnaire.id);
    let mut known = live.known.lock().await;
    let forgotten = live.forgotten.load(Ordering::SeqCst);
    let (writes, at) = (service.store.writes(), service.clock.now());
    let usable = known
        .take()
        .filter(|known| known.forgotten == forgotten && known.edits == questionnaire.version);
    if let Some(same) = usable.as_ref().filter(|known| {
        known.writes == writes && (known.checked..known.checked + FRESH).contains(&at)
    }) {
        let insight = same.insight.clone();
        *known = usable;
        return Ok(insight);
    }
    let db = service.store.read();
    let state = voices::state(db, questionnaire.id).await?;
    let reach = reach::of(db, questionnaire.id).await?;
    let edits = theme_edits::count(db, questionnaire.id).await?;
    let unchanged = |known: &Known| {
        let layers = &known.insight.material.layers;
        known.state == state && known.insight.reach == reach && layers.edits == edits
    };
    if let Some(same) = usable.as_ref().filter(|known| unchanged(known)) {
        let insight = same.insight.clone();
        let checked = Known { checked: at, writes, ..same.clone() };
        *known = Some(checked);
        return Ok(insight);
    }
    let before = usable.as_ref().map(|known| (known.insight.clone(), known.state.clone()));
    let mut material = material(service, questionnaire, before.as_ref(), &state).await?;
    if material.layers.edits != edits {
        material = material.with_layers(Layers::read(db, questionnaire.id).await?);
    }
    let deep = before.and_then(|(insight, _)| insight.deep());
    let late = state.late;
    let insight = tokio::task::spawn_blocking(move || {
        let few = material.voices.len() <= AT_ONCE;
        let deep = deep.filter(|deep| !few || deep.is_of(&material));
        let deep = if few { deep.or_else(|| Some(Deep::of(&material))) } else { deep };
        let deep = deep.map(|deep| deep.edited(&material));
        Arc::new(Insight::of(Arc::new(material), deep, reach, late))
    })
    .await?;
    let edits = questionnaire.version;
    let new = insight.clone();
    *known = Some(Known { insight: new, state, edits, forgotten, checked: at, writes });
    live.versions.send_modify(|version| *version += 1);
    Ok(insight)
}

/// Reads what is new; everything, if something is gone or nothing is known.
async fn material(
    service: &Service,
    questionnaire: &Questionnaire,
    before: Option<&(Arc<Insight>, State)>,
    state: &State,
) -> anyhow::Result<Material> {
    let db = service.store.read();
    if let Some((insight, known)) = before
        && let Some(latest) = known.latest()
    {
        let read = voices::since(db, questionnaire.id, questionnaire.mode, latest).await?;
        let material = insight.material.renewed(read);
        let revisions = material.voices.iter().map(|v| i64::from(v.response.revision)).sum();
        // A response that was taken back, or let in after the fact, is not among the new ones.
        if state.is(material.voices.len(), revisions) && material.is_of(questionnaire) {
            return Ok(material);
        }
    }
    Ok(Material::gather(db, questionnaire).await?)
}

/// Makes themes and groups of the responses as they are now; whoever comes meanwhile waits for
/// the same.
async fn deepen(service: &Service, questionnaire: Questionnaire) -> anyhow::Result<Arc<Insight>> {
    let live = service.insights.of(questionnaire.id);
    let _alone = live.deep.lock().await;
    let forgotten = live.forgotten.load(Ordering::SeqCst);
    let insight = counted(service, &questionnaire).await?;
    if insight.newer == 0 {
        return Ok(insight);
    }
    let of = insight.material.clone();
    let deep = tokio::task::spawn_blocking(move || Deep::of(&of)).await?;
    let mut known = live.known.lock().await;
    let whole = Arc::new(insight.with(deep.clone()));
    if live.forgotten.load(Ordering::SeqCst) == forgotten
        && let Some(known) = known.as_mut().filter(|known| known.forgotten == forgotten)
    {
        // Somebody may have edited meanwhile.
        let of = known.insight.material.clone();
        let deep = tokio::task::spawn_blocking(move || deep.edited(&of)).await?;
        known.insight = Arc::new(known.insight.with(deep));
        live.versions.send_modify(|version| *version += 1);
    }
    Ok(whole)
}

/// Counts the versions of what is shown of a questionnaire; see [`keep_up`].
pub fn watch(service: &Service, id: QuestionnaireId) -> watch::Receiver<u64> {
    service.insights.of(id).versions.subscribe()
}

/// Looks for news of a questionnaire once, so that those who watch hear of them.
///
/// # Errors
/// A database that refuses.
pub async fn keep_up(service: &Service, questionnaire: &Questionnaire) -> anyhow::Result<()> {
    now(service, questionnaire).await.map(drop)
}

/// A page drawn of this version once for all who ask; `name`: which page, for whom.
pub async fn drawn(
    service: &Service,
    questionnaire: &Questionnaire,
    name: &str,
    draw: impl FnOnce(Arc<Insight>) -> String + Send + 'static,
) -> anyhow::Result<Arc<str>> {
    let insight = now(service, questionnaire).await?;
    let live = service.insights.of(questionnaire.id);
    let version = *live.versions.borrow();
    {
        let pages = live.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.version == version
            && let Some(page) = pages.drawn.get(name)
        {
            return Ok(page.clone());
        }
    }
    let page: Arc<str> = tokio::task::spawn_blocking(move || draw(insight)).await?.into();
    let mut pages = live.pages.lock().unwrap_or_else(PoisonError::into_inner);
    if pages.version != version || pages.drawn.len() >= PAGES {
        *pages = Pages { version, drawn: BTreeMap::new() };
    }
    pages.drawn.insert(name.to_owned(), page.clone());
    Ok(page)
}
