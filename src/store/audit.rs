//! What organizers have done: lines are added, and removed when their time is over.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};

use super::entity::audit;
use crate::domain::{OrganizerId, QuestionnaireId};

pub use audit::Model as Line;

/// Adds a line.
pub async fn insert(db: &impl ConnectionTrait, line: Line) -> Result<(), DbErr> {
    audit::Entity::insert(line.into_active_model().reset_all()).exec_without_returning(db).await?;
    Ok(())
}

/// What was done with a questionnaire, newest first, a page of `size` from `page` 0.
pub async fn of_questionnaire(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    page: u64,
    size: u64,
) -> Result<Vec<Line>, DbErr> {
    let of = audit::Column::QuestionnaireId.eq(questionnaire);
    newest(audit::Entity::find().filter(of), page, size).all(db).await
}

/// What an organizer did, newest first, a page of `size` from `page` 0.
pub async fn of_organizer(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    page: u64,
    size: u64,
) -> Result<Vec<Line>, DbErr> {
    let of = audit::Column::OrganizerId.eq(organizer);
    newest(audit::Entity::find().filter(of), page, size).all(db).await
}

fn newest(query: Select<audit::Entity>, page: u64, size: u64) -> Select<audit::Entity> {
    query
        .order_by_desc(audit::Column::At)
        .order_by_desc(audit::Column::Id)
        .offset(page.saturating_mul(size))
        .limit(size)
}

/// Whether there is a line from before `until`.
pub async fn is_any_before(db: &impl ConnectionTrait, until: DateTime<Utc>) -> Result<bool, DbErr> {
    let old = audit::Column::At.lt(until);
    Ok(audit::Entity::find().filter(old).one(db).await?.is_some())
}

/// Removes the lines from before `until`.
pub async fn forget(db: &impl ConnectionTrait, until: DateTime<Utc>) -> Result<(), DbErr> {
    audit::Entity::delete_many().filter(audit::Column::At.lt(until)).exec(db).await?;
    Ok(())
}

/// Leaves open who did what an account that is erased has done.
pub async fn forget_who(db: &impl ConnectionTrait, organizer: OrganizerId) -> Result<(), DbErr> {
    audit::Entity::update_many()
        .col_expr(audit::Column::OrganizerId, Expr::value(None::<OrganizerId>))
        .filter(audit::Column::OrganizerId.eq(organizer))
        .exec(db)
        .await?;
    Ok(())
}
