//! Changes of the address with which an organizer signs in: until the new address has said yes, and
//! as long as the old one can take it back.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _,
};

use super::entity::address_change;
use crate::domain::{AddressChangeId, OrganizerId};

pub use address_change::Model as AddressChange;

/// Keeps a change; one that waits to be confirmed is gone, and so are its links.
pub async fn keep(tx: &impl ConnectionTrait, new: AddressChange) -> Result<(), DbErr> {
    drop_waiting(tx, new.organizer_id).await?;
    let row = new.into_active_model().reset_all();
    address_change::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Forgets the change that waits to be confirmed.
pub async fn drop_waiting(tx: &impl ConnectionTrait, of: OrganizerId) -> Result<(), DbErr> {
    address_change::Entity::delete_many()
        .filter(address_change::Column::OrganizerId.eq(of))
        .filter(address_change::Column::ConfirmedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// The change that waits to be confirmed, if there is one.
pub async fn waiting(
    db: &impl ConnectionTrait,
    of: OrganizerId,
    now: DateTime<Utc>,
) -> Result<Option<AddressChange>, DbErr> {
    address_change::Entity::find()
        .filter(address_change::Column::OrganizerId.eq(of))
        .filter(address_change::Column::ConfirmedAt.is_null())
        .filter(address_change::Column::ExpiresAt.gt(now))
        .one(db)
        .await
}

/// The change that the new address can confirm by this link.
pub async fn to_confirm(
    db: &impl ConnectionTrait,
    confirm_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<AddressChange>, DbErr> {
    address_change::Entity::find()
        .filter(address_change::Column::ConfirmHash.eq(confirm_hash))
        .filter(address_change::Column::ConfirmedAt.is_null())
        .filter(address_change::Column::ExpiresAt.gt(now))
        .one(db)
        .await
}

/// The change that the old address can take back by this link, confirmed or not.
pub async fn to_take_back(
    db: &impl ConnectionTrait,
    back_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<AddressChange>, DbErr> {
    address_change::Entity::find()
        .filter(address_change::Column::BackHash.eq(back_hash))
        .filter(address_change::Column::ExpiresAt.gt(now))
        .one(db)
        .await
}

/// Writes down that a change was confirmed, and until when it can be taken back; `false`: it was
/// confirmed before, or is gone.
pub async fn confirm(
    tx: &impl ConnectionTrait,
    id: AddressChangeId,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let changed = address_change::Entity::update_many()
        .col_expr(address_change::Column::ConfirmedAt, Expr::value(now))
        .col_expr(address_change::Column::ExpiresAt, Expr::value(until))
        .filter(address_change::Column::Id.eq(id))
        .filter(address_change::Column::ConfirmedAt.is_null())
        .exec(tx)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Forgets an organizer's changes that were asked for since then: their links open nothing.
pub async fn delete_since(
    tx: &impl ConnectionTrait,
    of: OrganizerId,
    since: DateTime<Utc>,
) -> Result<(), DbErr> {
    address_change::Entity::delete_many()
        .filter(address_change::Column::OrganizerId.eq(of))
        .filter(address_change::Column::AskedAt.gte(since))
        .exec(tx)
        .await?;
    Ok(())
}

/// Whether there are any whose time is over.
pub async fn is_any_stale(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let stale = address_change::Column::ExpiresAt.lte(now);
    Ok(address_change::Entity::find().filter(stale).one(db).await?.is_some())
}

/// Removes those whose time is over.
pub async fn delete_stale(tx: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), DbErr> {
    let stale = address_change::Column::ExpiresAt.lte(now);
    address_change::Entity::delete_many().filter(stale).exec(tx).await?;
    Ok(())
}
