//! Time and chance, as parameters: the system's in service, set by hand in tests.
#![expect(clippy::disallowed_methods, reason = "the one place that asks the system")]

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};
use rand::Rng as _;
use uuid::Uuid;

/// Tells the time and makes names.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// What the time is said to be; the system's where nothing is said.
    set: Option<Arc<Mutex<DateTime<Utc>>>>,
}

impl Clock {
    /// A clock that stands still at `now` until it is moved.
    pub fn at(now: DateTime<Utc>) -> Self {
        Self { set: Some(Arc::new(Mutex::new(now))) }
    }

    /// The time, in whole microseconds: PostgreSQL keeps no finer, and what was written
    /// must equal what is read.
    pub fn now(&self) -> DateTime<Utc> {
        self.set
            .as_ref()
            .map_or_else(Utc::now, |set| *set.lock().unwrap_or_else(PoisonError::into_inner))
            .trunc_subsecs(6)
    }

    /// Moves a clock that was set; leaves the system's alone.
    pub fn advance(&self, by: TimeDelta) {
        if let Some(set) = &self.set {
            *set.lock().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }

    /// A new name that follows time: for what may be told by its order.
    pub fn name(&self) -> Uuid {
        Uuid::now_v7()
    }

    /// A new random name (UUID v4): for people and what they write.
    pub fn random_name(&self) -> Uuid {
        uuid::Builder::from_random_bytes(self.bytes()).into_uuid()
    }

    /// Random bytes, fit for secrets.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        rand::rng().fill_bytes(&mut bytes);
        bytes
    }
}
