//! Whether a message may be sent: asked when it is claimed, and again just before its text.

use crate::acts::remind_participants::Meeting;
use crate::domain::status::{Delivery, Purpose, Status};
use crate::service::Service;
use crate::store::outbox::Message;
use crate::store::{contacts, invitations, meetings, questionnaires, suppressions};

/// Why a message must not be sent (any more), and the state that this gives it.
pub type Held = Option<(Delivery, &'static str)>;

/// Looks whether a message may be sent, as things now stand.
pub async fn check(service: &Service, message: &Message) -> anyhow::Result<Held> {
    let db = service.store.read();
    if message.not_after <= service.clock.now() {
        return Ok(Some((Delivery::Expired, "its time was over before it could be sent")));
    }
    if matches!(message.purpose, Purpose::SeatReminder | Purpose::SeatAfter) {
        let Some(about) = Meeting::of_key(&message.idempotency_key) else { return Ok(None) };
        let (one, group) = (about.participant, about.group);
        let expected = meetings::is_expected(db, one, group, about.starts).await?;
        return Ok((!expected).then_some((Delivery::Cancelled, "the seat or its time is another")));
    }
    if !matches!(message.purpose, Purpose::Invitation | Purpose::Reminder) {
        return Ok(None);
    }
    if let Some(questionnaire) = message.questionnaire_id {
        let found = questionnaires::by_id(db, questionnaire).await?;
        if found.is_none_or(|found| found.status != Status::Open) {
            return Ok(Some((Delivery::Cancelled, "the questionnaire is closed")));
        }
    }
    let Some(invitation) = message.invitation_id else { return Ok(None) };
    let Some(invitation) = invitations::by_id(db, invitation).await? else {
        return Ok(Some((Delivery::Cancelled, "the invitation was taken back")));
    };
    if invitation.answered_at.is_some() {
        return Ok(Some((Delivery::Cancelled, "the reader has answered")));
    }
    if invitation.stopped_at.is_some() {
        return Ok(Some((Delivery::Suppressed, "the reader asked us to stop")));
    }
    let Some(contact) = contacts::by_id(db, invitation.contact_id).await? else {
        return Ok(Some((Delivery::Cancelled, "the contact is gone")));
    };
    let hash = service.secret.address_hash(&contact.address_folded);
    let reason = suppressions::of(db, &hash).await?;
    Ok(reason.map(|reason| (Delivery::Suppressed, reason.why())))
}
