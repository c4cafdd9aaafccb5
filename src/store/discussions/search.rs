//! The search for a plan that runs, or ran last: one for each discussion.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _,
};
use uuid::Uuid;

use super::super::entity::seating;
use crate::domain::DiscussionId;
use crate::domain::status::Searching;

pub use seating::Model as Search;

/// The search of a discussion.
///
/// # Errors
/// A database that refuses.
pub async fn of(db: &impl ConnectionTrait, id: DiscussionId) -> Result<Option<Search>, DbErr> {
    seating::Entity::find_by_id(id).one(db).await
}

/// Begins a search, in place of the one before.
///
/// # Errors
/// A database that refuses.
pub async fn begin(db: &impl ConnectionTrait, search: Search) -> Result<(), DbErr> {
    seating::Entity::delete_by_id(search.discussion_id).exec(db).await?;
    let row = search.into_active_model().reset_all();
    seating::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Keeps what became of a search; `false`: it was given up for another one.
///
/// # Errors
/// A database that refuses.
pub async fn end(
    db: &impl ConnectionTrait,
    run: Uuid,
    state: Searching,
    said: &str,
) -> Result<bool, DbErr> {
    let ended = seating::Entity::update_many()
        .col_expr(seating::Column::State, Expr::value(state))
        .col_expr(seating::Column::Said, Expr::value(said))
        .filter(seating::Column::Run.eq(run))
        .filter(seating::Column::State.eq(Searching::Running))
        .exec(db)
        .await?;
    Ok(ended.rows_affected > 0)
}

/// Keeps how far a search is; whether it goes on.
///
/// # Errors
/// A database that refuses.
pub async fn beat(
    db: &impl ConnectionTrait,
    run: Uuid,
    steps_done: i64,
    at: DateTime<Utc>,
) -> Result<bool, DbErr> {
    seating::Entity::update_many()
        .col_expr(seating::Column::StepsDone, Expr::value(steps_done))
        .col_expr(seating::Column::BeatAt, Expr::value(at))
        .filter(seating::Column::Run.eq(run))
        .exec(db)
        .await?;
    let found = seating::Entity::find().filter(seating::Column::Run.eq(run)).one(db).await?;
    Ok(found.is_some_and(|search| search.state == Searching::Running && !search.stop))
}

/// Asks a search to stop with the best plan so far.
///
/// # Errors
/// A database that refuses.
pub async fn stop(db: &impl ConnectionTrait, id: DiscussionId) -> Result<(), DbErr> {
    seating::Entity::update_many()
        .col_expr(seating::Column::Stop, Expr::value(true))
        .filter(seating::Column::DiscussionId.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Whether there is a search that nobody has been at since `until`.
///
/// # Errors
/// A database that refuses.
pub async fn any_left(db: &impl ConnectionTrait, until: DateTime<Utc>) -> Result<bool, DbErr> {
    let left = seating::Entity::find()
        .filter(seating::Column::State.eq(Searching::Running))
        .filter(seating::Column::BeatAt.lt(until));
    Ok(left.one(db).await?.is_some())
}

/// Takes over a search that nobody has been at since `until`: under the new name `run`.
///
/// # Errors
/// A database that refuses.
pub async fn adopt(
    db: &impl ConnectionTrait,
    until: DateTime<Utc>,
    run: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Search>, DbErr> {
    let left = seating::Entity::find()
        .filter(seating::Column::State.eq(Searching::Running))
        .filter(seating::Column::BeatAt.lt(until))
        .one(db)
        .await?;
    let Some(left) = left else { return Ok(None) };
    let taken = seating::Entity::update_many()
        .col_expr(seating::Column::Run, Expr::value(run))
        .col_expr(seating::Column::BeatAt, Expr::value(now))
        .filter(seating::Column::Run.eq(left.run))
        .filter(seating::Column::BeatAt.lt(until))
        .exec(db)
        .await?;
    Ok((taken.rows_affected > 0).then_some(Search { run, beat_at: now, ..left }))
}
