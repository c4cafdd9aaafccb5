//! What groups wrote down. Rows are only ever added; of each field of a group the last one counts.

use std::collections::BTreeMap;

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _,
};

use super::entity::discussion_note;
use crate::domain::{DiscussionId, GroupId, ParticipantId};

pub use discussion_note::Model as Note;

/// The notes of a group that count, by field.
pub type Fields = BTreeMap<String, Note>;

/// What was written down in every group of a discussion, as it stands now.
///
/// # Errors
/// A database that refuses.
pub async fn of_discussion(
    db: &impl ConnectionTrait,
    discussion: DiscussionId,
) -> Result<BTreeMap<GroupId, Fields>, DbErr> {
    let rows = discussion_note::Entity::find()
        .filter(discussion_note::Column::DiscussionId.eq(discussion))
        .order_by_asc(discussion_note::Column::WrittenAt)
        .order_by_asc(discussion_note::Column::Id)
        .all(db)
        .await?;
    let mut groups: BTreeMap<GroupId, Fields> = BTreeMap::new();
    for row in rows {
        groups.entry(row.group_id).or_default().insert(row.field.clone(), row);
    }
    Ok(groups)
}

/// Everything that a participant wrote down, oldest first.
///
/// # Errors
/// A database that refuses.
pub async fn by(
    db: &impl ConnectionTrait,
    participants: &[ParticipantId],
) -> Result<Vec<Note>, DbErr> {
    discussion_note::Entity::find()
        .filter(discussion_note::Column::ParticipantId.is_in(participants.iter().copied()))
        .order_by_asc(discussion_note::Column::WrittenAt)
        .order_by_asc(discussion_note::Column::Id)
        .all(db)
        .await
}

/// Adds notes.
///
/// # Errors
/// A database that refuses.
pub async fn add(db: &impl ConnectionTrait, notes: Vec<Note>) -> Result<(), DbErr> {
    for note in notes {
        discussion_note::Entity::insert(note.into_active_model())
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}
