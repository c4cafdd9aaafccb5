//! What webhooks are told, on its way: claimed, told, tried again, forgotten.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr,
    EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
};

use super::{Notice, Webhook, notice, webhook};
use crate::domain::webhook::Telling;
use crate::domain::{NoticeId, ResponseId, WebhookId};
use crate::store::deletions;

/// So many of one webhook are told at once, so that a slow one holds up no other.
const OF_ONE: u64 = 4;
/// So many webhooks are told at once.
const HOOKS: u64 = 16;
/// Whoever has claimed one tells it within this time, or another does.
const LEASE: TimeDelta = TimeDelta::minutes(2);

fn due(now: DateTime<Utc>) -> Condition {
    let free = Condition::any()
        .add(notice::Column::LeaseUntil.is_null())
        .add(notice::Column::LeaseUntil.lte(now));
    // What is deleted is silent until it is taken back, or gone.
    let silent = webhook::Entity::find()
        .select_only()
        .column(webhook::Column::Id)
        .filter(webhook::Column::QuestionnaireId.in_subquery(deletions::questionnaires()))
        .into_query();
    Condition::all()
        .add(notice::Column::State.eq(Telling::Waiting))
        .add(notice::Column::NextAt.lte(now))
        .add(notice::Column::WebhookId.not_in_subquery(silent))
        .add(free)
}

/// Whether anything is to be told now.
pub async fn is_any_due(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<bool, DbErr> {
    Ok(notice::Entity::find().filter(due(now)).limit(1).one(db).await?.is_some())
}

/// Claims some of what is to be told, each with its webhook.
///
/// # Errors
/// A database that refuses.
pub async fn claim(
    tx: &DatabaseTransaction,
    now: DateTime<Utc>,
) -> Result<Vec<(Webhook, Notice)>, DbErr> {
    let hooks: Vec<WebhookId> = notice::Entity::find()
        .select_only()
        .column(notice::Column::WebhookId)
        .filter(due(now))
        .group_by(notice::Column::WebhookId)
        .order_by_asc(notice::Column::NextAt.min())
        .limit(HOOKS)
        .into_tuple()
        .all(tx)
        .await?;
    let mut claimed = vec![];
    let hooks = webhook::Entity::find().filter(webhook::Column::Id.is_in(hooks)).all(tx).await?;
    for hook in hooks {
        let mut query = notice::Entity::find()
            .filter(due(now))
            .filter(notice::Column::WebhookId.eq(hook.id))
            .order_by_asc(notice::Column::NextAt)
            .order_by_asc(notice::Column::Id)
            .limit(OF_ONE);
        if tx.get_database_backend() == DbBackend::Postgres {
            query = query.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
        }
        for notice in query.all(tx).await? {
            claimed.push((hook.clone(), notice));
        }
    }
    let ids = claimed.iter().map(|(_, notice)| notice.id);
    notice::Entity::update_many()
        .col_expr(notice::Column::LeaseUntil, Expr::value(Some(now + LEASE)))
        .filter(notice::Column::Id.is_in(ids))
        .exec(tx)
        .await?;
    Ok(claimed)
}

/// Keeps how telling one went. One that was erased meanwhile stays erased.
///
/// # Errors
/// A database that refuses.
pub async fn settle(db: &impl ConnectionTrait, notice: &Notice) -> Result<(), DbErr> {
    notice::Entity::update_many()
        .col_expr(notice::Column::State, Expr::value(notice.state))
        .col_expr(notice::Column::Attempts, Expr::value(notice.attempts))
        .col_expr(notice::Column::NextAt, Expr::value(notice.next_at))
        .col_expr(notice::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(notice::Column::LastStatus, Expr::value(notice.last_status))
        .col_expr(notice::Column::LastSaid, Expr::value(notice.last_said.clone()))
        .col_expr(notice::Column::ToldAt, Expr::value(notice.told_at))
        .filter(notice::Column::Id.eq(notice.id))
        .exec(db)
        .await?;
    Ok(())
}

/// Holds back what a webhook is still to be told, or lets it go on at `now`.
///
/// # Errors
/// A database that refuses.
pub async fn pause(
    db: &impl ConnectionTrait,
    hook: WebhookId,
    paused: bool,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let (on, off) = (Telling::Waiting, Telling::Paused);
    let (from, to) = if paused { (on, off) } else { (off, on) };
    notice::Entity::update_many()
        .col_expr(notice::Column::State, Expr::value(to))
        .col_expr(notice::Column::NextAt, Expr::value(now))
        .filter(notice::Column::WebhookId.eq(hook))
        .filter(notice::Column::State.eq(from))
        .exec(db)
        .await?;
    Ok(())
}

/// The last notices of a webhook, the newest first.
///
/// # Errors
/// A database that refuses.
pub async fn last_of(
    db: &impl ConnectionTrait,
    hook: WebhookId,
    most: u64,
) -> Result<Vec<Notice>, DbErr> {
    notice::Entity::find()
        .filter(notice::Column::WebhookId.eq(hook))
        .order_by_desc(notice::Column::CreatedAt)
        .order_by_asc(notice::Column::Id)
        .limit(most)
        .all(db)
        .await
}

/// How many are still to be told.
///
/// # Errors
/// A database that refuses.
pub async fn waiting(db: &impl ConnectionTrait, hook: WebhookId) -> Result<u64, DbErr> {
    notice::Entity::find()
        .filter(notice::Column::WebhookId.eq(hook))
        .filter(notice::Column::State.is_in([Telling::Waiting, Telling::Paused]))
        .count(db)
        .await
}

/// One notice of a webhook.
///
/// # Errors
/// A database that refuses.
pub async fn by_id(
    db: &impl ConnectionTrait,
    hook: WebhookId,
    id: NoticeId,
) -> Result<Option<Notice>, DbErr> {
    notice::Entity::find_by_id(id).filter(notice::Column::WebhookId.eq(hook)).one(db).await
}

/// Removes everything that was or would be told of a response: it is being erased.
///
/// # Errors
/// A database that refuses.
pub async fn forget_response(db: &impl ConnectionTrait, response: ResponseId) -> Result<(), DbErr> {
    notice::Entity::delete_many().filter(notice::Column::ResponseId.eq(response)).exec(db).await?;
    Ok(())
}

/// Whether any notice is older than `until`.
///
/// # Errors
/// A database that refuses.
pub async fn is_any_stale(db: &impl ConnectionTrait, until: DateTime<Utc>) -> Result<bool, DbErr> {
    let stale = notice::Entity::find().filter(notice::Column::CreatedAt.lte(until));
    Ok(stale.limit(1).one(db).await?.is_some())
}

/// Removes notices older than `until`, told or not.
///
/// # Errors
/// A database that refuses.
pub async fn delete_stale(db: &impl ConnectionTrait, until: DateTime<Utc>) -> Result<(), DbErr> {
    notice::Entity::delete_many().filter(notice::Column::CreatedAt.lte(until)).exec(db).await?;
    Ok(())
}
