//! An organizer gives a group another time or place: everybody in it gets the appointment anew.

use chrono::{DateTime, Utc};

use super::appointment::{Desk, To, writer};
use crate::domain::GroupId;
use crate::insight;
use crate::service::Service;
use crate::store::questionnaires::{self, Questionnaire};
use crate::store::{discussions, meetings};

/// Keeps the time and place; whether anything was changed. Those who were told are told of it.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn move_meeting(
    service: &Service,
    questionnaire: &Questionnaire,
    group: GroupId,
    starts_at: DateTime<Utc>,
    place: &str,
) -> anyhow::Result<bool> {
    let organizer = writer(service, questionnaire).await?;
    let insight = insight::now(service, questionnaire).await?;
    let tx = service.store.write().await?;
    questionnaires::hold(&tx, questionnaire.id).await?;
    let Some(before) = discussions::latest(&tx, questionnaire.id).await? else { return Ok(false) };
    let Some(was) = before.group(group) else { return Ok(false) };
    if was.starts_at == Some(starts_at) && before.place_of(was) == place {
        return Ok(false);
    }
    let told = before.discussion.invited_at.is_some();
    let slot = before.slot_of(was).filter(|slot| slot.starts_at == starts_at).map(|slot| slot.id);
    let to = meetings::Meeting {
        starts_at,
        place: place.to_owned(),
        slot: slot.or_else(|| {
            before.slots.iter().find(|slot| slot.starts_at == starts_at).map(|slot| slot.id)
        }),
        sequence: was.sequence + i32::from(told),
    };
    meetings::set(&tx, group, to).await?;
    if let Some(whole) = discussions::by_id(&tx, before.discussion.id).await?.filter(|_| told)
        && let Some(group) = whole.group(group)
    {
        let material = &insight.material;
        let whole = &whole;
        let desk = Desk { service, organizer: &organizer, questionnaire, material, whole };
        for (_, one) in whole.members(group.id) {
            desk.request(&tx, group, To::Participant(one)).await?;
        }
        desk.request_host(&tx, group).await?;
    }
    tx.commit().await?;
    service.post.wake();
    Ok(true)
}
