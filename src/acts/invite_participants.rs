//! An organizer tells participants when and with whom they meet: one mail with an appointment for
//! each of them and for whoever leads a group, all of them queued or none.

use uuid::Uuid;

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

/// The name of one person's appointment, the same in every mail about it. It has a part that only
/// who got such a mail knows, so that nobody else can answer in their name.
pub fn uid(service: &Service, group: GroupId, person: Uuid) -> String {
    let tag = service.secret.seat_tag(group.0, person);
    let domain = service.settings.mail.from.email.domain();
    format!("{group}.{}.{tag}@{domain}", person.simple())
}

/// Whose appointment in which group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seated {
    /// The group.
    pub group: GroupId,
    /// Who sits in it, if it is a participant.
    pub one: ParticipantId,
}

/// Why a name is not that of an appointment of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stranger {
    /// It has another form.
    Other,
    /// It has the form of ours, and was not made by us.
    Forged,
}

/// What [`uid`] was made of.
///
/// # Errors
/// A name that is none of ours.
pub fn whose_uid(service: &Service, uid: &str) -> Result<Seated, Stranger> {
    let local = uid.split('@').next().unwrap_or_default();
    let parts: Vec<&str> = local.split('.').collect();
    let [group, person, tag] = parts.as_slice() else { return Err(Stranger::Other) };
    let (Ok(group), Ok(person)) = (group.parse::<GroupId>(), person.parse::<ParticipantId>())
    else {
        return Err(Stranger::Other);
    };
    if service.secret.is_seat_tag(group.0, person.0, tag) {
        Ok(Seated { group, one: person })
    } else {
        Err(Stranger::Forged)
    }
}
