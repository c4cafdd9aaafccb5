//! Signed-in browsers.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use super::entity::session;
use crate::domain::OrganizerId;

pub use session::Model as Session;

/// The session of this cookie, known by its hash, if it has not ended: neither its time is over,
/// nor was it left unused since `idle`.
pub async fn live(
    db: &impl ConnectionTrait,
    token_hash: &str,
    now: DateTime<Utc>,
    idle: DateTime<Utc>,
) -> Result<Option<Session>, DbErr> {
    session::Entity::find_by_id(token_hash.to_owned()).filter(lives(now, idle)).one(db).await
}

fn lives(now: DateTime<Utc>, idle: DateTime<Utc>) -> Condition {
    let used = Condition::any()
        .add(session::Column::SeenAt.gt(idle))
        .add(session::Column::CreatedAt.gt(idle));
    Condition::all().add(session::Column::ExpiresAt.gt(now)).add(used)
}

/// An organizer's sessions, the one that was used last first.
pub async fn of(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    now: DateTime<Utc>,
    idle: DateTime<Utc>,
) -> Result<Vec<Session>, DbErr> {
    let mut all = session::Entity::find()
        .filter(session::Column::OrganizerId.eq(organizer))
        .filter(lives(now, idle))
        .order_by_desc(session::Column::CreatedAt)
        .all(db)
        .await?;
    all.sort_by_key(|one| std::cmp::Reverse(one.seen_at.unwrap_or(one.created_at)));
    Ok(all)
}

/// Writes down that a session was used, and in which browser.
pub async fn seen(
    db: &impl ConnectionTrait,
    token_hash: &str,
    browser: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    session::Entity::update_many()
        .col_expr(session::Column::SeenAt, Expr::value(now))
        .col_expr(session::Column::Browser, Expr::value(browser))
        .filter(session::Column::TokenHash.eq(token_hash))
        .exec(db)
        .await?;
    Ok(())
}

/// Ends some of an organizer's sessions: those with these hashes.
pub async fn end(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    hashes: &[String],
) -> Result<(), DbErr> {
    session::Entity::delete_many()
        .filter(session::Column::OrganizerId.eq(organizer))
        .filter(session::Column::TokenHash.is_in(hashes.iter().map(String::as_str)))
        .exec(db)
        .await?;
    Ok(())
}

/// Ends all of an organizer's sessions but the one with this hash.
pub async fn end_others(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    stays: &str,
) -> Result<(), DbErr> {
    session::Entity::delete_many()
        .filter(session::Column::OrganizerId.eq(organizer))
        .filter(session::Column::TokenHash.ne(stays))
        .exec(db)
        .await?;
    Ok(())
}

/// Whether there are sessions that have ended.
pub async fn is_any_over(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    idle: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let over = session::Entity::find().filter(lives(now, idle).not());
    Ok(over.one(db).await?.is_some())
}

/// Removes the sessions that have ended.
pub async fn forget(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    idle: DateTime<Utc>,
) -> Result<(), DbErr> {
    session::Entity::delete_many().filter(lives(now, idle).not()).exec(db).await?;
    Ok(())
}
