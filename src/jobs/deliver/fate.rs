//! What an attempt means for the message.

use chrono::{DateTime, TimeDelta, Utc};

use super::check::QUIET;
use crate::domain::status::Delivery;
use crate::jobs::retry::{self, MOST_ATTEMPTS};
use crate::mail::smtp::{Outcome, Stage};
use crate::store::outbox::Message;
use crate::store::outbox::way::{Fate, Said};

/// In seconds: quiet hours end on a full quarter of an hour in every zone, so a mail that waits for
/// that is looked at again then.
const QUARTER: i64 = 15 * 60;

/// What an outcome means for the message. A mail that is put off again and again is given up
/// `patience` after its first attempt, if not before.
pub fn fate(message: &Message, outcome: &Outcome, patience: TimeDelta, now: DateTime<Utc>) -> Fate {
    let tried = message.attempts.saturating_add(1);
    let (state, attempts, next_at) = match outcome {
        Outcome::Sent { .. } => (Delivery::Sent, tried, now),
        Outcome::Written { .. } => (Delivery::Written, tried, now),
        Outcome::Failed { .. } => (Delivery::Failed, tried, now),
        // A calendar that gets it twice knows it again.
        Outcome::Unknown { .. } if message.purpose.is_calendar() && message.doubts == 0 => {
            (Delivery::Queued, tried, retry::next(message.id.0, tried, now))
        }
        Outcome::Unknown { .. } => (Delivery::Unknown, tried, now),
        // No news about this mail: no attempt is counted.
        Outcome::Deferred { stage: Stage::Connect | Stage::Auth, .. } => {
            (Delivery::Queued, message.attempts, message.next_at)
        }
        Outcome::SenderFault { .. } | Outcome::Withheld { .. } => {
            (Delivery::Queued, message.attempts, now + TimeDelta::minutes(1))
        }
        Outcome::Deferred { .. } => {
            let next = retry::next(message.id.0, tried, now);
            let latest = message.not_after.min(message.tried_at.unwrap_or(now) + patience);
            if tried >= MOST_ATTEMPTS || next >= latest {
                (Delivery::Expired, tried, now)
            } else {
                (Delivery::Queued, tried, next)
            }
        }
    };
    let counted = attempts > message.attempts;
    // What costs no attempt is told once.
    let news = counted || message.last_reply.as_deref() != Some(outcome.text());
    Fate {
        state,
        told: news.then(|| outcome.text().to_owned()),
        said: Some(Said {
            reply: outcome.text().to_owned(),
            code: outcome.code().map(i32::from),
            enhanced: outcome.enhanced().map(|code| code.to_string()),
            stage: stage(outcome).map(Stage::word),
        }),
        attempts,
        doubts: message.doubts + i32::from(matches!(outcome, Outcome::Unknown { .. })),
        tried_at: message.tried_at.or(counted.then_some(now)),
        next_at,
    }
}

/// What it means that a message is held back.
pub fn kept(message: &Message, (state, why): (Delivery, &'static str), now: DateTime<Utc>) -> Fate {
    let quarter = now + TimeDelta::seconds(QUARTER - now.timestamp().rem_euclid(QUARTER));
    let next_at = if why == QUIET { quarter } else { message.next_at };
    // What only waits for its campaign has nothing to tell.
    let told = (state != Delivery::Queued).then(|| why.to_owned());
    let said = told.clone();
    Fate {
        state,
        told,
        said: said.map(|reply| Said { reply, code: None, enhanced: None, stage: None }),
        attempts: message.attempts,
        doubts: message.doubts,
        tried_at: message.tried_at,
        next_at,
    }
}

/// How far the conversation had come.
fn stage(outcome: &Outcome) -> Option<Stage> {
    match outcome {
        Outcome::Sent { .. } | Outcome::Unknown { .. } => Some(Stage::Dot),
        Outcome::Deferred { stage, .. } | Outcome::SenderFault { stage, .. } => Some(*stage),
        Outcome::Failed { stage, .. } => *stage,
        Outcome::Written { .. } | Outcome::Withheld { .. } => None,
    }
}

/// What is tried for another reason than the mail itself gets its place among the attempts back.
pub fn is_free(outcome: &Outcome) -> bool {
    matches!(
        outcome,
        Outcome::Withheld { .. }
            | Outcome::SenderFault { .. }
            | Outcome::Deferred { stage: Stage::Connect | Stage::Auth, .. }
    )
}

/// Whether a domain's server asks us to be slower.
pub fn is_too_fast(outcome: &Outcome) -> bool {
    let Outcome::Deferred { stage, code, .. } = outcome else { return false };
    if matches!(stage, Stage::Connect | Stage::Auth) {
        return false;
    }
    *code == Some(421)
        || outcome.enhanced().is_some_and(|code| (code.class, code.subject) == (4, 7))
}
