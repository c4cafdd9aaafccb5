//! What workers write down on the way of a mail: that its text is about to be handed over, and what
//! came of it. All workers of a process share commits, and each is told only after its own.
//!
//! Entries are written in the order in which they came. A worker hands in the end of a mail and
//! goes on to the next without waiting; before the text of that one it waits for its mark, and so
//! for the end of the one before. A crash finds at most one mail of each worker in doubt.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use tokio::sync::{mpsc, oneshot};

use super::commit::{Written, write};
use crate::domain::status::Delivery;
use crate::domain::{CampaignId, MessageId};
use crate::jobs::courier::Courier;
use crate::service::Service;
use crate::store::outbox::Message;
use crate::store::outbox::way::Fate;

/// Entries that wait at the most; then workers wait.
const WAITING: usize = 256;
/// How long is waited at the most for workers that will soon be back; never longer than a commit
/// takes.
const GATHER: Duration = Duration::from_millis(2);
/// How often entries are written again if the database refuses.
const PATIENCE: usize = 5;

/// Whether a text may be handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may, and this is on disk.
    Go,
    /// It must not.
    Held(Delivery, &'static str),
    /// Another worker has the message, or it is gone.
    Lost,
}

/// What came of a message, and what follows from that for others.
#[derive(Clone, Debug)]
pub struct End {
    /// The message.
    pub message: MessageId,
    /// What becomes of it.
    pub fate: Fate,
    /// The address that could not be reached, by its hash.
    pub address: Option<String>,
    /// Whether there is no such mailbox; otherwise the mail was given up.
    pub no_mailbox: bool,
    /// The domain that asks us to be slower.
    pub too_fast: Option<String>,
    /// The campaign that has to be paused, and why.
    pub pause: Option<(CampaignId, String)>,
    /// Whether it does not count as a mail of today after all.
    pub free: bool,
    /// When it ended.
    pub at: DateTime<Utc>,
}

/// Whether a text may be handed over, asked by a worker.
pub(super) struct Asked {
    pub message: MessageId,
    /// The hash of its address, if it is known.
    pub address: Option<String>,
    answer: oneshot::Sender<Verdict>,
}

enum Entry {
    Begin(Asked),
    End(Box<End>),
    Release(MessageId),
    Claim(usize, oneshot::Sender<Vec<Message>>),
    Renew,
}

/// Where workers hand their entries in.
#[derive(Clone)]
pub struct Ledger {
    entries: mpsc::Sender<Entry>,
}

/// As [`Ledger`], without keeping the book open.
pub struct Reminder(mpsc::WeakSender<Entry>);

impl Reminder {
    /// Keeps hold of everything that is in hand, in a commit that others share: in one of its own
    /// it would lock the same messages in another order, and one of the two would fail. `false`:
    /// the book is closed.
    pub async fn renew(&self) -> bool {
        match self.0.upgrade() {
            Some(entries) => entries.send(Entry::Renew).await.is_ok(),
            None => false,
        }
    }
}

/// The other side: writes them down.
pub struct Book {
    entries: mpsc::Receiver<Entry>,
}

/// A ledger and its book.
pub fn open() -> (Ledger, Book) {
    let (sender, entries) = mpsc::channel(WAITING);
    (Ledger { entries: sender }, Book { entries })
}

impl Ledger {
    /// Returns when it is on disk that a text is about to be handed over, or that it must not be.
    /// `address`: the hash of its address, as an earlier look has told.
    ///
    /// # Errors
    /// The database refused: nothing is on disk, and the text must not be handed over.
    pub async fn begin(
        &self,
        message: MessageId,
        address: Option<String>,
    ) -> anyhow::Result<Verdict> {
        let (answer, verdict) = oneshot::channel();
        self.entries.send(Entry::Begin(Asked { message, address, answer })).await?;
        Ok(verdict.await?)
    }

    /// Hands in what came of a message; it is on disk before this worker's next
    /// [`Ledger::begin`] returns, and when the book is closed.
    pub async fn end(&self, end: End) {
        drop(self.entries.send(Entry::End(Box::new(end))).await);
    }

    /// Takes up to so many messages that are due, in a commit that others share.
    ///
    /// # Errors
    /// The database refused; none was taken.
    pub async fn claim(&self, most: usize) -> anyhow::Result<Vec<Message>> {
        let (answer, claimed) = oneshot::channel();
        self.entries.send(Entry::Claim(most, answer)).await?;
        Ok(claimed.await?)
    }

    /// Something that reminds the book for as long as it is open.
    pub fn reminder(&self) -> Reminder {
        Reminder(self.entries.downgrade())
    }

    /// Gives a message back that was not begun.
    pub async fn release(&self, message: MessageId) {
        drop(self.entries.send(Entry::Release(message)).await);
    }
}

/// What one commit is made of.
#[derive(Default)]
pub(super) struct Batch {
    pub ends: Vec<End>,
    pub released: Vec<MessageId>,
    pub begun: Vec<Asked>,
    pub claims: Vec<(usize, oneshot::Sender<Vec<Message>>)>,
    pub renew: bool,
}

impl Batch {
    fn add(&mut self, entry: Entry) {
        match entry {
            Entry::Begin(asked) => self.begun.push(asked),
            Entry::End(end) => self.ends.push(*end),
            Entry::Release(message) => self.released.push(message),
            Entry::Claim(most, answer) => self.claims.push((most, answer)),
            Entry::Renew => self.renew = true,
        }
    }
}

impl Book {
    /// Writes entries down until every ledger is dropped.
    ///
    /// # Errors
    /// The database refuses again and again: what came of some mails is lost, and they will be
    /// called unknown.
    pub async fn keep(mut self, service: &Service, courier: &Courier) -> anyhow::Result<()> {
        // Workers that were answered in the last commit, and will be back with their next mail.
        let mut away = 0_usize;
        let mut patience = GATHER;
        while let Some(first) = self.entries.recv().await {
            let mut batch = Batch::default();
            batch.add(first);
            while let Ok(entry) = self.entries.try_recv() {
                batch.add(entry);
            }
            // Commits take longer than mails: one for all is better than two for half of them each.
            let all = (batch.begun.len() + away).min(courier.connections());
            let more = async {
                while batch.begun.len() < all
                    && let Some(entry) = self.entries.recv().await
                {
                    batch.add(entry);
                }
            };
            let _ = tokio::time::timeout(patience, more).await;
            away = batch.begun.len();
            let began = Instant::now();
            settle(service, courier, batch).await?;
            patience = began.elapsed().min(GATHER);
        }
        Ok(())
    }
}

/// Writes a batch in one commit, and then tells everybody. What came of mails must not be lost for
/// a moment's trouble: it is tried again. Whoever has not begun need not begin now.
async fn settle(service: &Service, courier: &Courier, mut batch: Batch) -> anyhow::Result<()> {
    let mut left = PATIENCE;
    loop {
        let error = match write(service, courier, &batch).await {
            Ok(Written { verdicts, claimed }) => {
                for ((_, answer), claimed) in batch.claims.into_iter().zip(claimed) {
                    let _ = answer.send(claimed);
                }
                for asked in batch.begun {
                    let verdict = verdicts.get(&asked.message).copied();
                    let _ = asked.answer.send(verdict.unwrap_or(Verdict::Lost));
                }
                return Ok(());
            }
            Err(error) => error,
        };
        batch.begun.clear();
        batch.claims.clear();
        if batch.ends.is_empty() && batch.released.is_empty() {
            tracing::warn!(%error, "mails could not be taken or begun");
            return Ok(());
        }
        if left == 0 {
            return Err(error);
        }
        tracing::warn!(%error, "what came of mails could not be written yet");
        left -= 1;
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}
