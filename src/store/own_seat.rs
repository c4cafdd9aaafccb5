//! The seat of one respondent, for their own page.

use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use super::entity::{discussion, seat};
use crate::domain::{ResponseId, SeatId};

/// The seat to which the respondent was invited last, if they still have one: plans that nobody
/// was told of are not shown.
pub async fn of(db: &impl ConnectionTrait, response: ResponseId) -> Result<Option<SeatId>, DbErr> {
    let seats = seat::Entity::find()
        .filter(seat::Column::ResponseId.eq(response))
        .filter(seat::Column::GroupId.is_not_null())
        .all(db)
        .await?;
    let mut latest = None;
    for seat in seats {
        let of = discussion::Entity::find_by_id(seat.discussion_id).one(db).await?;
        if let Some(invited_at) = of.and_then(|discussion| discussion.invited_at) {
            latest = latest.max(Some((invited_at, seat.id)));
        }
    }
    Ok(latest.map(|(_, seat)| seat))
}
