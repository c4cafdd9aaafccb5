//! The way of a message: queued, claimed, in data, then sent or one of the other ends. Each step
//! is a conditional update, so that of two workers only one goes on.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait as _,
    QueryFilter as _, QuerySelect as _, QueryTrait as _, Set, UpdateMany,
};
use uuid::Uuid;

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
    /// What goes into the message's history; `None`: nothing that is not there already.
    pub told: Option<String>,
    /// What was said about it last; `None`: what was said before stays.
    pub said: Option<Said>,
    /// How often it has now been tried.
    pub attempts: i32,
    /// How often it was handed over without an answer.
    pub doubts: i32,
    /// When it was tried first.
    pub tried_at: Option<DateTime<Utc>>,
    /// When it is tried next; of no meaning in a final state.
    pub next_at: DateTime<Utc>,
}

/// What was said about a message at the end of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The server's words, or ours.
    pub reply: String,
    /// Its code (RFC 5321), if a server said it.
    pub code: Option<i32>,
    /// Its enhanced code (RFC 3463), such as `5.1.1`.
    pub enhanced: Option<String>,
    /// How far the conversation had come.
    pub stage: Option<&'static str>,
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

/// Keeps hold of everything that `owner` has until `until`.
pub async fn renew(
    db: &impl ConnectionTrait,
    owner: &str,
    until: DateTime<Utc>,
) -> Result<(), DbErr> {
    message::Entity::update_many()
        .col_expr(message::Column::LeaseUntil, Expr::value(until))
        .filter(message::Column::State.is_in([Delivery::Claimed, Delivery::InData]))
        .filter(message::Column::LeaseOwner.eq(owner))
        .exec(db)
        .await?;
    Ok(())
}

/// Gives messages back that were taken and not begun: they are due as they were.
pub async fn release(
    db: &impl ConnectionTrait,
    owner: &str,
    ids: &[MessageId],
) -> Result<u64, DbErr> {
    let released = message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value(Delivery::Queued))
        .col_expr(message::Column::LeaseOwner, Expr::value(None::<String>))
        .col_expr(message::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(message::Column::Id.is_in(ids.iter().copied()))
        .filter(message::Column::LeaseOwner.eq(owner))
        .filter(is_yet([Delivery::Claimed]))
        .exec(db)
        .await?;
    Ok(released.rows_affected)
}

/// Writes down that the texts of these are about to be handed over; those that it is true of.
/// The others are no longer `owner`'s, and must not be.
pub async fn begin_data(
    db: &impl ConnectionTrait,
    owner: &str,
    ids: &[MessageId],
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<MessageId>, DbErr> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let begun = message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value(Delivery::InData))
        .col_expr(message::Column::LeaseUntil, Expr::value(until))
        .col_expr(message::Column::UpdatedAt, Expr::value(now))
        .filter(message::Column::Id.is_in(ids.iter().copied()))
        .filter(message::Column::LeaseOwner.eq(owner))
        .filter(is_yet([Delivery::Claimed]));
    changed(db, begun).await
}

/// Makes the change, and says which messages it changed: their names alone come back.
async fn changed(
    db: &impl ConnectionTrait,
    update: UpdateMany<message::Entity>,
) -> Result<Vec<MessageId>, DbErr> {
    let mut update = update.into_query();
    update.returning_col(message::Column::Id);
    let rows = db.query_all(&update).await?;
    rows.into_iter().map(|row| row.try_get("", "id")).collect()
}

/// Gives a message its fate and lets go of it; `false`: another has it. Tell it with [`tell_all`].
/// A worker that was thought
/// to be gone, and comes back with an answer, still puts an unknown end right.
pub async fn finish(
    tx: &DatabaseTransaction,
    lease: &Lease,
    fate: &Fate,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let mut update = message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value(fate.state))
        .col_expr(message::Column::Attempts, Expr::value(fate.attempts))
        .col_expr(message::Column::Doubts, Expr::value(fate.doubts))
        .col_expr(message::Column::TriedAt, Expr::value(fate.tried_at))
        .col_expr(message::Column::NextAt, Expr::value(fate.next_at))
        .col_expr(message::Column::LeaseOwner, Expr::value(None::<String>))
        .col_expr(message::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(message::Column::UpdatedAt, Expr::value(now));
    if let Some(said) = &fate.said {
        update = update
            .col_expr(message::Column::LastReply, Expr::value(said.reply.clone()))
            .col_expr(message::Column::LastCode, Expr::value(said.code))
            .col_expr(message::Column::LastEnhanced, Expr::value(said.enhanced.clone()))
            .col_expr(message::Column::LastStage, Expr::value(said.stage.map(str::to_owned)));
    }
    let finished = update
        .filter(message::Column::Id.eq(lease.message))
        .filter(owned(&lease.owner))
        .exec(tx)
        .await?;
    Ok(finished.rows_affected == 1)
}

/// As [`finish`] for messages that the server has taken, all at once: each with the server's words.
/// The codes must be the same for all. Which of them were `owner`'s.
pub async fn finish_sent(
    tx: &DatabaseTransaction,
    owner: &str,
    sent: &[(MessageId, &Said)],
    now: DateTime<Utc>,
) -> Result<Vec<MessageId>, DbErr> {
    let Some((_, first)) = sent.first() else { return Ok(vec![]) };
    let mut replies = CaseStatement::new();
    for (id, said) in sent {
        replies = replies.case(message::Column::Id.eq(*id), Expr::value(said.reply.clone()));
    }
    let attempts = Expr::col(message::Column::Attempts).add(1);
    let tried = Expr::col(message::Column::TriedAt).if_null(now);
    let finished = message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value(Delivery::Sent))
        .col_expr(message::Column::Attempts, attempts)
        .col_expr(message::Column::TriedAt, tried)
        .col_expr(message::Column::LeaseOwner, Expr::value(None::<String>))
        .col_expr(message::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(message::Column::UpdatedAt, Expr::value(now))
        .col_expr(message::Column::LastReply, replies.into())
        .col_expr(message::Column::LastCode, Expr::value(first.code))
        .col_expr(message::Column::LastEnhanced, Expr::value(first.enhanced.clone()))
        .col_expr(message::Column::LastStage, Expr::value(first.stage.map(str::to_owned)))
        .filter(message::Column::Id.is_in(sent.iter().map(|(id, _)| *id)))
        .filter(owned(owner));
    changed(tx, finished).await
}

/// What is in the hands of `owner`, or was thought to be in nobody's.
pub(super) fn owned(owner: &str) -> Condition {
    Condition::all().add(message::Column::LeaseOwner.eq(owner)).add(is_yet([
        Delivery::Claimed,
        Delivery::InData,
        Delivery::Unknown,
    ]))
}

/// The state of messages that are named by their ids. PostgreSQL would rather look for them in the
/// index of states, where few seem to be in hand; while many leave, it is full of those that were.
fn is_yet(states: impl IntoIterator<Item = Delivery>) -> Expr {
    message::Column::State.is_in(states).is(Expr::Constant(true.into()))
}

/// Ends what goes to many (invitations, reminders, thanks, briefs) and waits for `recipient`: they must
/// not be written to.
pub async fn hold_back(
    tx: &DatabaseTransaction,
    recipient: &str,
    detail: &str,
    now: DateTime<Utc>,
    name: impl Fn() -> Uuid,
) -> Result<(), DbErr> {
    let asks = Condition::all()
        .add(message::Column::State.eq(Delivery::Queued))
        .add(message::Column::Purpose.is_in([
            Purpose::Invitation,
            Purpose::Reminder,
            Purpose::Thanks,
            Purpose::Brief,
        ]))
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

/// Writes lines of histories: a name for each, of which message, its state, and the words.
pub async fn tell_all(
    db: &impl ConnectionTrait,
    lines: Vec<(Uuid, MessageId, Delivery, String)>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if lines.is_empty() {
        return Ok(());
    }
    let rows = lines.into_iter().map(|(id, of, state, detail)| message_event::ActiveModel {
        id: Set(id),
        message_id: Set(of),
        state: Set(state),
        detail: Set(detail),
        created_at: Set(now),
    });
    message_event::Entity::insert_many(rows).exec_without_returning(db).await?;
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
