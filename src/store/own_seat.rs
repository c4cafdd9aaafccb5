//! The seat of one respondent, for their own page.

use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use super::entity::{discussion, participant, seat};
use crate::domain::{ParticipantId, ResponseId};

/// As whom the respondent was invited to a seat last, if they still have one: plans that nobody
/// was told of are not shown.
pub async fn of(
    db: &impl ConnectionTrait,
    response: ResponseId,
) -> Result<Option<ParticipantId>, DbErr> {
    let mut latest = None;
    for one in every(db, response).await? {
        let seated = seat::Entity::find()
            .filter(seat::Column::ParticipantId.eq(one.id))
            .filter(seat::Column::GroupId.is_not_null())
            .one(db)
            .await?;
        if seated.is_none() {
            continue;
        }
        let of = discussion::Entity::find_by_id(one.discussion_id).one(db).await?;
        if let Some(invited_at) = of.and_then(|discussion| discussion.invited_at) {
            latest = latest.max(Some((invited_at, one.id)));
        }
    }
    Ok(latest.map(|(_, one)| one))
}

/// As whom the respondent takes part, or did, in every discussion.
pub async fn every(
    db: &impl ConnectionTrait,
    response: ResponseId,
) -> Result<Vec<participant::Model>, DbErr> {
    participant::Entity::find().filter(participant::Column::ResponseId.eq(response)).all(db).await
}
