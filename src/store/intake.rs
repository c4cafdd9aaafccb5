//! Where submissions are kept: one writer that lets submissions share a commit, and tells each
//! reader "kept" only after the commit is on disk.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, DbErr};
use serde::{Deserialize, Serialize};
use tokio::sync::{mpsc, oneshot};

use super::Store;
use super::mixing::Seal;
use super::webhooks::{self, Happened};
use crate::domain::status::Standing;
use crate::domain::webhook::Event;
use crate::domain::{Answer, InvitationId, QuestionId, QuestionnaireId, ResponseId, WordingId};

mod many;
mod one;
mod rows;

pub(super) use one::keep_in as within;

/// At most this many submissions share a commit.
const SHARED: usize = 64;
/// How many may wait for the writer before the next one waits for a place.
const WAITING: usize = 1024;
/// The first submissions of a commit wait this long for others that are on their way.
const GATHER: Duration = Duration::from_millis(2);

/// What a respondent submits.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
    /// For an anonymous questionnaire: it waits, sealed, to be mixed with others.
    pub seal: Option<Seal>,
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
    /// An anonymous questionnaire takes one response through each invitation, and this one's is
    /// used.
    #[error("this invitation was used")]
    InvitationUsed,
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

type Job = (Arc<Submission>, oneshot::Sender<Result<Kept, IntakeError>>);

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
    pub async fn keep(&self, submission: impl Into<Arc<Submission>>) -> Result<Kept, IntakeError> {
        let (answer, kept) = oneshot::channel();
        let sent = self.jobs.send((submission.into(), answer)).await;
        sent.map_err(|_gone| IntakeError::Stopped)?;
        kept.await.unwrap_or(Err(IntakeError::Stopped))
    }
}

/// Keeps submissions as a part of `tx`, for good or none of them; webhooks are told nothing of
/// them. What readers send goes to [`Intake::keep`].
///
/// # Errors
/// See [`IntakeError`]; the transaction must be given up.
pub async fn keep_all(tx: &DatabaseTransaction, new: Vec<Submission>) -> Result<(), IntakeError> {
    let new: Vec<Arc<Submission>> = new.into_iter().map(Arc::new).collect();
    for chunk in new.chunks(SHARED) {
        let kept = many::keep(tx, chunk).await?.ok_or(IntakeError::OtherQuestionnaire)?;
        for (new, _) in chunk.iter().zip(kept).filter(|(_, kept)| kept.is_none()) {
            one::keep_in(tx, new).await?;
        }
    }
    Ok(())
}

async fn run(store: Store, mut waiting: mpsc::Receiver<Job>) {
    let mut last = 1;
    while let Some(first) = waiting.recv().await {
        let mut batch = vec![first];
        while batch.len() < SHARED
            && let Ok(job) = waiting.try_recv()
        {
            batch.push(job);
        }
        // As many as came with the last commit are likely on their way: a moment for them.
        let expected = last.min(SHARED);
        if batch.len() < expected {
            let more = async {
                while batch.len() < expected
                    && let Some(job) = waiting.recv().await
                {
                    batch.push(job);
                }
            };
            let _ = tokio::time::timeout(GATHER, more).await;
        }
        last = batch.len();
        commit(&store, batch).await;
    }
}

/// Keeps a batch in one commit, and then tells everybody.
async fn commit(store: &Store, batch: Vec<Job>) {
    let (submissions, waiting): (Vec<Arc<Submission>>, Vec<_>) = batch.into_iter().unzip();
    let results = match together(store, &submissions).await {
        Ok(Some(results)) => Ok(results),
        Ok(None) => one_by_one(store, &submissions).await,
        Err(error) => Err(error),
    };
    match results {
        // A reader who has gone away still has their answers kept.
        Ok(results) => {
            for (result, answer) in results.into_iter().zip(waiting) {
                let _ = answer.send(result);
            }
        }
        Err(error) => {
            for answer in waiting {
                let _ = answer.send(Err(IntakeError::Commit(error.to_string())));
            }
        }
    }
}

type Results = Vec<Result<Kept, IntakeError>>;

/// Keeps all of them with as few statements as possible; `None`: one of them stands in the way
/// of the others, and nothing was kept.
async fn together(store: &Store, batch: &[Arc<Submission>]) -> Result<Option<Results>, DbErr> {
    let tx = store.write().await?;
    let kept = match many::keep(&tx, batch).await {
        Ok(Some(kept)) => kept,
        Ok(None) => return tx.rollback().await.map(|()| None),
        Err(error) => {
            tracing::debug!(%error, "submissions are kept one by one");
            // Whatever is wrong with the connection, the next transaction will say it.
            let _ = tx.rollback().await;
            return Ok(None);
        }
    };
    let mut results = vec![];
    for (submission, kept) in batch.iter().zip(kept) {
        results.push(match kept {
            Some(kept) => Ok(kept),
            None => one::keep(&tx, submission).await,
        });
    }
    tell(&tx, batch, &results).await?;
    tx.commit().await?;
    Ok(Some(results))
}

/// Keeps each in a savepoint of its own, so that one that fails does not take the others with it.
async fn one_by_one(store: &Store, batch: &[Arc<Submission>]) -> Result<Results, DbErr> {
    let tx = store.write().await?;
    let mut results = vec![];
    for submission in batch {
        results.push(one::keep(&tx, submission).await);
    }
    tell(&tx, batch, &results).await?;
    tx.commit().await?;
    Ok(results)
}

/// Writes down what webhooks are to be told of what was kept. Sealed answers are told to nobody.
async fn tell(
    tx: &DatabaseTransaction,
    batch: &[Arc<Submission>],
    results: &Results,
) -> Result<(), DbErr> {
    let mut happened: BTreeMap<DateTime<Utc>, Vec<Happened>> = BTreeMap::new();
    for (new, kept) in batch.iter().zip(results) {
        let Ok(Kept { revision, repeated: false }) = kept else { continue };
        if new.seal.is_some() {
            continue;
        }
        let event = match revision {
            1 => Event::ResponseSubmitted,
            _ => Event::ResponseChanged,
        };
        let of = (new.questionnaire, new.response);
        let one = Happened::with_response(of.0, event, of.1, revision.to_string());
        let one = one.saying("revision", *revision).saying("example", new.example);
        happened.entry(new.at).or_default().push(one);
    }
    for (at, happened) in happened {
        webhooks::tell(tx, &happened, at).await?;
    }
    Ok(())
}
