//! Whether messages may be sent: asked when they are claimed, and again in the transaction that
//! writes down that their texts are about to be handed over.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use crate::acts::remind_participants::Meeting;
use crate::domain::MessageId;
use crate::domain::campaign::State;
use crate::domain::status::{Delivery, Purpose, Status};
use crate::service::Service;
use crate::store::outbox::standing::{self, Standing};
use crate::store::suppressions::Reason;
use crate::store::{meetings, suppressions};

/// Why a message must not be sent (any more, or now), and the state that this gives it.
pub type Held = Option<(Delivery, &'static str)>;

/// How a message stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Why it must not be sent.
    pub held: Held,
    /// What its contact's address is known by among the suppressed.
    pub hash: Option<String>,
}

/// Looks whether messages may be sent, as things now stand. Those that are gone are not in the
/// answer.
pub async fn check(
    service: &Service,
    db: &impl ConnectionTrait,
    ids: &[MessageId],
) -> Result<HashMap<MessageId, Checked>, DbErr> {
    let now = service.clock.now();
    let standings = standing::of(db, ids).await?;
    let hash = |of: &Standing| Some(service.secret.address_hash(of.address_folded.as_deref()?));
    let hashes: Vec<String> = standings.values().filter_map(hash).collect();
    let suppressed = suppressions::among(db, &hashes).await?;
    let mut checked = HashMap::new();
    for (id, of) in standings {
        let hash = hash(&of);
        let mut held = held(&of, hash.as_deref(), &suppressed, now);
        if held.is_none() {
            held = elsewhere(db, &of).await?;
        }
        checked.insert(id, Checked { held, hash });
    }
    Ok(checked)
}

/// What the message's own standing says.
fn held(
    of: &Standing,
    hash: Option<&str>,
    suppressed: &BTreeMap<String, Reason>,
    now: DateTime<Utc>,
) -> Held {
    if of.not_after <= now {
        return Some((Delivery::Expired, "its time was over before it could be sent"));
    }
    match of.campaign_state {
        None if of.campaign_id.is_some() => {
            return Some((Delivery::Cancelled, "the campaign is gone"));
        }
        Some(State::Cancelled) => {
            return Some((Delivery::Cancelled, "the campaign was called off"));
        }
        Some(State::Running) | None => {}
        // It waits, and leaves when the campaign goes on.
        Some(_) => return Some((Delivery::Queued, "the campaign does not run")),
    }
    let asks = matches!(of.purpose, Purpose::Invitation | Purpose::Reminder);
    if !asks && !matches!(of.purpose, Purpose::Thanks | Purpose::Brief) {
        return None;
    }
    if asks && of.questionnaire_id.is_some() && of.questionnaire_status != Some(Status::Open) {
        return Some((Delivery::Cancelled, "the questionnaire is closed"));
    }
    of.invitation_id?;
    if of.invited.is_none() {
        return Some((Delivery::Cancelled, "the invitation was taken back"));
    }
    if asks && of.answered_at.is_some() {
        return Some((Delivery::Cancelled, "the reader has answered"));
    }
    if of.stopped_at.is_some() {
        return Some((Delivery::Suppressed, Reason::Stopped.why()));
    }
    let Some(hash) = hash else {
        return Some((Delivery::Cancelled, "the contact is gone"));
    };
    suppressed.get(hash).map(|reason| (Delivery::Suppressed, reason.why()))
}

/// What has to be looked up for one message.
async fn elsewhere(db: &impl ConnectionTrait, of: &Standing) -> Result<Held, DbErr> {
    if !matches!(of.purpose, Purpose::SeatReminder | Purpose::SeatAfter) {
        return Ok(None);
    }
    let Some(about) = Meeting::of_key(&of.idempotency_key) else { return Ok(None) };
    let expected = meetings::is_expected(db, about.participant, about.group, about.starts).await?;
    Ok((!expected).then_some((Delivery::Cancelled, "the seat or its time is another")))
}
