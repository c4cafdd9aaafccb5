//! What an attempt means for the message.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::status::Delivery;
use crate::jobs::retry::{self, MOST_ATTEMPTS};
use crate::mail::smtp::{Outcome, Stage};
use crate::store::outbox::Message;
use crate::store::outbox::way::Fate;

/// What an outcome means for the message.
pub fn fate(message: &Message, outcome: &Outcome, now: DateTime<Utc>) -> Fate {
    let tried = message.attempts.saturating_add(1);
    let detail = outcome.text().to_owned();
    let news = message.last_reply.as_deref() != Some(outcome.text());
    let minute = now + TimeDelta::minutes(1);
    let (state, attempts, next_at, told) = match outcome {
        Outcome::Sent { .. } => (Delivery::Sent, tried, now, true),
        Outcome::Failed { .. } => (Delivery::Failed, tried, now, true),
        Outcome::Unknown { .. } => (Delivery::Unknown, tried, now, true),
        // No news about this mail: no attempt is counted, and the same is told once only.
        Outcome::Deferred { stage: Stage::Connect | Stage::Auth, .. } => {
            (Delivery::Queued, message.attempts, message.next_at, news)
        }
        Outcome::SenderFault { .. } | Outcome::Withheld { .. } => {
            (Delivery::Queued, message.attempts, minute, news)
        }
        Outcome::Deferred { .. } => {
            let next = retry::next(message.id.0, tried, now);
            if tried >= MOST_ATTEMPTS || next >= message.not_after {
                (Delivery::Expired, tried, now, true)
            } else {
                (Delivery::Queued, tried, next, true)
            }
        }
    };
    Fate { state, detail, told, attempts, next_at }
}
