//! An organizer has groups made of those who want to join: kept with a reason for every seat and
//! a guide for every group. Made again, they replace those that nobody was told about.

use sea_orm::DbErr;

use crate::analysis::seating::{self, Conflict, Plan, seat};
use crate::domain::status::{Format, Rsvp};
use crate::domain::token::{self, Opens};
use crate::domain::{DiscussionId, GroupId, ParticipantId, ResponseId, SeatId};
use crate::insight::guide::guide;
use crate::insight::seats::{Because, GroupSummary, Note, PlanSummary, Seatable, Wish, seatable};
use crate::insight::{self, Insight};
use crate::service::Service;
use crate::store::discussions::{self, Discussion, Group, Participant, Seat, Whole};
use crate::store::questionnaires::Questionnaire;

/// What the organizer asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The discussion's title.
    pub title: String,
    /// A room, or an address to click.
    pub place: String,
    /// How groups are wanted.
    pub wish: Wish,
}

/// Why there are no groups.
#[derive(Debug, thiserror::Error)]
pub enum NoGroups {
    /// Participants were told already.
    #[error("participants were told")]
    Told,
    /// The seating is not possible.
    #[error("no seating: {0:?}")]
    Conflict(Conflict),
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DbErr),
    /// Something else failed.
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

/// Makes the groups and keeps them.
///
/// # Errors
/// Why it cannot be; nothing was changed.
pub async fn make_groups(
    service: &Service,
    questionnaire: &Questionnaire,
    asked: Asked,
) -> Result<(), NoGroups> {
    let insight = insight::of(service, questionnaire).await?;
    let now = service.clock.now();
    let planned = insight.clone();
    let (seatable, plan) = tokio::task::spawn_blocking(move || {
        let seatable = seatable(&planned, asked.wish, now);
        let plan = seat(&seatable.request);
        (seatable, plan)
    })
    .await
    .map_err(anyhow::Error::from)?;
    let plan = plan.map_err(NoGroups::Conflict)?;
    seating::check(&seatable.request, &plan)
        .map_err(|broken| anyhow::anyhow!("a plan that breaks its rules: {broken}"))?;
    let whole = whole(service, questionnaire, &asked, &insight, &seatable, &plan)?;
    let tx = service.store.write().await?;
    if let Some(before) = discussions::latest(&tx, questionnaire.id).await? {
        if before.discussion.invited_at.is_some() {
            return Err(NoGroups::Told);
        }
        discussions::delete(&tx, before.discussion.id).await?;
    }
    discussions::setup::insert(&tx, whole.discussion.clone()).await?;
    discussions::add_participants(&tx, &whole.participants).await?;
    discussions::plan::replace(&tx, whole.discussion.id, &whole.groups, &whole.seats).await?;
    tx.commit().await?;
    Ok(())
}

fn whole(
    service: &Service,
    questionnaire: &Questionnaire,
    asked: &Asked,
    insight: &Insight,
    seatable: &Seatable,
    plan: &Plan,
) -> anyhow::Result<Whole> {
    let id = DiscussionId(service.clock.name());
    let size = |count: usize| i32::try_from(count);
    let minutes = seatable.slots.iter().map(|slot| slot.minutes).max().unwrap_or(60);
    let discussion = Discussion {
        id,
        questionnaire_id: questionnaire.id,
        title: asked.title.clone(),
        place: asked.place.clone(),
        minutes: i32::try_from(minutes)?,
        low: size(asked.wish.low)?,
        target: size(asked.wish.target)?,
        high: size(asked.wish.high)?,
        rooms: size(asked.wish.rooms)?,
        seed: i64::try_from(asked.wish.seed)?,
        format: Format::One,
        rounds: 1,
        wish: "{}".to_owned(),
        input_hash: String::new(),
        summary: serde_json::to_string(&PlanSummary { diversity: plan.score.gap_closed })?,
        created_at: service.clock.now(),
        invited_at: None,
    };
    let (mut groups, mut seats, mut participants) = (vec![], vec![], vec![]);
    let mut sit = |response: ResponseId, group: Option<GroupId>, note: &Note| {
        let id = ParticipantId(service.clock.random_name());
        participants.push(Participant {
            id,
            discussion_id: discussion.id,
            questionnaire_id: questionnaire.id,
            response_id: Some(response),
            name: String::new(),
            address: String::new(),
            language: String::new(),
            free: None,
            tags: "[]".to_owned(),
            token_hash: token::hash(&service.secret.link(Opens::Seat, id.0)),
            most_groups: 0,
            added_by_hand: false,
            joined_at: discussion.created_at,
            asked_at: None,
            left_at: None,
            rsvp: Rsvp::None,
            rsvp_at: None,
            waiting_since: None,
        });
        seats.push(Seat {
            id: SeatId(service.clock.random_name()),
            participant_id: id,
            group_id: group,
            discussion_id: discussion.id,
            questionnaire_id: questionnaire.id,
            round: 0,
            reason: serde_json::to_string(note)?,
            locked: false,
            attended: None,
        });
        anyhow::Ok(())
    };
    for (number, planned) in (1..).zip(&plan.groups) {
        let id = GroupId(service.clock.name());
        let slot = seatable.slots.get(planned.slot);
        let members: Vec<ResponseId> = planned
            .seats
            .iter()
            .filter_map(|seat| seatable.people.get(seat.person).copied())
            .collect();
        let minutes = slot.map_or(minutes, |slot| slot.minutes);
        groups.push(Group {
            id,
            discussion_id: discussion.id,
            questionnaire_id: questionnaire.id,
            number,
            language: planned.language.clone(),
            starts_at: slot.map(|slot| slot.start),
            place: String::new(),
            slot_id: None,
            host_id: None,
            sequence: 0,
            guide: serde_json::to_string(&guide(insight, &members, minutes))?,
            summary: serde_json::to_string(&GroupSummary { mix: planned.mix })?,
        });
        for (seat, member) in planned.seats.iter().zip(members) {
            let note = Note::Seated { reasons: seatable.reasons(&seat.reasons) };
            sit(member, Some(id), &note)?;
        }
    }
    for (person, unplaced) in &plan.unplaced {
        if let Some(response) = seatable.people.get(*person) {
            sit(*response, None, &Note::Waiting { because: Because::from(unplaced) })?;
        }
    }
    let (slots, hosts, rules) = (vec![], vec![], vec![]);
    Ok(Whole { discussion, slots, hosts, participants, rules, groups, seats })
}
