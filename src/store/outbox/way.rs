//! The way of a message: queued, claimed, in data, then sent or one of the other ends. Each step
//! is a conditional update, so that of two workers only one goes on.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr,
    EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};
use uuid::Uuid;

use super::Message;
use crate::domain::MessageId;
use crate::domain::status::{Delivery, Purpose};
use crate::store::entity::{message, message_event};

/// A worker's hold on one message: lost when the time is over, or when another has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// The message.
    pub message: MessageId,
    /// Whose it is: a name made when the worker started.
    pub owner: String,
}

/// What becomes of a message that a worker had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fate {
    /// Its state from now on.
    pub state: Delivery,
    /// What is told about it, for people.
    pub detail: String,
    /// Whether the detail goes into the message's history.
    pub told: bool,
    /// How often it has now been tried.
    pub attempts: i32,
    /// When it is tried next; of no meaning in a final state.
    pub next_at: DateTime<Utc>,
}

fn waiting(now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(message::Column::State.eq(Delivery::Queued))
        .add(message::Column::NextAt.lte(now))
}

/// Whether a message is due.
pub async fn any_due(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<bool, DbErr> {
    any(db, waiting(now)).await
}

pub(super) async fn any(db: &impl ConnectionTrait, which: Condition) -> Result<bool, DbErr> {
    let found: Option<MessageId> = message::Entity::find()
        .select_only()
        .column(message::Column::Id)
        .filter(which)
        .into_tuple()
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// Takes the message that is due for longest (links to sign in before all others) until `until`.
pub async fn claim(
    tx: &DatabaseTransaction,
    owner: &str,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<Message>, DbErr> {
    let mut due = message::Entity::find()
        .select_only()
        .column(message::Column::Id)
        .filter(waiting(now))
        .order_by_desc(message::Column::Purpose.eq(Purpose::SignIn))
        .order_by_asc(message::Column::NextAt)
        .order_by_asc(message::Column::Id);
    if tx.get_database_backend() == DbBackend::Postgres {
        // Two workers must not wait for each other, nor take the same one.
        due = due.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let Some(id) = due.into_tuple::<MessageId>().one(tx).await? else { return Ok(None) };
    let claimed = message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value(Delivery::Claimed))
        .col_expr(message::Column::LeaseOwner, Expr::value(owner))
        .col_expr(message::Column::LeaseUntil, Expr::value(until))
        .col_expr(message::Column::UpdatedAt, Expr::value(now))
        .filter(message::Column::Id.eq(id))
        .filter(message::Column::State.eq(Delivery::Queued))
        .exec(tx)
        .await?;
    if claimed.rows_affected == 0 {
        return Ok(None);
    }
    message::Entity::find_by_id(id).one(tx).await
}

/// Keeps hold of a message for longer; `false`: another has it.
pub async fn renew(
    db: &impl ConnectionTrait,
    lease: &Lease,
    until: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let held = message::Entity::update_many()
        .col_expr(message::Column::LeaseUntil, Expr::value(until))
        .filter(held_by(lease))
        .exec(db)
        .await?;
    Ok(held.rows_affected == 1)
}

/// Writes down that the text is about to be handed over; `false`: another has the message, and
/// it must not be.
pub async fn begin_data(
    db: &impl ConnectionTrait,
    lease: &Lease,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let begun = message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value(Delivery::InData))
        .col_expr(message::Column::LeaseUntil, Expr::value(until))
        .col_expr(message::Column::UpdatedAt, Expr::value(now))
        .filter(held_by(lease))
        .filter(message::Column::State.eq(Delivery::Claimed))
        .exec(db)
        .await?;
    Ok(begun.rows_affected == 1)
}

/// Gives a message its fate and lets go of it; `false`: another has it.
pub async fn finish(
    tx: &DatabaseTransaction,
    lease: &Lease,
    fate: &Fate,
    event: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let finished = message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value(fate.state))
        .col_expr(message::Column::Attempts, Expr::value(fate.attempts))
        .col_expr(message::Column::NextAt, Expr::value(fate.next_at))
        .col_expr(message::Column::LastReply, Expr::value(fate.detail.clone()))
        .col_expr(message::Column::LeaseOwner, Expr::value(None::<String>))
        .col_expr(message::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(message::Column::UpdatedAt, Expr::value(now))
        .filter(held_by(lease))
        .exec(tx)
        .await?;
    if finished.rows_affected == 0 {
        return Ok(false);
    }
    if fate.told {
        tell(tx, event, lease.message, fate.state, &fate.detail, now).await?;
    }
    Ok(true)
}

fn held_by(lease: &Lease) -> Condition {
    Condition::all()
        .add(message::Column::Id.eq(lease.message))
        .add(message::Column::LeaseOwner.eq(lease.owner.as_str()))
}

/// Ends invitations and reminders to `recipient` that wait: they must not be written to.
pub async fn hold_back(
    tx: &DatabaseTransaction,
    recipient: &str,
    detail: &str,
    now: DateTime<Utc>,
    name: impl Fn() -> Uuid,
) -> Result<(), DbErr> {
    let asks = Condition::all()
        .add(message::Column::State.eq(Delivery::Queued))
        .add(message::Column::Purpose.is_in([Purpose::Invitation, Purpose::Reminder]))
        .add(message::Column::Recipient.eq(recipient));
    let waiting: Vec<MessageId> = message::Entity::find()
        .select_only()
        .column(message::Column::Id)
        .filter(asks.clone())
        .into_tuple()
        .all(tx)
        .await?;
    for id in waiting {
        let held = message::Entity::update_many()
            .col_expr(message::Column::State, Expr::value(Delivery::Suppressed))
            .col_expr(message::Column::UpdatedAt, Expr::value(now))
            .filter(message::Column::Id.eq(id))
            .filter(asks.clone())
            .exec(tx)
            .await?;
        if held.rows_affected == 1 {
            tell(tx, name(), id, Delivery::Suppressed, detail, now).await?;
        }
    }
    Ok(())
}

pub(super) async fn tell(
    db: &impl ConnectionTrait,
    id: Uuid,
    of: MessageId,
    state: Delivery,
    detail: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    message_event::Entity::insert(message_event::ActiveModel {
        id: Set(id),
        message_id: Set(of),
        state: Set(state),
        detail: Set(detail.to_owned()),
        created_at: Set(now),
    })
    .exec_without_returning(db)
    .await?;
    Ok(())
}
