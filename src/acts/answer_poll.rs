//! A participant answers the poll: before the group meets, and once it has met.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::domain::status::Phase;
use crate::insight::poll::Statement;
use crate::service::Service;
use crate::store::discussions::{self, Participant, Whole};
use crate::store::poll::{self, Answer};
use crate::store::questionnaires;

/// Which of the two polls is open to a participant; none for somebody without a group and a time.
pub fn phase(whole: &Whole, one: &Participant, now: DateTime<Utc>) -> Option<Phase> {
    let group = whole.seat_of(one.id).and_then(|seat| whole.group(seat.group_id?))?;
    let starts = group.starts_at?;
    Some(if now < starts { Phase::Before } else { Phase::After })
}

/// Keeps what was said: 1 agree, 0 pass, -1 disagree, by the statement's key; statements that are
/// not asked are left out. The phase in which it counts; `None`: no poll is open.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn answer_poll(
    service: &Service,
    one: &Participant,
    said: &BTreeMap<String, i32>,
) -> anyhow::Result<Option<Phase>> {
    let tx = service.store.write().await?;
    questionnaires::hold(&tx, one.questionnaire_id).await?;
    let Some(whole) = discussions::by_id(&tx, one.discussion_id).await? else { return Ok(None) };
    let Some(phase) = phase(&whole, one, service.clock.now()) else { return Ok(None) };
    let Some(poll) = poll::of(&tx, one.discussion_id).await? else { return Ok(None) };
    let statements: Vec<Statement> = serde_json::from_str(&poll.statements)?;
    let answers = statements.into_iter().filter_map(|statement| {
        let value = *said.get(&statement.key)?;
        Some(Answer {
            participant_id: one.id,
            phase,
            statement: statement.key,
            discussion_id: one.discussion_id,
            questionnaire_id: one.questionnaire_id,
            value: value.clamp(-1, 1),
        })
    });
    poll::answer(&tx, one.id, phase, answers.collect()).await?;
    tx.commit().await?;
    Ok(Some(phase))
}
