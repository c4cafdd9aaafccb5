//! Discussions: their slots, hosts, participants, groups, guides and seats.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, Set,
};

use super::entity::{
    discussion, discussion_group, discussion_host, discussion_rule, discussion_slot, participant,
    seat,
};
use crate::domain::{DiscussionId, GroupId, ParticipantId, QuestionnaireId};

pub use discussion::Model as Discussion;
pub use discussion_group::Model as Group;
pub use discussion_host::Model as Host;
pub use discussion_rule::Model as Rule;
pub use discussion_slot::Model as Slot;
pub use participant::Model as Participant;
pub use seat::Model as Seat;

pub mod changes;
pub mod plan;
pub mod search;
pub mod setup;

/// Rows of one statement: PostgreSQL takes 65,535 parameters.
const CHUNK: usize = 500;

/// A discussion with everything of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Whole {
    /// The discussion.
    pub discussion: Discussion,
    /// When groups can meet, by time and key.
    pub slots: Vec<Slot>,
    /// Who leads groups, by id.
    pub hosts: Vec<Host>,
    /// Who takes part, or did, by id.
    pub participants: Vec<Participant>,
    /// Who must sit together, or must not, by id.
    pub rules: Vec<Rule>,
    /// Its groups, by number.
    pub groups: Vec<Group>,
    /// Its seats, by id; those without a group are waiting.
    pub seats: Vec<Seat>,
}

impl Whole {
    /// A discussion of which there is nothing else yet.
    pub fn empty(discussion: Discussion) -> Self {
        Self {
            discussion,
            slots: vec![],
            hosts: vec![],
            participants: vec![],
            rules: vec![],
            groups: vec![],
            seats: vec![],
        }
    }

    /// The seats of one group, those of every round.
    pub fn of(&self, group: GroupId) -> impl Iterator<Item = &Seat> {
        self.seats.iter().filter(move |seat| seat.group_id == Some(group))
    }

    /// Who sits in a group, each once, with the first seat there; by participant.
    pub fn members(&self, group: GroupId) -> Vec<(&Seat, &Participant)> {
        let mut seats: Vec<&Seat> = self.of(group).collect();
        seats.sort_by_key(|seat| (seat.participant_id, seat.round));
        seats.dedup_by_key(|seat| seat.participant_id);
        let known = seats.into_iter().map(|seat| (seat, self.participant(seat.participant_id)));
        known.filter_map(|(seat, one)| Some((seat, one?))).collect()
    }

    /// One participant.
    pub fn participant(&self, id: ParticipantId) -> Option<&Participant> {
        let at = self.participants.binary_search_by_key(&id, |one| one.id).ok()?;
        self.participants.get(at)
    }

    /// A participant's seat in the first round: with a group, or with why there is none.
    pub fn seat_of(&self, id: ParticipantId) -> Option<&Seat> {
        self.seats.iter().filter(|seat| seat.participant_id == id).min_by_key(|seat| seat.round)
    }

    /// A group.
    pub fn group(&self, id: GroupId) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// Who leads a group.
    pub fn host_of(&self, group: &Group) -> Option<&Host> {
        self.hosts.iter().find(|host| Some(host.id) == group.host_id)
    }

    /// When a group is said to meet, with the rest of that slot.
    pub fn slot_of(&self, group: &Group) -> Option<&Slot> {
        self.slots.iter().find(|slot| Some(slot.id) == group.slot_id)
    }

    /// Where a group meets: a room or a link of its own, or the discussion's; empty if neither
    /// was said.
    pub fn place_of<'a>(&'a self, group: &'a Group) -> &'a str {
        if group.place.is_empty() { &self.discussion.place } else { &group.place }
    }

    /// How long a group meets, in minutes.
    pub fn minutes_of(&self, group: &Group) -> i32 {
        self.slot_of(group).and_then(|slot| slot.minutes).unwrap_or(self.discussion.minutes)
    }
}

/// The discussion of a questionnaire, if one was made.
///
/// # Errors
/// A database that refuses.
pub async fn latest(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<Option<Whole>, DbErr> {
    let found = discussion::Entity::find()
        .filter(discussion::Column::QuestionnaireId.eq(questionnaire))
        .order_by_desc(discussion::Column::CreatedAt)
        .one(db)
        .await?;
    match found {
        Some(discussion) => Ok(Some(whole(db, discussion).await?)),
        None => Ok(None),
    }
}

async fn whole(db: &impl ConnectionTrait, discussion: Discussion) -> Result<Whole, DbErr> {
    let id = discussion.id;
    let slots = discussion_slot::Entity::find()
        .filter(discussion_slot::Column::DiscussionId.eq(id))
        .order_by_asc(discussion_slot::Column::StartsAt)
        .order_by_asc(discussion_slot::Column::Key)
        .all(db)
        .await?;
    let hosts = discussion_host::Entity::find()
        .filter(discussion_host::Column::DiscussionId.eq(id))
        .order_by_asc(discussion_host::Column::Id)
        .all(db)
        .await?;
    let mut participants = participant::Entity::find()
        .filter(participant::Column::DiscussionId.eq(id))
        .all(db)
        .await?;
    participants.sort_by_key(|one| one.id);
    let rules = discussion_rule::Entity::find()
        .filter(discussion_rule::Column::DiscussionId.eq(id))
        .order_by_asc(discussion_rule::Column::Id)
        .all(db)
        .await?;
    let groups = discussion_group::Entity::find()
        .filter(discussion_group::Column::DiscussionId.eq(id))
        .order_by_asc(discussion_group::Column::Number)
        .all(db)
        .await?;
    let seats = seat::Entity::find()
        .filter(seat::Column::DiscussionId.eq(id))
        .order_by_asc(seat::Column::Id)
        .all(db)
        .await?;
    Ok(Whole { discussion, slots, hosts, participants, rules, groups, seats })
}

/// The discussion that this is one of, whole.
///
/// # Errors
/// A database that refuses.
pub async fn by_id(db: &impl ConnectionTrait, id: DiscussionId) -> Result<Option<Whole>, DbErr> {
    match discussion::Entity::find_by_id(id).one(db).await? {
        Some(discussion) => Ok(Some(whole(db, discussion).await?)),
        None => Ok(None),
    }
}

/// The participant whom a link opens, with the discussion.
///
/// # Errors
/// A database that refuses.
pub async fn by_token(
    db: &impl ConnectionTrait,
    token_hash: &str,
) -> Result<Option<(Participant, Whole)>, DbErr> {
    let found = participant::Entity::find()
        .filter(participant::Column::TokenHash.eq(token_hash))
        .one(db)
        .await?;
    let Some(found) = found else { return Ok(None) };
    Ok(by_id(db, found.discussion_id).await?.map(|whole| (found, whole)))
}

/// The host whom a link opens, with the discussion.
///
/// # Errors
/// A database that refuses.
pub async fn by_host_token(
    db: &impl ConnectionTrait,
    token_hash: &str,
) -> Result<Option<(Host, Whole)>, DbErr> {
    let found = discussion_host::Entity::find()
        .filter(discussion_host::Column::TokenHash.eq(token_hash))
        .one(db)
        .await?;
    let Some(found) = found else { return Ok(None) };
    Ok(by_id(db, found.discussion_id).await?.map(|whole| (found, whole)))
}

/// Takes a discussion away, with everything of it.
///
/// # Errors
/// A database that refuses.
pub async fn delete(db: &impl ConnectionTrait, id: DiscussionId) -> Result<(), DbErr> {
    discussion::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// Remembers when participants were told.
///
/// # Errors
/// A database that refuses.
pub async fn mark_invited(
    db: &impl ConnectionTrait,
    id: DiscussionId,
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    discussion::Entity::update(discussion::ActiveModel {
        id: Set(id),
        invited_at: Set(Some(at)),
        ..Default::default()
    })
    .exec(db)
    .await?;
    Ok(())
}

/// Takes somebody out of the groups of every round, for good; `reason` says why.
///
/// # Errors
/// A database that refuses.
pub async fn leave(
    db: &impl ConnectionTrait,
    id: ParticipantId,
    reason: &str,
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    seat::Entity::update_many()
        .col_expr(seat::Column::GroupId, Expr::value(None::<GroupId>))
        .col_expr(seat::Column::Reason, Expr::value(reason))
        .col_expr(seat::Column::Locked, Expr::value(false))
        .filter(seat::Column::ParticipantId.eq(id))
        .exec(db)
        .await?;
    participant::Entity::update(participant::ActiveModel {
        id: Set(id),
        left_at: Set(Some(at)),
        ..Default::default()
    })
    .exec(db)
    .await?;
    Ok(())
}

/// Keeps what became of a participant.
///
/// # Errors
/// A database that refuses.
pub async fn save_participant(db: &impl ConnectionTrait, one: Participant) -> Result<(), DbErr> {
    participant::Entity::update(one.into_active_model().reset_all()).exec(db).await?;
    Ok(())
}

/// Keeps participants who are new.
///
/// # Errors
/// A database that refuses.
pub async fn add_participants(
    db: &impl ConnectionTrait,
    people: &[Participant],
) -> Result<(), DbErr> {
    for people in people.chunks(CHUNK) {
        let rows = people.iter().map(|one| one.clone().into_active_model().reset_all());
        participant::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}
