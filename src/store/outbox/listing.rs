//! The outbox in parts, for programs that read it through: what comes meanwhile repeats nothing.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use super::{Message, message, seen_by};
use crate::domain::MessageId;
use crate::store::organizers::Organizer;

/// Messages that an organizer may see, newest first: those that stand behind `last`.
///
/// # Errors
/// A database that refuses.
pub async fn behind(
    db: &impl ConnectionTrait,
    organizer: &Organizer,
    last: Option<(DateTime<Utc>, MessageId)>,
    most: u64,
) -> Result<Vec<Message>, DbErr> {
    let mut query = message::Entity::find().filter(seen_by(db, organizer).await?);
    if let Some((at, id)) = last {
        let same =
            Condition::all().add(message::Column::CreatedAt.eq(at)).add(message::Column::Id.lt(id));
        query = query.filter(Condition::any().add(message::Column::CreatedAt.lt(at)).add(same));
    }
    query
        .order_by_desc(message::Column::CreatedAt)
        .order_by_desc(message::Column::Id)
        .limit(most)
        .all(db)
        .await
}
