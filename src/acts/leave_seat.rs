//! A participant gives a seat back: the seat is free, and the appointment is taken out of the
//! calendar by mail.

use super::invite_participants::{group_name, name_of, uid};
use super::letter::{self, Letter};
use crate::domain::status::Purpose;
use crate::insight::seats::Note;
use crate::insight::{self};
use crate::mail::footer::{Footer, Why};
use crate::mail::mailbox::mailbox;
use crate::mail::seat_cancelled::SeatCancelled;
use crate::service::Service;
use crate::store::discussions::{self, Seat, Whole};
use crate::store::{organizers, outbox, questionnaires};
use crate::words::Words;

/// Gives the seat back. A seat that is free already stays so.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn leave_seat(service: &Service, seat: &Seat, whole: &Whole) -> anyhow::Result<()> {
    let Some(group) = whole.groups.iter().find(|group| Some(group.id) == seat.group_id) else {
        return Ok(());
    };
    let db = service.store.read();
    let questionnaire = questionnaires::by_id(db, seat.questionnaire_id).await?;
    let Some(questionnaire) = questionnaire else { return Ok(()) };
    let organizer = organizers::by_id(db, questionnaire.organizer_id).await?;
    let insight = insight::now(service, &questionnaire).await?;
    let now = service.clock.now();
    let tx = service.store.write().await?;
    discussions::leave(&tx, seat.id, serde_json::to_string(&Note::Left)?).await?;
    let voice = insight.material.voice(seat.response_id);
    let contact = voice.and_then(|voice| voice.contact.as_ref());
    let told = whole.discussion.invited_at.is_some();
    if let (Some(contact), Some(starts), Some(organizer), true) =
        (contact, group.starts_at, organizer, told)
        && let Ok(to) = mailbox(&contact.name, &contact.address)
    {
        let words = Words::of(voice.map_or("en", |voice| &voice.response.language));
        let content = SeatCancelled {
            name: name_of(&insight.material, seat),
            title: whole.discussion.title.clone(),
            group: group_name(words, group),
            starts,
            minutes: u32::try_from(whole.discussion.minutes)?,
            zone: insight.material.zone(),
            reason: None,
            uid: uid(service, group.id),
            sequence: u32::try_from(group.sequence)?.saturating_add(1),
            stamp: now,
            footer: Footer {
                why: Why::Participant,
                organizer: letter::organizer_name(service, &organizer),
                unsubscribe: None,
                imprint: None,
            },
        }
        .content(words);
        let letter = Letter {
            key: format!("seat-cancelled:{}", seat.id),
            purpose: Purpose::SeatCancelled,
            to,
            content: &content,
            organizer: Some(&organizer),
            questionnaire: Some(&questionnaire),
            invitation: None,
            unsubscribe: None,
            at: now,
            not_after: letter::latest(service, now),
        };
        outbox::enqueue(&tx, letter::freeze(service, letter)?).await?;
    }
    tx.commit().await?;
    service.post.wake();
    Ok(())
}
