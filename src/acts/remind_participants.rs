//! The day before a group meets, everybody in it gets a mail with what they talk about and the
//! guide; once it has met, one with the poll. What was queued once is never queued again, by any
//! node; whether it still holds is decided again when it is handed over.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DatabaseTransaction;

use super::appointment::{Desk, writer};
use super::letter;
use crate::domain::status::{Purpose, Rsvp};
use crate::domain::{DiscussionId, GroupId, ParticipantId};
use crate::insight;
use crate::insight::guide::Guide;
use crate::insight::participants::{who, zone};
use crate::mail::mailbox::mailbox;
use crate::mail::message::Content;
use crate::mail::seat_after::SeatAfter;
use crate::mail::seat_reminder::SeatReminder;
use crate::service::Service;
use crate::store::discussions::{self, Group, Participant, Whole};
use crate::store::{meetings, outbox, poll, questionnaires};
use crate::words::Words;

/// How long before the meeting the reminder goes out.
const BEFORE: TimeDelta = TimeDelta::hours(24);
/// Whoever was told so shortly before the meeting is not reminded of it.
const FRESH: TimeDelta = TimeDelta::hours(36);
/// So long after a meeting the mail about it may still go out.
const AFTER: TimeDelta = TimeDelta::hours(48);

/// Which of the two mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    Before,
    After,
}

/// What one of these mails is about, as its key says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// For whom.
    pub participant: ParticipantId,
    /// Which group.
    pub group: GroupId,
    /// When it was to begin, in seconds since 1970.
    pub starts: i64,
}

impl Meeting {
    fn key(self, about: About) -> String {
        let about = if about == About::Before { "before" } else { "after" };
        format!("seat:{}:{about}:{}:{}", self.participant, self.group, self.starts)
    }

    /// Reads the key of such a mail.
    pub fn of_key(key: &str) -> Option<Self> {
        let mut parts = key.split(':');
        (parts.next()? == "seat").then_some(())?;
        let participant = parts.next()?.parse().ok()?;
        matches!(parts.next()?, "before" | "after").then_some(())?;
        let (group, starts) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Self { participant, group, starts })
    }
}

/// Queues the mails that are due; how many.
///
/// # Errors
/// A database that refuses.
pub async fn remind_participants(service: &Service) -> anyhow::Result<u64> {
    let now = service.clock.now();
    // An idle service writes nothing; a meeting that is over began some hours earlier.
    let found = meetings::between(service.store.read(), now - AFTER - BEFORE, now + BEFORE).await?;
    let mut queued = 0;
    for id in found {
        queued += remind(service, id, now).await?;
    }
    if queued > 0 {
        service.post.wake();
    }
    Ok(queued)
}

async fn remind(service: &Service, id: DiscussionId, now: DateTime<Utc>) -> anyhow::Result<u64> {
    let db = service.store.read();
    let Some(whole) = discussions::by_id(db, id).await? else { return Ok(0) };
    let mut keys = vec![];
    for (meeting, about) in due(&whole, now) {
        keys.push(meeting.key(about));
    }
    if outbox::known(db, &keys).await? == keys.len() {
        return Ok(0);
    }
    let of = whole.discussion.questionnaire_id;
    let Some(questionnaire) = questionnaires::by_id(db, of).await? else { return Ok(0) };
    let organizer = writer(service, &questionnaire).await?;
    let insight = insight::now(service, &questionnaire).await?;
    let tx = service.store.write().await?;
    questionnaires::hold(&tx, of).await?;
    let Some(whole) = discussions::by_id(&tx, id).await? else { return Ok(0) };
    let desk = Desk {
        service,
        organizer: &organizer,
        questionnaire: &questionnaire,
        material: &insight.material,
        whole: &whole,
    };
    let mut queued = 0;
    for (meeting, about) in due(&whole, now) {
        queued += queue(&desk, &tx, meeting, about).await?;
    }
    tx.commit().await?;
    Ok(queued)
}

/// Who is to be written to about what.
fn due(whole: &Whole, now: DateTime<Utc>) -> Vec<(Meeting, About)> {
    let mut due = vec![];
    let Some(told) = whole.discussion.invited_at else { return due };
    for group in &whole.groups {
        let Some(starts) = group.starts_at else { continue };
        let ends = starts + TimeDelta::minutes(i64::from(whole.minutes_of(group)));
        let soon = starts > now && starts <= now + BEFORE && starts - told > FRESH;
        let over = ends <= now && ends > now - AFTER;
        let about = match (soon, over) {
            (true, _) => About::Before,
            (_, true) => About::After,
            _ => continue,
        };
        for (seat, one) in whole.members(group.id) {
            let first = whole.seat_of(one.id).and_then(|seat| seat.group_id) == Some(group.id);
            let comes = one.left_at.is_none() && one.rsvp != Rsvp::Declined;
            let was_there = about == About::Before || seat.attended != Some(false);
            if first && comes && was_there {
                let starts = starts.timestamp();
                due.push((Meeting { participant: one.id, group: group.id, starts }, about));
            }
        }
    }
    due
}

async fn queue(
    desk: &Desk<'_>,
    tx: &DatabaseTransaction,
    meeting: Meeting,
    about: About,
) -> anyhow::Result<u64> {
    let (Some(one), Some(group)) =
        (desk.whole.participant(meeting.participant), desk.whole.group(meeting.group))
    else {
        return Ok(0);
    };
    let known = who(desk.material, one);
    let name = known.name.as_deref().unwrap_or_default();
    let Some(Ok(to)) = known.address.as_deref().map(|address| mailbox(name, address)) else {
        return Ok(0);
    };
    let poll = poll::of(tx, desk.whole.discussion.id).await?;
    let poll = poll.is_some_and(|poll| poll.statements != "[]");
    let now = desk.service.clock.now();
    let words = Words::of(&known.language);
    let (purpose, content, not_after) = match about {
        About::Before => {
            let content = before(desk, words, group, one, known.name, poll)?;
            (Purpose::SeatReminder, content, group.starts_at.unwrap_or(now))
        }
        About::After => {
            let page = desk.seat_link(one.id);
            let content = SeatAfter {
                name: known.name,
                title: desk.whole.discussion.title.clone(),
                poll: poll.then(|| format!("{page}/poll")),
                page,
                footer: desk.footer(),
            };
            (Purpose::SeatAfter, content.content(words), letter::latest(desk.service, now))
        }
    };
    let new = desk.send(tx, meeting.key(about), purpose, to, &content, not_after).await?;
    Ok(u64::from(new))
}

fn before(
    desk: &Desk<'_>,
    words: Words,
    group: &Group,
    one: &Participant,
    name: Option<String>,
    poll: bool,
) -> anyhow::Result<Content> {
    let guide: Guide = serde_json::from_str(&group.guide)?;
    let page = desk.seat_link(one.id);
    let reminder = SeatReminder {
        name,
        title: desk.whole.discussion.title.clone(),
        starts: group.starts_at.unwrap_or_default(),
        zone: zone(desk.material, desk.whole),
        place: desk.whole.place_of(group).to_owned(),
        about: guide.topics.into_iter().map(|topic| topic.text).collect(),
        answer: Some(format!("{page}#answer")),
        poll: poll.then(|| format!("{page}/poll")),
        guide: page,
        footer: desk.footer(),
    };
    Ok(reminder.content(words))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_key_says_what_its_mail_is_about() {
        let meeting = Meeting {
            participant: ParticipantId(Uuid::from_u128(7)),
            group: GroupId(Uuid::from_u128(9)),
            starts: 1_790_000_000,
        };
        for about in [About::Before, About::After] {
            assert_eq!(Meeting::of_key(&meeting.key(about)), Some(meeting));
        }
        for other in ["", "seat:1:2:0", "seat:x:before:y:z", "draft:1", "seat:before"] {
            assert_eq!(Meeting::of_key(other), None, "{other}");
        }
    }
}
