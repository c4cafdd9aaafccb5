//! Messages that a worker left on the way, and those past their time or called off.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
};
use uuid::Uuid;

use super::way::{any, tell};
use crate::domain::MessageId;
use crate::domain::campaign::State;
use crate::domain::status::{Delivery, Purpose};
use crate::store::entity::{campaign, message};

/// Longest in one transaction.
const MANY: u64 = 1000;

/// What a worker has left: `owner` itself is there.
fn abandoned(owner: &str, now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(message::Column::LeaseOwner.ne(owner))
        .add(message::Column::State.is_in([Delivery::Claimed, Delivery::InData]))
        .add(message::Column::LeaseUntil.lt(now))
}

fn overdue(now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(message::Column::State.eq(Delivery::Queued))
        .add(message::Column::NotAfter.lte(now))
}

/// What still waits for a campaign that was called off: somebody had it in hand at that moment and
/// gave it back.
fn called_off() -> Condition {
    let over = campaign::Entity::find()
        .select_only()
        .column(campaign::Column::Id)
        .filter(campaign::Column::State.eq(State::Cancelled))
        .into_query();
    Condition::all()
        .add(message::Column::State.eq(Delivery::Queued))
        .add(message::Column::CampaignId.in_subquery(over))
}

fn strays(owner: &str, now: DateTime<Utc>) -> Condition {
    Condition::any().add(abandoned(owner, now)).add(overdue(now)).add(called_off())
}

/// Whether a message is past its time, called off, or was left by a worker that is gone.
pub async fn any_stray(
    db: &impl ConnectionTrait,
    owner: &str,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    any(db, strays(owner, now)).await
}

/// Puts messages right that a worker left, and ends those past their time or called off, a thousand
/// at a time at the most. What was being handed over is unknown from now on (what a calendar knows again is due
/// once more); what was only claimed is due again.
pub async fn put_right(
    tx: &DatabaseTransaction,
    owner: &str,
    now: DateTime<Utc>,
    name: impl Fn() -> Uuid,
) -> Result<u64, DbErr> {
    let strays: Vec<(MessageId, Delivery, Purpose, i32, DateTime<Utc>)> = message::Entity::find()
        .select_only()
        .columns([message::Column::Id, message::Column::State])
        .columns([message::Column::Purpose, message::Column::Doubts, message::Column::NotAfter])
        .filter(strays(owner, now))
        .order_by_asc(message::Column::Id)
        .limit(MANY)
        .into_tuple()
        .all(tx)
        .await?;
    let mut changed = 0;
    for (id, state, purpose, doubts, not_after) in strays {
        let (next, still, detail) = match state {
            Delivery::InData if purpose.is_calendar() && doubts == 0 => (
                Delivery::Queued,
                abandoned(owner, now),
                "the program ended while the mail was being handed over; a calendar knows it \
                 again, so it is sent once more",
            ),
            Delivery::InData => (
                Delivery::Unknown,
                abandoned(owner, now),
                "the program ended while the mail was being handed over",
            ),
            Delivery::Claimed => (
                Delivery::Queued,
                abandoned(owner, now),
                "the program ended before the mail was handed over; it is due again",
            ),
            _ if not_after <= now => {
                (Delivery::Expired, overdue(now), "its time was over before it could be sent")
            }
            _ => (Delivery::Cancelled, called_off(), "the campaign was called off"),
        };
        let handed_over = i32::from(state == Delivery::InData);
        let mut update = message::Entity::update_many()
            .col_expr(message::Column::State, Expr::value(next))
            .col_expr(message::Column::Doubts, Expr::value(doubts.saturating_add(handed_over)))
            .col_expr(message::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
            .col_expr(message::Column::UpdatedAt, Expr::value(now));
        if next != Delivery::Unknown {
            // Whoever had an unknown one may come back and know.
            update = update.col_expr(message::Column::LeaseOwner, Expr::value(None::<String>));
        }
        let updated = update
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
