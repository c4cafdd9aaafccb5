//! A plan that people were told about was changed: whoever sits elsewhere now is told, in the
//! transaction that changes it, and nobody else. Who changes groups gets the end of the one
//! appointment and the other one.

use sea_orm::DatabaseTransaction;

use super::appointment::{Desk, To};
use crate::domain::{GroupId, HostId, ParticipantId};
use crate::insight;
use crate::mail::seat_cancelled::Ended;
use crate::service::Service;
use crate::store::discussions::{self, Participant, Whole};
use crate::store::organizers::Organizer;
use crate::store::questionnaires::Questionnaire;

/// Queues the mails about a change that was made in this transaction, `before` it the discussion
/// was as people were told: the appointment of the old group is called off, that of the new one is
/// asked for; hosts are told of groups they lead no longer, or from now on. Nothing where nobody was
/// told anything, or nothing is different. Mails are answered to the organizer. Wake the courier after
/// the commit.
///
/// # Errors
/// A database that refuses; the change must then not be kept.
pub async fn tell_change(
    service: &Service,
    tx: &DatabaseTransaction,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
    before: &Whole,
) -> anyhow::Result<()> {
    if before.discussion.invited_at.is_none() {
        return Ok(());
    }
    let Some(after) = &discussions::by_id(tx, before.discussion.id).await? else { return Ok(()) };
    // One is written to about the seat one begins at; tables of later rounds are told there.
    let people = after.participants.iter().map(|one| one.id);
    let moved: Vec<ParticipantId> =
        people.filter(|id| group_of(before, *id) != group_of(after, *id)).collect();
    let mut groups = before.groups.iter().chain(&after.groups);
    let led_alike = groups.all(|group| leads(before, group.id) == leads(after, group.id));
    if moved.is_empty() && led_alike {
        return Ok(());
    }
    let insight = insight::now(service, questionnaire).await?;
    let material = &insight.material;
    let desk = |whole| Desk { service, organizer, questionnaire, material, whole };
    let (then, now) = (desk(before), desk(after));
    for id in moved {
        let (was, is) = (group_of(before, id), group_of(after, id));
        if let (Some(one), Some(group)) =
            (before.participant(id), was.and_then(|was| before.group(was)))
        {
            let ended = if is.is_some() { Ended::Moved } else { Ended::Off };
            then.cancel(tx, group, To::Participant(one), ended).await?;
        }
        if let (Some(one), Some(group)) = (after.participant(id), is.and_then(|is| after.group(is)))
        {
            now.request(tx, group, To::Participant(one)).await?;
        }
    }
    for group in &before.groups {
        let host = before.host_of(group).filter(|host| host.participant_id.is_none());
        if let Some(host) = host.filter(|host| leads(after, group.id) != Some(host.id)) {
            then.cancel(tx, group, To::Host(host), Ended::Off).await?;
        }
    }
    for group in &after.groups {
        if leads(after, group.id) == leads(before, group.id) {
            continue;
        }
        now.request_host(tx, group).await?;
        // Whoever sits there and leads it from now on has a page more.
        let own = after.host_of(group).and_then(|host| after.participant(host.participant_id?));
        let stays = |one: &&Participant| group_of(before, one.id) == Some(group.id);
        if let Some(one) = own.filter(stays) {
            now.request(tx, group, To::Participant(one)).await?;
        }
    }
    Ok(())
}

/// The group of somebody's first round.
fn group_of(whole: &Whole, one: ParticipantId) -> Option<GroupId> {
    whole.seat_of(one)?.group_id
}

/// Who leads a group.
fn leads(whole: &Whole, group: GroupId) -> Option<HostId> {
    whole.group(group)?.host_id
}
