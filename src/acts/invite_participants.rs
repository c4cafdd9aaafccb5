//! An organizer tells participants when and with whom they meet: one mail with an appointment for
//! each of them and for whoever leads a group, all of them queued or none.

use super::appointment::{Desk, To};
use super::ask_poll;
use crate::insight;
use crate::service::Service;
use crate::store::discussions;
use crate::store::organizers::Organizer;
use crate::store::questionnaires::{self, Questionnaire};

/// How many were written to, and how many seats have no address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Mails queued.
    pub mails: usize,
    /// Seats without an address that can be written to.
    pub without_address: usize,
}

/// Queues the mails; none where there are no groups or they were told before.
///
/// # Errors
/// A database that refuses; nothing was queued.
pub async fn invite_participants(
    service: &Service,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
) -> anyhow::Result<Told> {
    let insight = insight::now(service, questionnaire).await?;
    let now = service.clock.now();
    let tx = service.store.write().await?;
    questionnaires::hold(&tx, questionnaire.id).await?;
    let Some(whole) = discussions::latest(&tx, questionnaire.id).await? else {
        return Ok(Told::default());
    };
    if whole.discussion.invited_at.is_some() || whole.groups.is_empty() {
        return Ok(Told::default());
    }
    ask_poll::propose(&tx, &insight, &whole).await?;
    let material = &insight.material;
    let desk = Desk { service, organizer, questionnaire, material, whole: &whole };
    let mut told = Told::default();
    for group in &whole.groups {
        for (_, one) in whole.members(group.id) {
            // Of several rounds, the first is the appointment.
            if whole.seat_of(one.id).and_then(|seat| seat.group_id) != Some(group.id) {
                continue;
            }
            if desk.request(&tx, group, To::Participant(one)).await? {
                told.mails += 1;
            } else {
                told.without_address += 1;
            }
        }
        desk.request_host(&tx, group).await?;
    }
    discussions::mark_invited(&tx, whole.discussion.id, now).await?;
    tx.commit().await?;
    service.post.wake();
    Ok(told)
}
