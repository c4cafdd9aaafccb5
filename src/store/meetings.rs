//! What becomes of groups that people were told about: seats taken later, other times and places,
//! answers, attendance, and which groups are about to meet.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QuerySelect as _, Set,
};

use super::discussions::Seat;
use super::entity::{discussion, discussion_group, participant, seat};
use crate::domain::status::Rsvp;
use crate::domain::{DiscussionId, GroupId, ParticipantId, SeatId, SlotId};

/// Gives somebody who waits a seat in a round, in place of one without a group.
///
/// # Errors
/// A database that refuses.
pub async fn take_seat(db: &impl ConnectionTrait, new: Seat) -> Result<(), DbErr> {
    seat::Entity::delete_many()
        .filter(seat::Column::ParticipantId.eq(new.participant_id))
        .filter(seat::Column::Round.eq(new.round))
        .exec(db)
        .await?;
    let one = new.participant_id;
    seat::Entity::insert(new.into_active_model()).exec_without_returning(db).await?;
    participant::Entity::update_many()
        .col_expr(participant::Column::WaitingSince, Expr::value(None::<DateTime<Utc>>))
        .filter(participant::Column::Id.eq(one))
        .exec(db)
        .await?;
    Ok(())
}

/// Keeps what a participant answered, and since when they wait if they do.
///
/// # Errors
/// A database that refuses.
pub async fn answered(
    db: &impl ConnectionTrait,
    one: ParticipantId,
    rsvp: Rsvp,
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    participant::Entity::update_many()
        .col_expr(participant::Column::Rsvp, Expr::value(rsvp))
        .col_expr(participant::Column::RsvpAt, Expr::value(at))
        .filter(participant::Column::Id.eq(one))
        .exec(db)
        .await?;
    Ok(())
}

/// Puts somebody who had left, or never had a seat, on the waiting list; who waits already keeps
/// their place.
///
/// # Errors
/// A database that refuses.
pub async fn wait(
    db: &impl ConnectionTrait,
    one: ParticipantId,
    since: DateTime<Utc>,
) -> Result<(), DbErr> {
    participant::Entity::update_many()
        .col_expr(participant::Column::LeftAt, Expr::value(None::<DateTime<Utc>>))
        .filter(participant::Column::Id.eq(one))
        .exec(db)
        .await?;
    participant::Entity::update_many()
        .col_expr(participant::Column::WaitingSince, Expr::value(since))
        .filter(participant::Column::Id.eq(one))
        .filter(participant::Column::WaitingSince.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Where and when a group meets from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// When.
    pub starts_at: DateTime<Utc>,
    /// Where; empty: where the discussion is.
    pub place: String,
    /// The slot, if it is one of those.
    pub slot: Option<SlotId>,
    /// How often this was changed.
    pub sequence: i32,
}

/// Keeps another time or place of a group.
///
/// # Errors
/// A database that refuses.
pub async fn set(db: &impl ConnectionTrait, of: GroupId, to: Meeting) -> Result<(), DbErr> {
    discussion_group::Entity::update_many()
        .col_expr(discussion_group::Column::StartsAt, Expr::value(to.starts_at))
        .col_expr(discussion_group::Column::Place, Expr::value(to.place))
        .col_expr(discussion_group::Column::SlotId, Expr::value(to.slot))
        .col_expr(discussion_group::Column::Sequence, Expr::value(to.sequence))
        .filter(discussion_group::Column::Id.eq(of))
        .exec(db)
        .await?;
    Ok(())
}

/// The discussions people were told about, of which a group begins after `from` and until `to`.
///
/// # Errors
/// A database that refuses.
pub async fn between(
    db: &impl ConnectionTrait,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<DiscussionId>, DbErr> {
    let mut found: Vec<DiscussionId> = discussion_group::Entity::find()
        .select_only()
        .column(discussion_group::Column::DiscussionId)
        .filter(discussion_group::Column::StartsAt.gt(from))
        .filter(discussion_group::Column::StartsAt.lte(to))
        .into_tuple()
        .all(db)
        .await?;
    found.sort_unstable();
    found.dedup();
    let told: Vec<DiscussionId> = discussion::Entity::find()
        .select_only()
        .column(discussion::Column::Id)
        .filter(discussion::Column::Id.is_in(found))
        .filter(discussion::Column::InvitedAt.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(told)
}

/// Whether somebody sits in a group that begins at this moment, and has not said no: asked just
/// before a mail about it is handed over.
///
/// # Errors
/// A database that refuses.
pub async fn is_expected(
    db: &impl ConnectionTrait,
    one: ParticipantId,
    group: GroupId,
    starts: i64,
) -> Result<bool, DbErr> {
    let Some(one) = participant::Entity::find_by_id(one).one(db).await? else { return Ok(false) };
    let sits = seat::Entity::find()
        .filter(seat::Column::ParticipantId.eq(one.id))
        .filter(seat::Column::GroupId.eq(group))
        .one(db)
        .await?;
    let group = discussion_group::Entity::find_by_id(group).one(db).await?;
    let then = group.and_then(|group| group.starts_at).map(|at| at.timestamp());
    let comes = one.left_at.is_none() && one.rsvp != Rsvp::Declined;
    Ok(comes && sits.is_some() && then == Some(starts))
}

/// Keeps who was there.
///
/// # Errors
/// A database that refuses.
pub async fn attended(
    db: &impl ConnectionTrait,
    seat: SeatId,
    attended: Option<bool>,
) -> Result<(), DbErr> {
    let row = seat::ActiveModel { id: Set(seat), attended: Set(attended), ..Default::default() };
    seat::Entity::update(row).exec(db).await?;
    Ok(())
}
