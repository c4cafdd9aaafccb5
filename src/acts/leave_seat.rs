//! A participant gives a seat back: the seat is free, the appointment is taken out of the calendar
//! by mail, and whoever waits and fits gets the seat, in one transaction.

use chrono::{DateTime, Utc};

use super::appointment::{Desk, To, writer};
use super::move_up::move_up;
use crate::domain::status::Rsvp;
use crate::insight;
use crate::insight::seats::Note;
use crate::mail::seat_cancelled::Ended;
use crate::service::Service;
use crate::store::discussions::{self, Participant};
use crate::store::{meetings, questionnaires};

/// Gives the seat back, as was said at that moment; who has none is not asked any more. Whoever has left already has left.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn leave_seat(
    service: &Service,
    one: &Participant,
    at: DateTime<Utc>,
) -> anyhow::Result<()> {
    let questionnaire = questionnaires::by_id(service.store.read(), one.questionnaire_id).await?;
    let Some(questionnaire) = questionnaire else { return Ok(()) };
    let organizer = writer(service, &questionnaire).await?;
    let insight = insight::now(service, &questionnaire).await?;
    let now = service.clock.now();
    let tx = service.store.write().await?;
    questionnaires::hold(&tx, questionnaire.id).await?;
    let Some(before) = discussions::by_id(&tx, one.discussion_id).await? else { return Ok(()) };
    let Some(one) = before.participant(one.id).filter(|one| one.left_at.is_none()) else {
        return Ok(());
    };
    discussions::leave(&tx, one.id, &serde_json::to_string(&Note::Left)?, now).await?;
    meetings::answered(&tx, one.id, Rsvp::Declined, at).await?;
    let desk = Desk {
        service,
        organizer: &organizer,
        questionnaire: &questionnaire,
        material: &insight.material,
        whole: &before,
    };
    let seat = before.seat_of(one.id);
    let group = seat.and_then(|seat| before.group(seat.group_id?));
    if let Some(group) = group.filter(|_| before.discussion.invited_at.is_some()) {
        desk.cancel(&tx, group, To::Participant(one), Ended::Left).await?;
    }
    if let Some(after) = discussions::by_id(&tx, before.discussion.id).await? {
        move_up(&desk, &tx, after).await?;
    }
    tx.commit().await?;
    service.post.wake();
    Ok(())
}
