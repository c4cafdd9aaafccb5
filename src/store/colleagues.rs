//! Those who are asked to work on a questionnaire and have not answered yet.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
};

use super::entity::colleague;
use crate::domain::{ColleagueId, QuestionnaireId};

pub use colleague::Model as Colleague;

/// Keeps an invitation; one to the same address before is gone, and so is its link.
pub async fn keep(db: &impl ConnectionTrait, new: Colleague) -> Result<(), DbErr> {
    use colleague::Column;
    let same = OnConflict::columns([Column::QuestionnaireId, Column::AddressFolded])
        .update_columns([
            Column::Id,
            Column::Address,
            Column::Role,
            Column::TokenHash,
            Column::InvitedBy,
            Column::CreatedAt,
            Column::ExpiresAt,
        ])
        .to_owned();
    colleague::Entity::insert(new.into_active_model().reset_all())
        .on_conflict(same)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Those of a questionnaire whose links are good, by address.
pub async fn of(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    now: DateTime<Utc>,
) -> Result<Vec<Colleague>, DbErr> {
    colleague::Entity::find()
        .filter(colleague::Column::QuestionnaireId.eq(questionnaire))
        .filter(colleague::Column::ExpiresAt.gt(now))
        .order_by_asc(colleague::Column::AddressFolded)
        .all(db)
        .await
}

/// How many of a questionnaire have not answered, whether or not their links are good.
pub async fn count(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<u64, DbErr> {
    colleague::Entity::find()
        .filter(colleague::Column::QuestionnaireId.eq(questionnaire))
        .count(db)
        .await
}

/// The one whom a link is for, while it is good.
pub async fn by_token(
    db: &impl ConnectionTrait,
    token_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<Colleague>, DbErr> {
    colleague::Entity::find()
        .filter(colleague::Column::TokenHash.eq(token_hash))
        .filter(colleague::Column::ExpiresAt.gt(now))
        .one(db)
        .await
}

/// Removes an invitation; `false`: somebody else has, or it was used.
pub async fn delete(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    id: ColleagueId,
) -> Result<bool, DbErr> {
    let gone = colleague::Entity::delete_many()
        .filter(colleague::Column::Id.eq(id))
        .filter(colleague::Column::QuestionnaireId.eq(questionnaire))
        .exec(db)
        .await?;
    Ok(gone.rows_affected == 1)
}

/// Whether there are any whose links are too old.
pub async fn is_any_stale(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let stale = colleague::Column::ExpiresAt.lte(now);
    Ok(colleague::Entity::find().filter(stale).one(db).await?.is_some())
}

/// Removes those whose links are too old.
pub async fn delete_stale(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), DbErr> {
    let stale = colleague::Column::ExpiresAt.lte(now);
    colleague::Entity::delete_many().filter(stale).exec(db).await?;
    Ok(())
}
