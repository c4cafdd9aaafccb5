//! Mailboxes that are looked into: up to where each was read, and which node looks just now.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, Set,
};

use super::entity::mailbox;

pub use mailbox::Model as Mailbox;

/// What is known of a mailbox.
///
/// # Errors
/// A database that refuses.
pub async fn by_name(db: &impl ConnectionTrait, name: &str) -> Result<Option<Mailbox>, DbErr> {
    mailbox::Entity::find_by_id(name.to_owned()).one(db).await
}

/// Takes a mailbox until then, or keeps it for longer; `false`: another node has it.
///
/// # Errors
/// A database that refuses.
pub async fn take(
    db: &impl ConnectionTrait,
    name: &str,
    owner: &str,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let new = mailbox::ActiveModel {
        name: Set(name.to_owned()),
        validity: Set(0),
        last: Set(0),
        lease_owner: Set(None),
        lease_until: Set(None),
        trouble: Set(None),
        looked_at: Set(None),
    };
    mailbox::Entity::insert(new)
        .on_conflict(OnConflict::column(mailbox::Column::Name).do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    let free = Condition::any()
        .add(mailbox::Column::LeaseOwner.is_null())
        .add(mailbox::Column::LeaseOwner.eq(owner))
        .add(mailbox::Column::LeaseUntil.lt(now));
    let taken = mailbox::Entity::update_many()
        .col_expr(mailbox::Column::LeaseOwner, Expr::value(owner))
        .col_expr(mailbox::Column::LeaseUntil, Expr::value(until))
        .filter(mailbox::Column::Name.eq(name))
        .filter(free)
        .exec(db)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// Remembers up to where a mailbox was read.
///
/// # Errors
/// A database that refuses.
pub async fn read_to(
    db: &impl ConnectionTrait,
    name: &str,
    validity: i64,
    last: i64,
) -> Result<(), DbErr> {
    mailbox::Entity::update_many()
        .col_expr(mailbox::Column::Validity, Expr::value(validity))
        .col_expr(mailbox::Column::Last, Expr::value(last))
        .filter(mailbox::Column::Name.eq(name))
        .exec(db)
        .await?;
    Ok(())
}

/// Remembers when `owner` looked into a mailbox, and what stood in the way if something did; from
/// now on another node may look.
///
/// # Errors
/// A database that refuses.
pub async fn looked(
    db: &impl ConnectionTrait,
    name: &str,
    owner: &str,
    at: DateTime<Utc>,
    trouble: Option<&str>,
) -> Result<(), DbErr> {
    mailbox::Entity::update_many()
        .col_expr(mailbox::Column::LeaseOwner, Expr::value(None::<String>))
        .col_expr(mailbox::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(mailbox::Column::LookedAt, Expr::value(at))
        .col_expr(mailbox::Column::Trouble, Expr::value(trouble))
        .filter(mailbox::Column::Name.eq(name))
        .filter(mailbox::Column::LeaseOwner.eq(owner))
        .exec(db)
        .await?;
    Ok(())
}
