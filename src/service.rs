//! What every room of the running service shares: one handle, cheap to clone.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use tokio::sync::{Notify, watch};

use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::token::Secret;
use crate::fetch::Fetcher;
use crate::insight::Cache;
use crate::mail::dkim::Signer;
use crate::narrator::Narrator;
use crate::store::Store;
use crate::store::forms::Forms;
use crate::store::intake::Intake;
use crate::store::mixing::keys::Keys;
use crate::store::reach::Counting;
use crate::store::spool::Spool;

/// The running service, as acts, jobs and pages see it.
#[derive(Clone, Debug)]
pub struct Service {
    /// The database.
    pub store: Store,
    /// Where submissions go.
    pub intake: Intake,
    /// Where submissions wait while the database refuses.
    pub spool: Spool,
    /// What readers' pages are made of.
    pub forms: Forms,
    /// The time and new names.
    pub clock: Clock,
    /// What anonymous answers are sealed with while they wait.
    pub mixer: Keys,
    /// How often forms are opened and begun, until that is written down.
    pub reach: Counting,
    /// Told when the service begins to stop: whatever waits for something ends.
    pub closing: watch::Sender<bool>,
    /// What links are derived from.
    pub secret: Secret,
    /// What was computed last, for pages that are looked at again.
    pub insights: Cache,
    /// Asks others over HTTP: for articles, and with webhooks.
    pub fetcher: Fetcher,
    /// The language model that may be asked about themes, if one is set.
    pub narrator: Narrator,
    /// What mails are signed with.
    pub signer: Arc<Signer>,
    /// What was set.
    pub settings: Arc<Settings>,
    /// What links begin with, without a slash at the end.
    pub public_url: Arc<str>,
    /// What the outbox and its worker tell each other.
    pub post: Arc<Post>,
}

/// What the outbox and its worker tell each other.
#[derive(Debug, Default)]
pub struct Post {
    queued: Notify,
    trouble: Mutex<Option<Trouble>>,
}

/// Why no mail leaves at the moment; no recipient is to blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What the mail server said, or what we have to say about it.
    pub text: String,
    /// When the next mail is tried.
    pub until: DateTime<Utc>,
}

impl Post {
    /// Tells the worker that a message was queued. Call it after the commit.
    pub fn wake(&self) {
        self.queued.notify_one();
    }

    /// Returns when a message was queued.
    pub async fn woken(&self) {
        self.queued.notified().await;
    }

    /// Why no mail leaves at the moment, if none does.
    pub fn trouble(&self) -> Option<Trouble> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Says why no mail leaves, or that mails leave again.
    pub fn set_trouble(&self, trouble: Option<Trouble>) {
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }
}

impl Service {
    /// A link that people can be sent: the public address and `path`.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// Whether people reach this service over TLS, so that cookies can be bound to it.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
