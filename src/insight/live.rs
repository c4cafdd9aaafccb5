//! Insight that keeps up with what arrives. What is counted is brought up to date when somebody
//! looks, from the responses that are new; themes and groups of many answers are made anew beside
//! that, and until they are ready the last ones stand, with the number of responses behind them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{Deep, Insight};
use crate::analysis::themes::{self, Model};
use crate::domain::QuestionnaireId;
use crate::service::Service;
use crate::store::questionnaires::Questionnaire;
use crate::store::voices::State;

mod pages;
mod renew;
mod watching;

pub use pages::drawn;
pub use watching::{News, watch};

/// The insights of so many questionnaires are held, and more only while they are watched.
const KEPT: usize = 4;
/// With so many responses together, another questionnaire takes the place of those before.
const HELD: usize = 50_000;
/// More responses than this are looked at once a second at most; of fewer, the present state is
/// asked for whenever somebody looks.
const MANY: usize = 2_000;
/// For so long what was known of many responses is taken for what is.
const FRESH: Duration = Duration::from_secs(1);
/// For so long what was known is shown to others while one of them brings it up to date.
const USABLE: Duration = Duration::from_secs(5);
/// Making themes and groups of many answers anew takes at most one part in so many of a core.
const SHARE: u32 = 10;

/// The last insight of each questionnaire that somebody looked at. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Cache(Arc<Mutex<BTreeMap<QuestionnaireId, Arc<Live>>>>, Model);

impl Cache {
    /// Themes are found with this model.
    pub fn with(model: Model) -> Self {
        Self(Arc::default(), model)
    }

    /// What tells how near two answers are in meaning.
    pub fn model(&self) -> Model {
        self.1.clone()
    }

    fn of(&self, id: QuestionnaireId) -> Arc<Live> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !kept.contains_key(&id) {
            let held: usize = kept.values().map(|live| live.responses()).sum();
            if kept.len() >= KEPT || held >= HELD {
                kept.retain(|_, live| live.is_watched());
            }
        }
        kept.entry(id).or_default().clone()
    }

    /// Says that something is gone, or is shown otherwise: nothing that was found or drawn
    /// before is shown any more. Call it after the commit.
    pub fn forget(&self, id: QuestionnaireId) {
        let live = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
        if let Some(live) = live {
            live.forgotten.fetch_add(1, Ordering::SeqCst);
            live.pages.clear();
        }
    }
}

/// One questionnaire's insight.
#[derive(Debug, Default)]
struct Live {
    known: Mutex<Option<Known>>,
    /// Whoever holds it brings the insight up to date.
    renewing: Arc<tokio::sync::Mutex<()>>,
    /// Whoever holds it makes themes and groups.
    deepening: Arc<tokio::sync::Mutex<Pace>>,
    /// Counts what must not be shown any more.
    forgotten: AtomicU64,
    pages: pages::Pages,
    news: watching::Board,
}

/// What was last found, and when it was last found to be so.
#[derive(Clone, Debug)]
struct Known {
    insight: Arc<Insight>,
    state: State,
    edits: i64,
    forgotten: u64,
    checked: Instant,
}

/// When themes and groups were last made, and how long that took.
#[derive(Debug, Default)]
struct Pace(Option<(Instant, Duration)>);

impl Pace {
    fn is_due(&self) -> bool {
        self.0.is_none_or(|(ended, took)| ended.elapsed() >= took * (SHARE - 1))
    }
}

/// Who wants to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asking {
    /// Somebody who looks at a page.
    Page,
    /// The task that tells those who watch.
    Watch,
}

impl Live {
    fn is_watched(&self) -> bool {
        self.news.is_watched()
    }

    fn responses(&self) -> usize {
        self.known().map_or(0, |known| known.insight.material.voices.len())
    }

    fn known(&self) -> Option<Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, known: Known) {
        self.news.post(&known.insight);
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(known);
    }

    /// What is known, if it is no older than this, of these questions, and of many responses.
    fn lately(&self, questionnaire: &Questionnaire, age: Duration) -> Option<Arc<Insight>> {
        let known = self.known()?;
        (known.insight.material.voices.len() > MANY
            && known.forgotten == self.forgotten.load(Ordering::SeqCst)
            && known.edits == questionnaire.version
            && known.checked.elapsed() < age)
            .then_some(known.insight)
    }
}

/// The insight of a questionnaire as it stands now, themes and groups of all its responses: with
/// many responses that takes seconds.
///
/// # Errors
/// A database that refuses.
pub async fn of(service: &Service, questionnaire: &Questionnaire) -> anyhow::Result<Arc<Insight>> {
    let insight = counted(service, questionnaire, Asking::Page).await?;
    if insight.newer == 0 {
        return Ok(insight);
    }
    let live = service.insights.of(questionnaire.id);
    let mut pace = live.deepening.lock().await;
    deepen(service, questionnaire, &mut pace).await
}

/// The insight with every count up to date, and themes and groups as they were last made: with
/// many responses they follow later, and [`watch()`] tells when.
///
/// # Errors
/// A database that refuses.
pub async fn now(service: &Service, questionnaire: &Questionnaire) -> anyhow::Result<Arc<Insight>> {
    look(service, questionnaire, Asking::Page).await
}

async fn look(
    service: &Service,
    questionnaire: &Questionnaire,
    asking: Asking,
) -> anyhow::Result<Arc<Insight>> {
    let insight = counted(service, questionnaire, asking).await?;
    let live = service.insights.of(questionnaire.id);
    if insight.newer > 0
        && let Ok(mut pace) = live.deepening.clone().try_lock_owned()
        && pace.is_due()
    {
        let (service, questionnaire) = (service.clone(), questionnaire.clone());
        tokio::spawn(async move {
            let mut closing = service.closing.subscribe();
            tokio::select! {
                // A service that is stopping does not wait for themes.
                _ = closing.wait_for(|closing| *closing) => {}
                made = deepen(&service, &questionnaire, &mut pace) => if let Err(error) = made {
                    tracing::error!(error = ?error, "themes and groups could not be made");
                }
            }
        });
    }
    Ok(insight)
}

/// The insight with every count up to date.
async fn counted(
    service: &Service,
    questionnaire: &Questionnaire,
    asking: Asking,
) -> anyhow::Result<Arc<Insight>> {
    let live = service.insights.of(questionnaire.id);
    // The watching task comes once a second by itself, and must not come too early for it.
    let age = if asking == Asking::Watch { FRESH / 2 } else { FRESH };
    if let Some(insight) = live.lately(questionnaire, age) {
        return Ok(insight);
    }
    let alone = match live.renewing.clone().try_lock_owned() {
        Ok(alone) => alone,
        Err(_busy) => {
            if let Some(insight) = live.lately(questionnaire, USABLE) {
                return Ok(insight);
            }
            let alone = live.renewing.clone().lock_owned().await;
            if let Some(insight) = live.lately(questionnaire, age) {
                return Ok(insight);
            }
            alone
        }
    };
    // To the end, also if whoever asked has gone: the next one would begin anew.
    let (service, questionnaire) = (service.clone(), questionnaire.clone());
    let renewed = tokio::spawn(async move {
        let insight = renew::renew(&service, &questionnaire, &live).await;
        drop(alone);
        insight
    });
    renewed.await?
}

/// Makes themes and groups of the responses as they are now.
async fn deepen(
    service: &Service,
    questionnaire: &Questionnaire,
    pace: &mut Pace,
) -> anyhow::Result<Arc<Insight>> {
    let live = service.insights.of(questionnaire.id);
    let forgotten = live.forgotten.load(Ordering::SeqCst);
    let insight = counted(service, questionnaire, Asking::Page).await?;
    if insight.newer == 0 {
        return Ok(insight);
    }
    let (of, began) = (insight.material.clone(), Instant::now());
    let model = service.insights.model();
    let with = model.clone();
    let deep = tokio::task::spawn_blocking(move || Deep::of(&of, &with)).await?;
    *pace = Pace(Some((Instant::now(), began.elapsed())));
    let alone = live.renewing.lock().await;
    if let Some(known) = live.known()
        && live.forgotten.load(Ordering::SeqCst) == forgotten
        && known.forgotten == forgotten
        && !deep.is_of_more_than(&known.insight.material)
    {
        // Somebody may have edited themes meanwhile.
        let (of, deep) = (known.insight.material.clone(), deep.clone());
        let deep = tokio::task::spawn_blocking(move || deep.edited(&of, &model)).await?;
        let insight = Arc::new(known.insight.with(deep));
        live.set(Known { insight, ..known });
    }
    drop(alone);
    if insight.material.voices.len() > MANY {
        themes::rest();
    }
    Ok(Arc::new(insight.with(deep)))
}
