//! Tokens with which programs speak for an organizer.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
};

use super::deletions;
use super::entity::{api_token, organizer};
use crate::domain::{OrganizerId, TokenId};
use crate::store::organizers::Organizer;

pub use api_token::Model as Token;

/// Keeps a token.
pub async fn insert(db: &impl ConnectionTrait, token: Token) -> Result<(), DbErr> {
    let row = token.into_active_model().reset_all();
    api_token::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The token with this hash that is still good, and whose it is. While an account waits to be
/// erased, none of its tokens is.
pub async fn by_hash(
    db: &impl ConnectionTrait,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<(Token, Organizer)>, DbErr> {
    let good = Condition::any()
        .add(api_token::Column::ExpiresAt.is_null())
        .add(api_token::Column::ExpiresAt.gt(now));
    let token = api_token::Entity::find()
        .filter(api_token::Column::TokenHash.eq(hash))
        .filter(good)
        .one(db)
        .await?;
    let Some(token) = token else { return Ok(None) };
    if deletions::of_organizer(db, token.organizer_id).await?.is_some() {
        return Ok(None);
    }
    let whose = organizer::Entity::find_by_id(token.organizer_id).one(db).await?;
    Ok(whose.map(|whose| (token, whose)))
}

/// An organizer's tokens, the newest first.
pub async fn all_of(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
) -> Result<Vec<Token>, DbErr> {
    api_token::Entity::find()
        .filter(api_token::Column::OrganizerId.eq(organizer))
        .order_by_desc(api_token::Column::CreatedAt)
        .order_by_asc(api_token::Column::Id)
        .all(db)
        .await
}

/// Removes an organizer's own token; whether it was there.
pub async fn delete(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    id: TokenId,
) -> Result<bool, DbErr> {
    let gone = api_token::Entity::delete_many()
        .filter(api_token::Column::Id.eq(id))
        .filter(api_token::Column::OrganizerId.eq(organizer))
        .exec(db)
        .await?;
    Ok(gone.rows_affected > 0)
}

/// Removes an organizer's tokens that were made since then.
pub async fn delete_since(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    since: DateTime<Utc>,
) -> Result<(), DbErr> {
    api_token::Entity::delete_many()
        .filter(api_token::Column::OrganizerId.eq(organizer))
        .filter(api_token::Column::CreatedAt.gte(since))
        .exec(db)
        .await?;
    Ok(())
}

/// Writes down on which day a token was used last.
pub async fn used(db: &impl ConnectionTrait, id: TokenId, on: NaiveDate) -> Result<(), DbErr> {
    api_token::Entity::update_many()
        .col_expr(api_token::Column::UsedOn, Expr::value(on))
        .filter(api_token::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}
