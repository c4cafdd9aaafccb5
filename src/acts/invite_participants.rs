//! An organizer tells participants when and with whom they meet: one mail with an appointment for
//! each of them and for whoever leads a group, all of them queued or none.

use super::appointment::{Desk, To};
use super::ask_poll;
use crate::domain::token::Opens;
use crate::domain::{GroupId, ParticipantId};
use crate::insight::participants::who;
use crate::insight::{self, Material};
use crate::service::Service;
use crate::store::discussions::{self, Group, Participant};
use crate::store::organizers::Organizer;
use crate::store::questionnaires::{self, Questionnaire};
use crate::words::Words;

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

/// The link that is a participant's own.
pub fn token_of(service: &Service, id: ParticipantId) -> String {
    service.secret.link(Opens::Seat, id.0)
}

/// "Group 2"
pub fn group_name(words: Words, group: &Group) -> String {
    words.with("discussion-group", &[("number", i64::from(group.number).into())])
}

/// What a participant is called, if they gave a name: for organizers and hosts.
pub fn name_of(material: &Material, one: &Participant) -> Option<String> {
    who(material, one).name
}

/// The name of the appointment, the same in every mail about it.
pub fn uid(service: &Service, group: GroupId) -> String {
    format!("{group}@{}", service.settings.mail.from.email.domain())
}
