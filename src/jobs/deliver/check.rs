//! Whether messages may be sent: asked when they are claimed, and again in the transaction that
//! writes down that their texts are about to be handed over.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use crate::acts::campaign::no_reminder;
use crate::acts::remind_participants::Meeting;
use crate::domain::campaign::{State, Terms};
use crate::domain::email;
use crate::domain::status::{Delivery, Purpose, Status};
use crate::domain::{InvitationId, MessageId};
use crate::service::Service;
use crate::store::invitations::{self, Invitation};
use crate::store::outbox::{
    self,
    standing::{self, Standing},
};
use crate::store::suppressions::Reason;
use crate::store::{briefs, campaigns, meetings, suppressions};

/// Why a message must not be sent (any more, or now), and the state that this gives it.
pub type Held = Option<(Delivery, &'static str)>;

/// It is night where the reader is: the mail waits, and is looked at again a little later.
pub const QUIET: &str = "it is a quiet hour where the reader is";

/// How a message stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Why it must not be sent.
    pub held: Held,
    /// What its address is known by among the suppressed.
    pub hash: Option<String>,
}

/// Looks whether messages may be sent, as things now stand. Those that are gone are not in the
/// answer. `known`: the hashes of their addresses, as far as an earlier look has told; then one
/// question is enough, unless something is amiss.
pub async fn check(
    service: &Service,
    db: &impl ConnectionTrait,
    ids: &[MessageId],
    known: &[String],
) -> Result<HashMap<MessageId, Checked>, DbErr> {
    let now = service.clock.now();
    let standings = standing::of(db, ids, known).await?;
    // Of the address it goes to: its contact may have another one by now.
    let hash = |of: &Standing| {
        of.address_folded.as_ref()?;
        Some(service.secret.recipient_hash(&of.recipient))
    };
    let hashes: Vec<String> = standings.values().filter_map(hash).collect();
    let clear =
        hashes.iter().all(|hash| known.contains(hash)) && !standings.values().any(|of| of.suspects);
    let suppressed = if clear { BTreeMap::new() } else { suppressions::among(db, &hashes).await? };
    let server = service.settings.mail.has_server();
    let mut checked = HashMap::new();
    for (id, of) in standings {
        let hash = hash(&of);
        let mut held = held(&of, hash.as_deref(), &suppressed, now);
        if held.is_none() {
            held = elsewhere(db, &of, server, now).await?;
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
    let (Some(hash), Some(address)) = (hash, &of.address_folded) else {
        return Some((Delivery::Cancelled, "the contact is gone"));
    };
    if *address != email::folded(&of.recipient) {
        return Some((Delivery::Cancelled, "the contact has another address by now"));
    }
    if let Some(reason) = suppressed.get(hash) {
        return Some((Delivery::Suppressed, reason.why()));
    }
    (asks && of.answered_elsewhere).then_some((Delivery::Cancelled, "the reader has answered"))
}

/// What has to be looked up for one message.
async fn elsewhere(
    db: &impl ConnectionTrait,
    of: &Standing,
    server: bool,
    now: DateTime<Utc>,
) -> Result<Held, DbErr> {
    match of.purpose {
        Purpose::SeatReminder | Purpose::SeatAfter => {
            let Some(about) = Meeting::of_key(&of.idempotency_key) else { return Ok(None) };
            let (one, group) = (about.participant, about.group);
            let expected = meetings::is_expected(db, one, group, about.starts).await?;
            Ok((!expected).then_some((Delivery::Cancelled, "the seat or its time is another")))
        }
        Purpose::Reminder => reminder(db, of, server, now).await,
        Purpose::Brief => {
            let Some(questionnaire) = of.questionnaire_id else { return Ok(None) };
            let versions = briefs::listed(db, questionnaire).await?;
            let published = versions.iter().any(|version| version.unpublished_at.is_none());
            Ok((!published).then_some((Delivery::Cancelled, "the brief was taken back")))
        }
        _ => Ok(None),
    }
}

/// A reminder is decided anew: what was true when it was queued may be days ago.
async fn reminder(
    db: &impl ConnectionTrait,
    of: &Standing,
    server: bool,
    now: DateTime<Utc>,
) -> Result<Held, DbErr> {
    let (Some(invitation), Some(campaign)) = (of.invitation_id, of.campaign_id) else {
        return Ok(None);
    };
    let Some(campaign) = campaigns::by_id(db, campaign).await? else { return Ok(None) };
    let terms: Terms = serde_json::from_str(&campaign.terms).unwrap_or_default();
    // The same person may have been asked through a colleague's contact.
    let mut theirs = match (of.questionnaire_id, &of.address_folded) {
        (Some(questionnaire), Some(address)) => {
            let found =
                invitations::of_addresses(db, questionnaire, std::slice::from_ref(address)).await?;
            found.into_values().flatten().collect()
        }
        _ => vec![],
    };
    if theirs.iter().any(|one: &Invitation| one.answered_at.is_some()) {
        return Ok(Some((Delivery::Cancelled, "the reader has answered")));
    }
    theirs.retain(|one| one.id != invitation);
    let ids: Vec<InvitationId> = theirs.iter().map(|one| one.id).chain([invitation]).collect();
    let mails = outbox::of_invitations(db, &ids).await?;
    if let Some(why) = no_reminder(&mails, of.id, &terms, server, now) {
        return Ok(Some((Delivery::Cancelled, why)));
    }
    let quiet = terms.quiet_until(of.zone.as_deref().unwrap_or_default(), now);
    Ok(quiet.map(|_| (Delivery::Queued, QUIET)))
}
