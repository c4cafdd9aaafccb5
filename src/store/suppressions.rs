//! Addresses that must not be written to, known by their keyed hash.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, Set,
};

use super::entity::{soft_bounce, suppression};
use crate::domain::OrganizerId;

/// Why an address must not be written to, the weightiest first: a weightier reason takes the
/// place of a lighter one, and never the other way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The reader asked us to stop.
    Stopped,
    /// The reader told their mail service that a mail of ours was unwanted.
    Complaint,
    /// An organizer keeps it from being written to.
    Manual,
    /// Its server says that there is no such mailbox.
    NoMailbox,
    /// Mails to it were given up again and again (see [`soft`]).
    Soft,
}

impl Reason {
    /// All of them, the weightiest first.
    pub const ALL: [Self; 5] =
        [Self::Stopped, Self::Complaint, Self::Manual, Self::NoMailbox, Self::Soft];

    /// The word that is kept for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Complaint => "complaint",
            Self::Manual => "manual",
            Self::NoMailbox => "no_mailbox",
            Self::Soft => "soft",
        }
    }

    /// What is no known word is a wish to stop: when in doubt, nobody is written to.
    fn of(word: &str) -> Self {
        Self::ALL.into_iter().find(|reason| reason.word() == word).unwrap_or(Self::Stopped)
    }

    /// Why a mail to such an address is held back, for the mail's history.
    pub fn why(self) -> &'static str {
        match self {
            Self::Stopped => "the reader asked us to stop",
            Self::Complaint => "the reader complained about a mail of ours",
            Self::Manual => "an organizer keeps this address from being written to",
            Self::NoMailbox => "there is no such mailbox",
            Self::Soft => "mails to this address were given up again and again",
        }
    }
}

/// Keeps an address from being written to, inside the caller's transaction. A weightier reason
/// stays: a reader's wish stands above a server's answer.
pub async fn insert(
    db: &impl ConnectionTrait,
    address_hash: String,
    reason: Reason,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let lighter = Reason::ALL.into_iter().filter(|other| *other > reason).map(Reason::word);
    let kept = Expr::col((suppression::Entity, suppression::Column::Reason));
    suppression::Entity::insert(suppression::ActiveModel {
        address_hash: Set(address_hash),
        reason: Set(reason.word().to_owned()),
        created_at: Set(now),
        organizer_id: Set(None),
    })
    .on_conflict(
        OnConflict::column(suppression::Column::AddressHash)
            .update_column(suppression::Column::Reason)
            .action_and_where(kept.is_in(lighter))
            .to_owned(),
    )
    .exec_without_returning(db)
    .await?;
    Ok(())
}

/// Keeps an address from being written to at an organizer's wish. A weightier reason stays.
pub async fn by_hand(
    db: &impl ConnectionTrait,
    address_hash: String,
    organizer: OrganizerId,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    insert(db, address_hash.clone(), Reason::Manual, now).await?;
    suppression::Entity::update_many()
        .col_expr(suppression::Column::OrganizerId, Expr::value(organizer))
        .filter(suppression::Column::AddressHash.eq(address_hash))
        .filter(suppression::Column::Reason.eq(Reason::Manual.word()))
        .filter(suppression::Column::OrganizerId.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Why this address must not be written to, and which organizer wanted it so by hand.
pub async fn with_author(
    db: &impl ConnectionTrait,
    address_hash: &str,
) -> Result<Option<(Reason, Option<OrganizerId>)>, DbErr> {
    let found = suppression::Entity::find_by_id(address_hash.to_owned()).one(db).await?;
    Ok(found.map(|row| (Reason::of(&row.reason), row.organizer_id)))
}

/// Lets an address be written to again that is kept for this reason and no other.
pub async fn lift(
    db: &impl ConnectionTrait,
    address_hash: &str,
    reason: Reason,
) -> Result<(), DbErr> {
    suppression::Entity::delete_many()
        .filter(suppression::Column::AddressHash.eq(address_hash))
        .filter(suppression::Column::Reason.eq(reason.word()))
        .exec(db)
        .await?;
    // Days on which mails were given up count from anew.
    soft_bounce::Entity::delete_many()
        .filter(soft_bounce::Column::AddressHash.eq(address_hash))
        .exec(db)
        .await?;
    Ok(())
}

/// So many days with a mail that was given up …
const SOFT_DAYS: u64 = 3;
/// … within this time, and the address is not written to any more.
const SOFT_WITHIN: TimeDelta = TimeDelta::days(14);

/// Notes that a mail to an address was given up although its server had not said that there is no
/// such mailbox: it is full, or was unreachable to the end. After three such days within two weeks
/// the address is suppressed, for [`Reason::Soft`]; then `true`.
pub async fn soft(
    db: &impl ConnectionTrait,
    address_hash: String,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let day = |at: DateTime<Utc>| at.format("%Y-%m-%d").to_string();
    soft_bounce::Entity::delete_many()
        .filter(soft_bounce::Column::Day.lte(day(now - SOFT_WITHIN)))
        .exec(db)
        .await?;
    let row =
        soft_bounce::ActiveModel { address_hash: Set(address_hash.clone()), day: Set(day(now)) };
    let key = [soft_bounce::Column::AddressHash, soft_bounce::Column::Day];
    soft_bounce::Entity::insert(row)
        .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    let days = soft_bounce::Entity::find()
        .filter(soft_bounce::Column::AddressHash.eq(address_hash.as_str()))
        .count(db)
        .await?;
    if days < SOFT_DAYS {
        return Ok(false);
    }
    insert(db, address_hash, Reason::Soft, now).await?;
    Ok(true)
}

/// Why this address must not be written to, if it must not.
pub async fn of(db: &impl ConnectionTrait, address_hash: &str) -> Result<Option<Reason>, DbErr> {
    let found = suppression::Entity::find_by_id(address_hash.to_owned()).one(db).await?;
    Ok(found.map(|row| Reason::of(&row.reason)))
}

/// Which of these addresses must not be written to.
pub async fn among(
    db: &impl ConnectionTrait,
    address_hashes: &[String],
) -> Result<BTreeMap<String, Reason>, DbErr> {
    let mut found = BTreeMap::new();
    for chunk in address_hashes.chunks(500) {
        let rows = suppression::Entity::find()
            .filter(suppression::Column::AddressHash.is_in(chunk.iter().cloned()))
            .all(db)
            .await?;
        found.extend(rows.into_iter().map(|row| (row.address_hash, Reason::of(&row.reason))));
    }
    Ok(found)
}
