//! An organizer tells participants when and with whom they meet: one mail with an appointment
//! for each seat, all of them queued or none.

use super::letter::{self, Letter};
use crate::domain::status::Purpose;
use crate::domain::token::Opens;
use crate::domain::{GroupId, ParticipantId};
use crate::href;
use crate::insight::participants::who;
use crate::insight::{self, Material};
use crate::mail::footer::{Footer, Why};
use crate::mail::mailbox::mailbox;
use crate::mail::seat;
use crate::service::Service;
use crate::store::discussions::{self, Group, Participant, Whole};
use crate::store::organizers::Organizer;
use crate::store::outbox;
use crate::store::questionnaires::Questionnaire;
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
    let Some(whole) = discussions::latest(&tx, questionnaire.id).await? else {
        return Ok(Told::default());
    };
    if whole.discussion.invited_at.is_some() {
        return Ok(Told::default());
    }
    let mut told = Told::default();
    let mut letters = vec![];
    for group in &whole.groups {
        for (_, one) in whole.members(group.id) {
            let told_of = letter_for(
                service,
                organizer,
                questionnaire,
                &insight.material,
                &whole,
                group,
                one,
            );
            match told_of? {
                Some(letter) => letters.push(letter),
                None => told.without_address += 1,
            }
        }
    }
    told.mails = letters.len();
    outbox::enqueue_all(&tx, letters).await?;
    discussions::mark_invited(&tx, whole.discussion.id, now).await?;
    tx.commit().await?;
    service.post.wake();
    Ok(told)
}

fn letter_for(
    service: &Service,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
    material: &Material,
    whole: &Whole,
    group: &Group,
    one: &Participant,
) -> anyhow::Result<Option<outbox::NewMessage>> {
    let now = service.clock.now();
    let known = who(material, one);
    let (Some(address), Some(starts)) = (&known.address, group.starts_at) else { return Ok(None) };
    let Ok(to) = mailbox(known.name.as_deref().unwrap_or_default(), address) else {
        return Ok(None);
    };
    let words = Words::of(&known.language);
    let members = whole.members(group.id);
    let others = members.iter().filter(|(_, other)| other.id != one.id);
    let others: Vec<Option<String>> = others.map(|(_, other)| name_of(material, other)).collect();
    let unnamed = others.iter().filter(|name| name.is_none()).count();
    let link = service.link(&href::seat(&token_of(service, one.id)));
    let content = seat::Seat {
        name: known.name,
        title: whole.discussion.title.clone(),
        group: group_name(words, group),
        starts,
        minutes: u32::try_from(whole.minutes_of(group))?,
        zone: material.zone(),
        organizer_zone: material.zone(),
        place: whole.place_of(group).to_owned(),
        host: None,
        you_host: false,
        others: unnamed,
        with: others.into_iter().flatten().collect(),
        decline: format!("{link}#leave"),
        guide: link,
        uid: uid(service, group.id),
        sequence: u32::try_from(group.sequence)?,
        stamp: now,
        footer: Footer {
            why: Why::Participant,
            organizer: letter::organizer_name(service, organizer),
            unsubscribe: None,
            imprint: None,
        },
    }
    .content(words);
    let letter = Letter {
        key: format!("seat:{}:{}", one.id, group.sequence),
        purpose: Purpose::Seat,
        to,
        content: &content,
        organizer: Some(organizer),
        questionnaire: Some(questionnaire),
        invitation: None,
        unsubscribe: None,
        at: now,
        not_after: letter::latest(service, now).min(starts),
    };
    Ok(Some(letter::freeze(service, letter)?))
}

/// The link that is a participant's own.
pub fn token_of(service: &Service, id: ParticipantId) -> String {
    service.secret.link(Opens::Seat, id.0)
}

/// "Group 2"
pub fn group_name(words: Words, group: &Group) -> String {
    words.with("discussion-group", &[("number", i64::from(group.number).into())])
}

/// What a participant is called in the group, if they gave a name.
pub fn name_of(material: &Material, one: &Participant) -> Option<String> {
    who(material, one).name
}

/// The name of the appointment, the same in every mail about it.
pub fn uid(service: &Service, group: GroupId) -> String {
    format!("{group}@{}", service.settings.mail.from.email.domain())
}
