//! What every room of the running service shares: one handle, cheap to clone.

use std::sync::Arc;

use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::token::Secret;
use crate::insight::Cache;
use crate::store::Store;
use crate::store::intake::Intake;

/// The running service, as acts, jobs and pages see it.
#[derive(Clone, Debug)]
pub struct Service {
    /// The database.
    pub store: Store,
    /// Where submissions go.
    pub intake: Intake,
    /// The time and new names.
    pub clock: Clock,
    /// What links are derived from.
    pub secret: Secret,
    /// What was computed last, for pages that are looked at again.
    pub insights: Cache,
    /// What was set.
    pub settings: Arc<Settings>,
    /// What links begin with, without a slash at the end.
    pub public_url: Arc<str>,
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
