//! The changes of a plan by hand: appended, and marked as undone.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
};

use super::super::entity::plan_change;
use crate::domain::{ChangeId, DiscussionId};

pub use plan_change::Model as PlanChange;

/// Every change of a discussion's plan, oldest first.
///
/// # Errors
/// A database that refuses.
pub async fn all(db: &impl ConnectionTrait, of: DiscussionId) -> Result<Vec<PlanChange>, DbErr> {
    plan_change::Entity::find()
        .filter(plan_change::Column::DiscussionId.eq(of))
        .order_by_asc(plan_change::Column::Number)
        .all(db)
        .await
}

/// Appends a change.
///
/// # Errors
/// A database that refuses.
pub async fn append(db: &impl ConnectionTrait, change: PlanChange) -> Result<(), DbErr> {
    let row = change.into_active_model().reset_all();
    plan_change::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Marks a change as undone, or as done again.
///
/// # Errors
/// A database that refuses.
pub async fn mark(
    db: &impl ConnectionTrait,
    id: ChangeId,
    undone_at: Option<DateTime<Utc>>,
) -> Result<(), DbErr> {
    plan_change::Entity::update_many()
        .col_expr(plan_change::Column::UndoneAt, Expr::value(undone_at))
        .filter(plan_change::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}
