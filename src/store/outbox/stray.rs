//! Messages that a worker left on the way, and those past their time.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::way::{any, tell};
use crate::domain::MessageId;
use crate::domain::status::Delivery;
use crate::store::entity::message;

fn abandoned(now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(message::Column::State.is_in([Delivery::Claimed, Delivery::InData]))
        .add(message::Column::LeaseUntil.lt(now))
}

fn overdue(now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(message::Column::State.eq(Delivery::Queued))
        .add(message::Column::NotAfter.lte(now))
}

/// Whether a message is past its time or was left by a worker that is gone.
pub async fn any_stray(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<bool, DbErr> {
    any(db, Condition::any().add(abandoned(now)).add(overdue(now))).await
}

/// Puts messages right that a worker left, and ends those past their time. What was being handed
/// over is unknown from now on; what was only claimed is due again.
pub async fn put_right(
    tx: &DatabaseTransaction,
    now: DateTime<Utc>,
    name: impl Fn() -> Uuid,
) -> Result<u64, DbErr> {
    let strays: Vec<(MessageId, Delivery)> = message::Entity::find()
        .select_only()
        .columns([message::Column::Id, message::Column::State])
        .filter(Condition::any().add(abandoned(now)).add(overdue(now)))
        .order_by_asc(message::Column::Id)
        .into_tuple()
        .all(tx)
        .await?;
    let mut changed = 0;
    for (id, state) in strays {
        let (next, still, detail) = match state {
            Delivery::InData => (
                Delivery::Unknown,
                abandoned(now),
                "the program ended while the mail was being handed over",
            ),
            Delivery::Claimed => (
                Delivery::Queued,
                abandoned(now),
                "the program ended before the mail was handed over; it is due again",
            ),
            _ => (Delivery::Expired, overdue(now), "its time was over before it could be sent"),
        };
        let updated = message::Entity::update_many()
            .col_expr(message::Column::State, Expr::value(next))
            .col_expr(message::Column::LeaseOwner, Expr::value(None::<String>))
            .col_expr(message::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
            .col_expr(message::Column::UpdatedAt, Expr::value(now))
            .filter(message::Column::Id.eq(id))
            .filter(message::Column::State.eq(state))
            .filter(still)
            .exec(tx)
            .await?
            .rows_affected;
        if updated == 1 {
            tell(tx, name(), id, next, detail, now).await?;
        }
        changed += updated;
    }
    Ok(changed)
}
