//! A participant gives a seat back: the seat is free, and the appointment is taken out of the
//! calendar by mail.

use super::invite_participants::{group_name, uid};
use super::letter::{self, Letter};
use crate::domain::status::Purpose;
use crate::insight::participants::who;
use crate::insight::seats::Note;
use crate::insight::{self};
use crate::mail::footer::{Footer, Why};
use crate::mail::mailbox::mailbox;
use crate::mail::seat_cancelled::SeatCancelled;
use crate::service::Service;
use crate::store::discussions::{self, Participant, Whole};
use crate::store::{organizers, outbox, questionnaires};
use crate::words::Words;

/// Gives the seat back. A seat that is free already stays so.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn leave_seat(service: &Service, one: &Participant, whole: &Whole) -> anyhow::Result<()> {
    let seat = whole.seat_of(one.id);
    let Some(group) = seat.and_then(|seat| whole.group(seat.group_id?)) else {
        return Ok(());
    };
    let db = service.store.read();
    let questionnaire = questionnaires::by_id(db, one.questionnaire_id).await?;
    let Some(questionnaire) = questionnaire else { return Ok(()) };
    let organizer = organizers::by_id(db, questionnaire.organizer_id).await?;
    let insight = insight::now(service, &questionnaire).await?;
    let now = service.clock.now();
    let tx = service.store.write().await?;
    discussions::leave(&tx, one.id, &serde_json::to_string(&Note::Left)?, now).await?;
    let known = who(&insight.material, one);
    let told = whole.discussion.invited_at.is_some();
    if let (Some(address), Some(starts), Some(organizer), true) =
        (&known.address, group.starts_at, organizer, told)
        && let Ok(to) = mailbox(known.name.as_deref().unwrap_or_default(), address)
    {
        let words = Words::of(&known.language);
        let content = SeatCancelled {
            name: known.name,
            title: whole.discussion.title.clone(),
            group: group_name(words, group),
            starts,
            minutes: u32::try_from(whole.minutes_of(group))?,
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
            key: format!("seat-cancelled:{}", one.id),
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
