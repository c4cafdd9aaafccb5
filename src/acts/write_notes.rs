//! Whoever leads a group, somebody in a group without a host, or the organizer afterwards writes down
//! what was said, and the host ticks who was there. Nothing that was written is ever written over: each time a row is
//! added, and what two wrote at once is shown to the second.

use std::collections::BTreeMap;

use crate::domain::{GroupId, NoteId, ParticipantId, SeatId};
use crate::insight::guide::sheet::NOTES;
use crate::service::Service;
use crate::store::notes::{self, Fields, Note};
use crate::store::questionnaires;
use crate::store::{discussions, meetings};

/// One field as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The words.
    pub text: String,
    /// The note that stood there when the form was drawn, if there was one.
    pub seen: Option<NoteId>,
}

/// Most characters of a note.
pub const LONGEST: usize = 10_000;

/// Keeps what was typed, but for fields that somebody else has written in since the form was drawn
/// and this one has changed too: those come back. `by`: the participant who writes, if it is one.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn write_notes(
    service: &Service,
    group: &discussions::Group,
    by: Option<ParticipantId>,
    typed: &BTreeMap<String, Typed>,
) -> anyhow::Result<Fields> {
    let now = service.clock.now();
    let tx = service.store.write().await?;
    questionnaires::hold(&tx, group.questionnaire_id).await?;
    let all = notes::of_discussion(&tx, group.discussion_id).await?;
    let there = all.get(&group.id).cloned().unwrap_or_default();
    let (mut new, mut both) = (vec![], Fields::new());
    for (field, typed) in typed.iter().filter(|(field, _)| NOTES.contains(&field.as_str())) {
        let stands = there.get(field);
        let text = stands.map_or("", |note| note.text.as_str());
        if typed.text == text {
            continue;
        }
        if let Some(stands) = stands.filter(|stands| Some(stands.id) != typed.seen) {
            both.insert(field.clone(), stands.clone());
            continue;
        }
        new.push(Note {
            id: NoteId(service.clock.name()),
            discussion_id: group.discussion_id,
            group_id: group.id,
            questionnaire_id: group.questionnaire_id,
            participant_id: by,
            field: field.clone(),
            text: typed.text.clone(),
            written_at: now,
        });
    }
    notes::add(&tx, new).await?;
    tx.commit().await?;
    Ok(both)
}

/// Keeps who was there: of each seat of the group whether it was ticked.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn tick_attendance(
    service: &Service,
    questionnaire: crate::domain::QuestionnaireId,
    discussion: crate::domain::DiscussionId,
    group: GroupId,
    there: &[SeatId],
) -> anyhow::Result<()> {
    let tx = service.store.write().await?;
    questionnaires::hold(&tx, questionnaire).await?;
    let Some(whole) = discussions::by_id(&tx, discussion).await? else { return Ok(()) };
    for seat in whole.of(group) {
        meetings::attended(&tx, seat.id, Some(there.contains(&seat.id))).await?;
    }
    tx.commit().await?;
    Ok(())
}
