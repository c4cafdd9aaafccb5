//! What a published questionnaire's form is made of, kept in memory: ten thousand readers who
//! open it ask the database about once a second, and those who write while the database is away
//! still have their form.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DbErr;

use super::articles::{self, Article};
use super::images;
use super::questionnaires::{self, Asked, Questionnaire};
use super::{Store, entity::questionnaire};
use super::{deletions, mixing, organizers, responses};
use crate::domain::status::Status;
use crate::domain::{QuestionId, QuestionnaireId, Slug, Wording, WordingId};

/// For so long a state is taken for the present one without asking: what another node has
/// changed is seen after that.
const FRESH: TimeDelta = TimeDelta::seconds(1);
/// At most so many are kept.
const KEPT: usize = 64;

/// A questionnaire that was published, with everything its pages need. Of one moment: a change
/// makes a new one.
#[derive(Debug)]
pub struct Form {
    /// The questionnaire.
    pub questionnaire: Questionnaire,
    /// The article that it is about.
    pub article: Article,
    /// The images of it that were asked for.
    pub images: Vec<images::Asked>,
    /// The organizer's name; may be empty.
    pub organizer: String,
    /// How many have answered, where only so many may.
    pub answered: Option<u64>,
    /// When all of it will be erased; until then nobody answers.
    pub erase_at: Option<DateTime<Utc>>,
    /// Every question in its present wording, those taken off the form last.
    pub asked: Vec<Asked>,
    /// Every wording of every question, by id, with its number and its question.
    pub wordings: BTreeMap<WordingId, (i32, Wording, QuestionId)>,
    /// What was drawn of it, by names that the room that draws gives; gone with this state.
    pub drawn: Drawn,
}

/// Pages in parts, between which something is put that differs from reader to reader.
#[derive(Debug, Default)]
pub struct Drawn(Mutex<BTreeMap<String, Arc<[String]>>>);

impl Drawn {
    /// The parts with this name, drawn now if they were not before.
    pub fn get(&self, name: &str, draw: impl FnOnce() -> Vec<String>) -> Arc<[String]> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned();
        known.unwrap_or_else(|| {
            let parts: Arc<[String]> = draw().into();
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            all.insert(name.to_owned(), parts.clone());
            parts
        })
    }
}

impl Form {
    /// The questions on the form, in order.
    pub fn shown(&self) -> impl Iterator<Item = &Asked> {
        self.asked.iter().filter(|asked| asked.position.is_some())
    }

    async fn load(
        store: &Store,
        questionnaire: Questionnaire,
        (organizer, answered, erase_at): (String, Option<u64>, Option<DateTime<Utc>>),
    ) -> Result<Option<Self>, DbErr> {
        let db = store.read();
        let Some(article) = articles::by_id(db, questionnaire.article_id).await? else {
            return Ok(None);
        };
        Ok(Some(Self {
            organizer,
            answered,
            erase_at,
            asked: questionnaires::all_asked(db, questionnaire.id).await?,
            wordings: questionnaires::wordings(db, questionnaire.id).await?,
            drawn: Drawn::default(),
            images: images::of(db, article.id).await?,
            article,
            questionnaire,
        }))
    }
}

/// How a form is asked for.
#[derive(Clone, Debug)]
pub enum Which<'a> {
    /// At `/q/{slug}`.
    At(&'a Slug),
    /// Of this questionnaire.
    Of(QuestionnaireId),
}

/// The forms that were asked for last. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Forms(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// Counts what this process has changed.
    edits: AtomicU64,
    known: RwLock<HashMap<QuestionnaireId, Known>>,
}

#[derive(Clone, Debug)]
struct Known {
    form: Arc<Form>,
    asked_at: DateTime<Utc>,
    edits: u64,
}

impl Forms {
    /// Says that a questionnaire, its questions or its organizer changed. Call it after the
    /// commit, so that the change is seen at once by this process.
    pub fn changed(&self) {
        self.0.edits.fetch_add(1, Ordering::SeqCst);
    }

    /// The form, at most a second old; `None`: it is not there, or nobody may see it yet.
    ///
    /// # Errors
    /// A database that does not answer, where nothing is known of the form.
    pub async fn get(
        &self,
        store: &Store,
        which: Which<'_>,
        now: DateTime<Utc>,
    ) -> Result<Option<Arc<Form>>, DbErr> {
        let edits = self.0.edits.load(Ordering::SeqCst);
        let known = self.known(&which);
        if let Some(known) = &known
            && known.edits == edits
            && (now - known.asked_at).abs() < FRESH
        {
            return Ok(Some(known.form.clone()));
        }
        match self.ask(store, &which, known.as_ref(), edits, now).await {
            Ok(form) => Ok(form),
            // What was known a moment ago is better than no form at all.
            Err(error) => {
                tracing::warn!(%error, "the form is shown as it was last known");
                known.map(|known| Some(known.form)).ok_or(error)
            }
        }
    }

    /// The form as it is now, whatever was known.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn fresh(
        &self,
        store: &Store,
        id: QuestionnaireId,
        now: DateTime<Utc>,
    ) -> Result<Option<Arc<Form>>, DbErr> {
        let edits = self.0.edits.load(Ordering::SeqCst);
        self.ask(store, &Which::Of(id), None, edits, now).await
    }

    fn known(&self, which: &Which<'_>) -> Option<Known> {
        let known = self.0.known.read().unwrap_or_else(PoisonError::into_inner);
        match which {
            Which::Of(id) => known.get(id).cloned(),
            Which::At(slug) => {
                known.values().find(|known| known.form.questionnaire.slug == **slug).cloned()
            }
        }
    }

    async fn ask(
        &self,
        store: &Store,
        which: &Which<'_>,
        known: Option<&Known>,
        edits: u64,
        asked_at: DateTime<Utc>,
    ) -> Result<Option<Arc<Form>>, DbErr> {
        let db = store.read();
        let found: Option<questionnaire::Model> = match which {
            Which::At(slug) => questionnaires::by_slug(db, slug).await?,
            Which::Of(id) => questionnaires::by_id(db, *id).await?,
        };
        let Some(questionnaire) = found.filter(|found| found.status != Status::Draft) else {
            return Ok(None);
        };
        let id = questionnaire.id;
        let organizer = organizers::by_id(db, questionnaire.organizer_id).await?;
        let organizer = organizer.map(|organizer| organizer.name).unwrap_or_default();
        let answered = match questionnaire.options().most {
            Some(_) => Some(responses::count(db, id).await? + mixing::count(db, id).await?),
            None => None,
        };
        let erase_at = deletions::of(db, id).await?;
        // Every edit of a question moves the questionnaire's version.
        let same = known.filter(|known| {
            let form = &known.form;
            known.edits == edits
                && form.questionnaire == questionnaire
                && form.organizer == organizer
                && form.answered == answered
                && form.erase_at == erase_at
        });
        let form = match same {
            Some(known) => known.form.clone(),
            None => {
                match Form::load(store, questionnaire, (organizer, answered, erase_at)).await? {
                    Some(form) => Arc::new(form),
                    None => return Ok(None),
                }
            }
        };
        let mut all = self.0.known.write().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= KEPT && !all.contains_key(&id) {
            all.clear();
        }
        all.insert(id, Known { form: form.clone(), asked_at, edits });
        Ok(Some(form))
    }
}
