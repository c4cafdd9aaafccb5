//! A participant answers the invitation to a group: comes, perhaps, or does not.

use chrono::{DateTime, Utc};

use super::appointment::{Desk, writer};
use super::leave_seat::leave_seat;
use super::move_up::move_up;
use crate::domain::status::Rsvp;
use crate::insight;
use crate::service::Service;
use crate::store::discussions::{self, Participant};
use crate::store::{meetings, questionnaires};

/// Keeps the answer that was given at that moment: now by a link, a little earlier by mail. Who does not come gives the seat back, and who waits moves up. Whoever gave a
/// seat back and comes after all waits for the next one that is free, and gets it at once if there is
/// one.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn answer_seat(
    service: &Service,
    one: &Participant,
    answer: Rsvp,
    at: DateTime<Utc>,
) -> anyhow::Result<()> {
    if answer == Rsvp::Declined {
        return leave_seat(service, one, at).await;
    }
    let questionnaire = questionnaires::by_id(service.store.read(), one.questionnaire_id).await?;
    let Some(questionnaire) = questionnaire else { return Ok(()) };
    let organizer = writer(service, &questionnaire).await?;
    let insight = insight::now(service, &questionnaire).await?;
    let now = service.clock.now();
    let tx = service.store.write().await?;
    questionnaires::hold(&tx, questionnaire.id).await?;
    meetings::answered(&tx, one.id, answer, at).await?;
    let Some(whole) = discussions::by_id(&tx, one.discussion_id).await? else { return Ok(()) };
    let seated = whole.seat_of(one.id).is_some_and(|seat| seat.group_id.is_some());
    if !seated {
        meetings::wait(&tx, one.id, now).await?;
        let desk = Desk {
            service,
            organizer: &organizer,
            questionnaire: &questionnaire,
            material: &insight.material,
            whole: &whole,
        };
        if let Some(after) = discussions::by_id(&tx, one.discussion_id).await? {
            move_up(&desk, &tx, after).await?;
        }
    }
    tx.commit().await?;
    service.post.wake();
    Ok(())
}
