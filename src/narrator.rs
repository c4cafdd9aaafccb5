//! A language model that proposes names and sentences for themes, if the settings name one: any
//! endpoint that speaks the chat interface of `OpenAI`. It is off by default. What it answers is
//! never believed here; `acts` checks it against the answers, and an organizer decides.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::config;
use crate::domain::QuestionId;

mod chat;
mod proposal;

pub use proposal::{Answer, Brief, Proposal, Said};

/// The endpoint that is set, and what it is busy with. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Narrator {
    endpoint: Option<Arc<chat::Endpoint>>,
    tasks: Arc<Mutex<BTreeMap<QuestionId, Progress>>>,
}

/// How far a question's themes have got.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Themes that were asked about.
    pub done: usize,
    /// Themes to ask about.
    pub of: usize,
    /// What went wrong: the name of the theme, and why.
    pub problems: Vec<(String, String)>,
    /// Whether it is over.
    pub over: bool,
    /// Whether somebody has called it off.
    pub stopped: bool,
}

/// Why there is no proposal.
#[derive(Debug, thiserror::Error)]
pub enum NoProposal {
    /// It took too long.
    #[error("no answer within {0} s")]
    Slow(u64),
    /// It cannot be reached.
    #[error("it cannot be reached")]
    Unreachable,
    /// It answered with another status than success; redirects are not followed.
    #[error("it answered with status {0}")]
    Status(u16),
    /// It answered more than anybody would read.
    #[error("its answer is too large")]
    Large,
    /// It did not answer in the form that was asked for.
    #[error("its answer is not in the form that was asked for")]
    Form,
}

impl Narrator {
    /// The endpoint that the settings name, if they name one.
    pub fn of(settings: &config::Narrator) -> Self {
        let endpoint = chat::Endpoint::of(settings).map(Arc::new);
        Self { endpoint, tasks: Arc::default() }
    }

    /// Where words would go: the host, and the name of the model. None: nowhere, nothing is set.
    pub fn goes_to(&self) -> Option<(&str, &str)> {
        self.endpoint.as_ref().map(|endpoint| (endpoint.host.as_str(), endpoint.model.as_str()))
    }

    /// Asks about one theme.
    ///
    /// # Errors
    /// See [`NoProposal`].
    pub async fn propose(&self, brief: &Brief) -> Result<Proposal, NoProposal> {
        let Some(endpoint) = &self.endpoint else { return Err(NoProposal::Unreachable) };
        let said = endpoint.ask(&brief.request()).await?;
        proposal::read(&said).ok_or(NoProposal::Form)
    }

    /// How far a question's themes have got, if they were asked about since the start.
    pub fn progress(&self, question: QuestionId) -> Option<Progress> {
        self.tasks().get(&question).cloned()
    }

    /// Begins with a question; not if it is being asked about already.
    pub fn begin(&self, question: QuestionId, of: usize) -> bool {
        let mut tasks = self.tasks();
        if tasks.get(&question).is_some_and(|progress| !progress.over) {
            return false;
        }
        tasks.insert(question, Progress { of, ..Progress::default() });
        true
    }

    /// Notes that one more theme is through, with what went wrong; whether to go on.
    pub fn advance(&self, question: QuestionId, problem: Option<(String, String)>) -> bool {
        self.tasks().get_mut(&question).is_some_and(|progress| {
            progress.done += 1;
            progress.problems.extend(problem);
            !progress.stopped
        })
    }

    /// Notes that it is over.
    pub fn end(&self, question: QuestionId) {
        if let Some(progress) = self.tasks().get_mut(&question) {
            progress.over = true;
        }
    }

    /// Calls it off: what is on its way is waited for, nothing further is asked.
    pub fn stop(&self, question: QuestionId) {
        if let Some(progress) = self.tasks().get_mut(&question) {
            progress.stopped = true;
        }
    }

    fn tasks(&self) -> std::sync::MutexGuard<'_, BTreeMap<QuestionId, Progress>> {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
