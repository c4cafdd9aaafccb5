//! Where submissions are kept: one writer that lets submissions share a commit, and tells each
//! reader "kept" only after the commit is on disk.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::DbErr;
use tokio::sync::{mpsc, oneshot};

use super::Store;
use crate::domain::status::Standing;
use crate::domain::{Answer, InvitationId, QuestionId, QuestionnaireId, ResponseId, WordingId};

mod insert;

/// At most this many submissions share a commit.
const SHARED: usize = 64;
/// How many may wait for the writer before the next one waits for a place.
const WAITING: usize = 1024;
/// The first submission of a commit waits this long for others, if others are on their way.
const GATHER: Duration = Duration::from_millis(2);

/// What a respondent submits.
#[derive(Clone, Debug)]
pub struct Submission {
    /// Made when the form was drawn: the same form sent twice is stored once.
    pub response: ResponseId,
    /// The questionnaire.
    pub questionnaire: QuestionnaireId,
    /// The hash of the link that opens the response.
    pub token_hash: String,
    /// The language of the page it was written on.
    pub language: String,
    /// Whether it is made up, to show what the pages look like.
    pub example: bool,
    /// The invitation through which the respondent came.
    pub invitation: Option<InvitationId>,
    /// When it arrived.
    pub at: DateTime<Utc>,
    /// Whether it counts.
    pub standing: Standing,
    /// The hidden fields that its link carried.
    pub extras: BTreeMap<String, String>,
    /// The answers, bound to the wordings they were given to.
    pub answers: BTreeMap<QuestionId, (WordingId, Answer)>,
}

/// What became of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The revision that now counts, from 1.
    pub revision: i32,
    /// Whether this very text had been kept before.
    pub repeated: bool,
}

/// Why a submission was not kept. Nothing of it is stored.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The key belongs to another questionnaire's response.
    #[error("this form belongs to another questionnaire")]
    OtherQuestionnaire,
    /// The database refused.
    #[error("the database refused")]
    Store(#[from] DbErr),
    /// The commit that this submission shared failed.
    #[error("the commit failed: {0}")]
    Commit(String),
    /// The writer has ended.
    #[error("the service is stopping")]
    Stopped,
}

type Job = (Submission, oneshot::Sender<Result<Kept, IntakeError>>);

/// Hands submissions to the writer.
#[derive(Clone, Debug)]
pub struct Intake {
    jobs: mpsc::Sender<Job>,
}

impl Intake {
    /// Starts the writer. It ends when every handle is dropped, having kept all it was given.
    pub fn start(store: Store) -> (Self, tokio::task::JoinHandle<()>) {
        let (jobs, waiting) = mpsc::channel(WAITING);
        (Self { jobs }, tokio::spawn(run(store, waiting)))
    }

    /// Keeps a submission: returns after it is on disk.
    ///
    /// # Errors
    /// See [`IntakeError`]; nothing was stored.
    pub async fn keep(&self, submission: Submission) -> Result<Kept, IntakeError> {
        let (answer, kept) = oneshot::channel();
        let sent = self.jobs.send((submission, answer)).await;
        sent.map_err(|_gone| IntakeError::Stopped)?;
        kept.await.unwrap_or(Err(IntakeError::Stopped))
    }
}

async fn run(store: Store, mut waiting: mpsc::Receiver<Job>) {
    let mut crowded = false;
    while let Some(first) = waiting.recv().await {
        let mut batch = vec![first];
        if crowded {
            // Others came with the last commit: give this one's a moment to arrive.
            let more = async {
                while batch.len() < SHARED
                    && let Some(job) = waiting.recv().await
                {
                    batch.push(job);
                }
            };
            let _ = tokio::time::timeout(GATHER, more).await;
        } else {
            while batch.len() < SHARED
                && let Ok(job) = waiting.try_recv()
            {
                batch.push(job);
            }
        }
        crowded = batch.len() > 1;
        commit(&store, batch).await;
    }
}

/// Keeps a batch in one commit; each submission in a savepoint of its own, so that one that
/// fails does not take the others with it.
async fn commit(store: &Store, batch: Vec<Job>) {
    let tx = match store.write().await {
        Ok(tx) => tx,
        Err(error) => return refuse(batch, &error),
    };
    let mut kept = vec![];
    for (submission, answer) in batch {
        kept.push((insert::one(&tx, &submission).await, answer));
    }
    let committed = tx.commit().await.map_err(|error| error.to_string());
    for (result, answer) in kept {
        let result = match &committed {
            Ok(()) => result,
            Err(error) => Err(IntakeError::Commit(error.clone())),
        };
        // A reader who has gone away still has their answers kept.
        let _ = answer.send(result);
    }
}

fn refuse(batch: Vec<Job>, error: &DbErr) {
    for (_, answer) in batch {
        let _ = answer.send(Err(IntakeError::Commit(error.to_string())));
    }
}
