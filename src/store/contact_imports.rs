//! Lists of people that were brought and wait until the organizer has looked at them.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
};

use super::entity::contact_import;
use crate::domain::{ImportId, OrganizerId};

pub use contact_import::Model as Import;

/// Keeps a list.
pub async fn insert(db: &impl ConnectionTrait, import: Import) -> Result<(), DbErr> {
    let row = import.into_active_model().reset_all();
    contact_import::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// An organizer's own list of this name.
pub async fn own(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    id: ImportId,
) -> Result<Option<Import>, DbErr> {
    contact_import::Entity::find_by_id(id)
        .filter(contact_import::Column::OrganizerId.eq(organizer))
        .one(db)
        .await
}

/// The lists of an organizer that wait, the newest first.
pub async fn all_of(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
) -> Result<Vec<Import>, DbErr> {
    contact_import::Entity::find()
        .filter(contact_import::Column::OrganizerId.eq(organizer))
        .order_by_desc(contact_import::Column::CreatedAt)
        .all(db)
        .await
}

/// Lets nobody else import this list until the transaction ends.
pub async fn lock(db: &impl ConnectionTrait, id: ImportId) -> Result<(), DbErr> {
    contact_import::Entity::update_many()
        .col_expr(contact_import::Column::Name, Expr::col(contact_import::Column::Name))
        .filter(contact_import::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Keeps what was said about a list, and its text where that has changed.
pub async fn change(
    db: &impl ConnectionTrait,
    id: ImportId,
    choices: &str,
    content: Option<String>,
) -> Result<(), DbErr> {
    let mut update = contact_import::Entity::update_many()
        .col_expr(contact_import::Column::Choices, Expr::value(choices))
        .filter(contact_import::Column::Id.eq(id));
    if let Some(content) = content {
        update = update.col_expr(contact_import::Column::Content, Expr::value(content));
    }
    update.exec(db).await?;
    Ok(())
}

/// Throws a list away.
pub async fn delete(db: &impl ConnectionTrait, id: ImportId) -> Result<(), DbErr> {
    contact_import::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// Throws away what was brought before `until`.
pub async fn delete_stale(db: &impl ConnectionTrait, until: DateTime<Utc>) -> Result<(), DbErr> {
    contact_import::Entity::delete_many()
        .filter(contact_import::Column::CreatedAt.lt(until))
        .exec(db)
        .await?;
    Ok(())
}

/// Whether there is something that [`delete_stale`] would throw away.
pub async fn is_any_stale(db: &impl ConnectionTrait, until: DateTime<Utc>) -> Result<bool, DbErr> {
    let stale = contact_import::Entity::find().filter(contact_import::Column::CreatedAt.lt(until));
    Ok(stale.count(db).await? > 0)
}
