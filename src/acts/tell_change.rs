//! What was changed in a plan that people were told about is told to those whom it concerns, and to
//! nobody else: who changes groups gets the end of the one appointment and the other one, in the
//! transaction of the change.

use std::collections::BTreeSet;

use sea_orm::DatabaseTransaction;

use super::appointment::{Desk, To, writer};
use crate::domain::{GroupId, HostId, ParticipantId};
use crate::insight::Material;
use crate::mail::seat_cancelled::Ended;
use crate::service::Service;
use crate::store::discussions::Whole;
use crate::store::questionnaires::Questionnaire;

/// Queues what has to be told between two states of a discussion. Nothing where nobody was told
/// anything before. Wake the courier after the commit. How many mails that were.
///
/// Who is in the same group as before and hears nothing of it is not written to: that the others at
/// a table change is on its page.
///
/// # Errors
/// A database that refuses.
pub async fn tell_change(
    service: &Service,
    tx: &DatabaseTransaction,
    questionnaire: &Questionnaire,
    material: &Material,
    before: &Whole,
    after: &Whole,
) -> anyhow::Result<usize> {
    if before.discussion.invited_at.is_none() {
        return Ok(0);
    }
    let organizer = writer(service, questionnaire).await?;
    let desk = |whole| Desk { service, organizer: &organizer, questionnaire, material, whole };
    let (then, now) = (desk(before), desk(after));
    let everybody: BTreeSet<ParticipantId> =
        before.participants.iter().chain(&after.participants).map(|one| one.id).collect();
    let mut mails = 0;
    for id in everybody {
        let (was, is) = (group_of(before, id), group_of(after, id));
        if was == is {
            continue;
        }
        if let (Some(one), Some(group)) =
            (before.participant(id), was.and_then(|was| before.group(was)))
        {
            let ended = if is.is_some() { Ended::Moved } else { Ended::Off };
            mails += usize::from(then.cancel(tx, group, To::Participant(one), ended).await?);
        }
        if let (Some(one), Some(group)) = (after.participant(id), is.and_then(|is| after.group(is)))
        {
            mails += usize::from(now.request(tx, group, To::Participant(one)).await?);
        }
    }
    for host in &before.hosts {
        for group in before.groups.iter().filter(|group| leads(before, group.id) == Some(host.id)) {
            if leads(after, group.id) != Some(host.id) && host.participant_id.is_none() {
                mails += usize::from(then.cancel(tx, group, To::Host(host), Ended::Off).await?);
            }
        }
    }
    for group in &after.groups {
        if leads(after, group.id).is_some() && leads(after, group.id) != leads(before, group.id) {
            mails += usize::from(now.request_host(tx, group).await?);
        }
    }
    Ok(mails)
}

/// The group of somebody's first round.
fn group_of(whole: &Whole, one: ParticipantId) -> Option<GroupId> {
    whole.seat_of(one)?.group_id
}

/// Who leads a group.
fn leads(whole: &Whole, group: GroupId) -> Option<HostId> {
    whole.group(group)?.host_id
}
