//! Who sits where: the groups of a discussion and the seats in them.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _,
};

use super::super::entity::{discussion_group, seat};
use super::{CHUNK, Group, Seat};
use crate::domain::DiscussionId;

/// Keeps these groups and seats in place of all that a discussion had.
///
/// # Errors
/// A database that refuses.
pub async fn replace(
    db: &impl ConnectionTrait,
    of: DiscussionId,
    groups: &[Group],
    seats: &[Seat],
) -> Result<(), DbErr> {
    seat::Entity::delete_many().filter(seat::Column::DiscussionId.eq(of)).exec(db).await?;
    discussion_group::Entity::delete_many()
        .filter(discussion_group::Column::DiscussionId.eq(of))
        .exec(db)
        .await?;
    for groups in groups.chunks(CHUNK) {
        let rows = groups.iter().map(|group| group.clone().into_active_model().reset_all());
        discussion_group::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    for seats in seats.chunks(CHUNK) {
        let rows = seats.iter().map(|seat| seat.clone().into_active_model().reset_all());
        seat::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}
