//! What a reader wrote and asked us to keep until they go on with another device. Nobody else
//! sees it, and it is part of no result. One draft for each form: its id is that of the response
//! that the form makes.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Condition, Expr, ExprTrait as _, OnConflict, Query};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    QueryFilter as _,
};

use super::entity::{draft, response};
use crate::domain::DraftId;

pub use draft::Model as Draft;

/// Keeps a draft; what was kept of the same form before is gone, and so is its link.
pub async fn keep(db: &impl ConnectionTrait, draft: Draft) -> Result<(), DbErr> {
    let row: draft::ActiveModel = draft.into();
    let changed = [
        draft::Column::InvitationId,
        draft::Column::TokenHash,
        draft::Column::Language,
        draft::Column::Fields,
        draft::Column::UpdatedAt,
        draft::Column::ExpiresAt,
    ];
    draft::Entity::insert(row.reset_all())
        .on_conflict(OnConflict::column(draft::Column::Id).update_columns(changed).to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The draft that a link opens: until it expires, and until its form was sent.
pub async fn by_token(
    db: &impl ConnectionTrait,
    token_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<Draft>, DbErr> {
    draft::Entity::find()
        .filter(draft::Column::TokenHash.eq(token_hash))
        .filter(draft::Column::ExpiresAt.gt(now))
        .filter(sent().not())
        .one(db)
        .await
}

/// Removes a draft.
pub async fn delete(db: &impl ConnectionTrait, id: DraftId) -> Result<(), DbErr> {
    draft::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// Removes the draft that a link opens; whether there was one.
pub async fn delete_by_token(db: &impl ConnectionTrait, token_hash: &str) -> Result<bool, DbErr> {
    let gone = draft::Entity::delete_many()
        .filter(draft::Column::TokenHash.eq(token_hash))
        .exec(db)
        .await?;
    Ok(gone.rows_affected > 0)
}

/// Removes the drafts that have expired, and those whose form was sent since; how many.
pub async fn delete_stale(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let gone = draft::Entity::delete_many()
        .filter(Condition::any().add(draft::Column::ExpiresAt.lte(now)).add(sent()))
        .exec(db)
        .await?;
    Ok(gone.rows_affected)
}

/// Whether there is anything to remove: asked first, so that an idle service writes nothing.
pub async fn is_any_stale(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let stale = draft::Entity::find()
        .filter(Condition::any().add(draft::Column::ExpiresAt.lte(now)).add(sent()))
        .one(db)
        .await?;
    Ok(stale.is_some())
}

/// Its form was sent after it was kept.
fn sent() -> sea_orm::sea_query::SimpleExpr {
    let same = Expr::col((response::Entity, response::Column::Id))
        .equals((draft::Entity, draft::Column::Id));
    let since = Expr::col((response::Entity, response::Column::UpdatedAt))
        .gte(Expr::col((draft::Entity, draft::Column::UpdatedAt)));
    let query = Query::select()
        .column((response::Entity, response::Column::Id))
        .from(response::Entity)
        .and_where(same)
        .and_where(since)
        .to_owned();
    Expr::exists(query)
}
