//! An organizer tells participants when and with whom they meet: one mail with an appointment
//! for each seat, all of them queued or none.

use super::letter::{self, Letter};
use crate::domain::status::Purpose;
use crate::domain::token::Opens;
use crate::domain::{GroupId, SeatId};
use crate::href;
use crate::insight::{self, Material};
use crate::mail::footer::{Footer, Why};
use crate::mail::mailbox::mailbox;
use crate::mail::seat;
use crate::service::Service;
use crate::store::discussions::{self, Group, Seat, Whole};
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
        for seat in whole.of(group.id) {
            let told_of = letter_for(
                service,
                organizer,
                questionnaire,
                &insight.material,
                &whole,
                group,
                seat,
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
    seat: &Seat,
) -> anyhow::Result<Option<outbox::NewMessage>> {
    let now = service.clock.now();
    let voice = material.voice(seat.response_id);
    let contact = voice.and_then(|voice| voice.contact.as_ref());
    let (Some(contact), Some(starts)) = (contact, group.starts_at) else { return Ok(None) };
    let Ok(to) = mailbox(&contact.name, &contact.address) else { return Ok(None) };
    let language = voice.map_or(group.language.as_str(), |voice| &voice.response.language);
    let words = Words::of(language);
    let name = |seat: &Seat| name_of(material, seat);
    let others = || whole.of(group.id).filter(|other| other.id != seat.id);
    let with: Vec<String> = others().filter_map(name).collect();
    let link = service.link(&href::seat(&token_of(service, seat.id)));
    let content = seat::Seat {
        name: name(seat),
        title: whole.discussion.title.clone(),
        group: group_name(words, group),
        starts,
        minutes: u32::try_from(whole.discussion.minutes)?,
        zone: material.zone(),
        organizer_zone: material.zone(),
        place: whole.discussion.place.clone(),
        host: None,
        you_host: false,
        others: others().count() - with.len(),
        with,
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
        key: format!("seat:{}:{}", seat.id, group.sequence),
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

/// The link by which a seat is known.
pub fn token_of(service: &Service, id: SeatId) -> String {
    service.secret.link(Opens::Seat, id.0)
}

/// "Group 2"
pub fn group_name(words: Words, group: &Group) -> String {
    words.with("discussion-group", &[("number", i64::from(group.number).into())])
}

/// What a participant is called in the group, if they gave a name.
pub fn name_of(material: &Material, seat: &Seat) -> Option<String> {
    let contact = material.voice(seat.response_id)?.contact.as_ref()?;
    Some(contact.name.clone()).filter(|name| !name.is_empty())
}

/// The name of the appointment, the same in every mail about it.
pub fn uid(service: &Service, group: GroupId) -> String {
    format!("{group}@{}", service.settings.mail.from.email.domain())
}
