//! What is heard of messages after they left: that they came back, that they were unwanted.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _, Func};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait as _,
    QueryFilter as _, QueryOrder as _,
};
use uuid::Uuid;

use super::Message;
use super::way::tell;
use crate::domain::MessageId;
use crate::domain::status::Delivery;
use crate::store::entity::message;

/// The message with this name.
///
/// # Errors
/// A database that refuses.
pub async fn by_id(db: &impl ConnectionTrait, id: MessageId) -> Result<Option<Message>, DbErr> {
    message::Entity::find_by_id(id).one(db).await
}

/// The message with this key.
///
/// # Errors
/// A database that refuses.
pub async fn by_key(db: &impl ConnectionTrait, key: &str) -> Result<Option<Message>, DbErr> {
    message::Entity::find().filter(message::Column::IdempotencyKey.eq(key)).one(db).await
}

/// The message that was made last for this address (in small letters).
///
/// # Errors
/// A database that refuses.
pub async fn latest_to(db: &impl ConnectionTrait, folded: &str) -> Result<Option<Message>, DbErr> {
    message::Entity::find()
        .filter(Func::lower(Expr::col(message::Column::Recipient)).eq(folded))
        .order_by_desc(message::Column::CreatedAt)
        .order_by_desc(message::Column::Id)
        .one(db)
        .await
}

/// Gives a message that left the state that it is in by what was heard of it, and tells its
/// history; `false`: it was not one that left, or this was known.
///
/// # Errors
/// A database that refuses.
pub async fn heard(
    tx: &DatabaseTransaction,
    id: MessageId,
    state: Delivery,
    detail: &str,
    event: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let changed = message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value(state))
        .col_expr(message::Column::LastReply, Expr::value(detail))
        .col_expr(message::Column::UpdatedAt, Expr::value(now))
        .filter(message::Column::Id.eq(id))
        .filter(message::Column::State.is_in([
            Delivery::Sent,
            Delivery::Written,
            Delivery::Unknown,
        ]))
        .exec(tx)
        .await?;
    if changed.rows_affected == 1 {
        tell(tx, event, id, state, detail, now).await?;
    }
    Ok(changed.rows_affected == 1)
}

/// Tells a message's history something that leaves it in its state.
///
/// # Errors
/// A database that refuses.
pub async fn noted(
    tx: &DatabaseTransaction,
    message: &Message,
    detail: &str,
    event: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    tell(tx, event, message.id, message.state, detail, now).await
}
