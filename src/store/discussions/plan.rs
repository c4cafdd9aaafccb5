//! Who sits where: the groups of a discussion and the seats in them.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _,
};

use super::super::entity::{discussion_group, seat};
use super::{CHUNK, Group, Seat, Whole};
use crate::domain::{DiscussionId, SeatId};

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

/// Keeps a plan that was changed: only what differs is written, and what stays keeps what hangs
/// on it, like notes of a group.
///
/// # Errors
/// A database that refuses.
pub async fn change(
    db: &impl ConnectionTrait,
    before: &Whole,
    groups: &[Group],
    seats: &[Seat],
) -> Result<(), DbErr> {
    for group in groups {
        let row = group.clone().into_active_model().reset_all();
        match before.groups.iter().find(|other| other.id == group.id) {
            Some(same) if same == group => {}
            Some(_) => {
                discussion_group::Entity::update(row).exec(db).await?;
            }
            None => {
                discussion_group::Entity::insert(row).exec_without_returning(db).await?;
            }
        }
    }
    let known: HashMap<SeatId, &Seat> = before.seats.iter().map(|seat| (seat.id, seat)).collect();
    let kept: HashSet<SeatId> = seats.iter().map(|seat| seat.id).collect();
    for seat in before.seats.iter().filter(|seat| !kept.contains(&seat.id)) {
        seat::Entity::delete_by_id(seat.id).exec(db).await?;
    }
    for seat in seats {
        let row = seat.clone().into_active_model().reset_all();
        match known.get(&seat.id) {
            Some(same) if *same == seat => {}
            Some(_) => {
                seat::Entity::update(row).exec(db).await?;
            }
            None => {
                seat::Entity::insert(row).exec_without_returning(db).await?;
            }
        }
    }
    for group in before.groups.iter().filter(|group| !groups.iter().any(|g| g.id == group.id)) {
        discussion_group::Entity::delete_by_id(group.id).exec(db).await?;
    }
    Ok(())
}
