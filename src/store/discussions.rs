//! Discussions: their groups, guides and seats.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, Set,
};

use super::entity::{discussion, discussion_group, seat};
use crate::domain::{DiscussionId, GroupId, QuestionnaireId, SeatId};

pub use discussion::Model as Discussion;
pub use discussion_group::Model as Group;
pub use seat::Model as Seat;

/// Rows of one statement: PostgreSQL takes 65,535 parameters.
const CHUNK: usize = 500;

/// A discussion with everything of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Whole {
    /// The discussion.
    pub discussion: Discussion,
    /// Its groups, by number.
    pub groups: Vec<Group>,
    /// Its seats, by id; those without a group are waiting.
    pub seats: Vec<Seat>,
}

impl Whole {
    /// The seats of one group.
    pub fn of(&self, group: GroupId) -> impl Iterator<Item = &Seat> {
        self.seats.iter().filter(move |seat| seat.group_id == Some(group))
    }
}

/// The discussion of a questionnaire, if groups were made.
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
    let groups = discussion_group::Entity::find()
        .filter(discussion_group::Column::DiscussionId.eq(discussion.id))
        .order_by_asc(discussion_group::Column::Number)
        .all(db)
        .await?;
    let seats = seat::Entity::find()
        .filter(seat::Column::DiscussionId.eq(discussion.id))
        .order_by_asc(seat::Column::Id)
        .all(db)
        .await?;
    Ok(Whole { discussion, groups, seats })
}

/// The seat that a participant's link opens, with its discussion.
///
/// # Errors
/// A database that refuses.
pub async fn by_token(
    db: &impl ConnectionTrait,
    token_hash: &str,
) -> Result<Option<(Seat, Whole)>, DbErr> {
    let found = seat::Entity::find().filter(seat::Column::TokenHash.eq(token_hash)).one(db).await?;
    let Some(seat) = found else { return Ok(None) };
    let discussion = discussion::Entity::find_by_id(seat.discussion_id).one(db).await?;
    match discussion {
        Some(discussion) => Ok(Some((seat, whole(db, discussion).await?))),
        None => Ok(None),
    }
}

/// Keeps a discussion whole.
///
/// # Errors
/// A database that refuses.
pub async fn insert(db: &impl ConnectionTrait, whole: &Whole) -> Result<(), DbErr> {
    let row: discussion::ActiveModel = whole.discussion.clone().into();
    discussion::Entity::insert(row.reset_all()).exec_without_returning(db).await?;
    for groups in whole.groups.chunks(CHUNK) {
        let rows = groups.iter().map(|group| {
            let row: discussion_group::ActiveModel = group.clone().into();
            row.reset_all()
        });
        discussion_group::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    for seats in whole.seats.chunks(CHUNK) {
        let rows = seats.iter().map(|seat| {
            let row: seat::ActiveModel = seat.clone().into();
            row.reset_all()
        });
        seat::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Takes a discussion away, with its groups and seats.
///
/// # Errors
/// A database that refuses.
pub async fn delete(db: &impl ConnectionTrait, id: DiscussionId) -> Result<(), DbErr> {
    seat::Entity::delete_many().filter(seat::Column::DiscussionId.eq(id)).exec(db).await?;
    discussion_group::Entity::delete_many()
        .filter(discussion_group::Column::DiscussionId.eq(id))
        .exec(db)
        .await?;
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

/// Takes somebody out of their group; `reason` says why.
///
/// # Errors
/// A database that refuses.
pub async fn leave(db: &impl ConnectionTrait, id: SeatId, reason: String) -> Result<(), DbErr> {
    seat::Entity::update(seat::ActiveModel {
        id: Set(id),
        group_id: Set(None),
        reason: Set(reason),
        ..Default::default()
    })
    .exec(db)
    .await?;
    Ok(())
}
