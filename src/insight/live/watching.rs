//! Telling those who watch that something is new: one task for each questionnaire that anybody
//! watches, however many they are.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::Serialize;
use tokio::sync::watch;

use super::{Asking, Live, look};
use crate::domain::QuestionnaireId;
use crate::insight::Insight;
use crate::service::Service;
use crate::store::questionnaires;

/// How often it is looked whether something is new, here or on another node.
const LOOK: Duration = Duration::from_secs(1);

/// The main numbers of a version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct News {
    /// Which version: other words than before, if anything that is shown has changed.
    pub version: String,
    /// How many responses count.
    pub responses: usize,
    /// How many came too late.
    pub late: u64,
    /// How often the form was opened.
    pub opened: u64,
    /// How often somebody began to answer.
    pub begun: u64,
    /// How many responses are newer than themes and groups.
    pub newer: usize,
}

/// Where news are posted.
#[derive(Debug)]
pub(super) struct Board {
    latest: watch::Sender<Option<News>>,
    /// Whether a task looks for news.
    looking: Mutex<bool>,
}

impl Default for Board {
    fn default() -> Self {
        Self { latest: watch::Sender::new(None), looking: Mutex::new(false) }
    }
}

impl Board {
    pub(super) fn is_watched(&self) -> bool {
        self.latest.receiver_count() > 0
    }

    /// Tells those who watch, if it is new.
    pub(super) fn post(&self, insight: &Insight) {
        let news = News {
            version: insight.version.clone(),
            responses: insight.material.voices.len(),
            late: insight.late,
            opened: insight.reach.opened(),
            begun: insight.reach.begun(),
            newer: insight.newer,
        };
        self.latest.send_if_modified(|latest| {
            let is_new = latest.as_ref() != Some(&news);
            *latest = Some(news);
            is_new
        });
    }
}

/// The news of a questionnaire, from the present on. While anybody has this, it is looked for
/// news once a second.
pub fn watch(service: &Service, id: QuestionnaireId) -> watch::Receiver<Option<News>> {
    let live = service.insights.of(id);
    let mut looking = live.news.looking.lock().unwrap_or_else(PoisonError::into_inner);
    let mut watching = live.news.latest.subscribe();
    // What is known already is news to whoever comes.
    watching.mark_changed();
    if !*looking {
        *looking = true;
        tokio::spawn(keep_looking(service.clone(), id, live.clone()));
    }
    drop(looking);
    watching
}

async fn keep_looking(service: Service, id: QuestionnaireId, live: Arc<Live>) {
    let mut closing = service.closing.subscribe();
    loop {
        if let Err(error) = look_once(&service, id).await {
            tracing::warn!(error = ?error, "nobody could be told what is new");
        }
        tokio::select! {
            _ = closing.wait_for(|closing| *closing) => return,
            () = tokio::time::sleep(LOOK) => {}
        }
        let mut looking = live.news.looking.lock().unwrap_or_else(PoisonError::into_inner);
        if !live.news.is_watched() {
            *looking = false;
            return;
        }
    }
}

async fn look_once(service: &Service, id: QuestionnaireId) -> anyhow::Result<()> {
    if let Some(questionnaire) = questionnaires::by_id(service.store.read(), id).await? {
        look(service, &questionnaire, Asking::Watch).await?;
    }
    Ok(())
}
