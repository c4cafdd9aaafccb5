//! Addresses that must not be written to, known by their keyed hash.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, Set};

use super::entity::suppression;

/// Why an address must not be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The reader asked us to stop.
    Stopped,
    /// Its server says that there is no such mailbox.
    NoMailbox,
}

impl Reason {
    fn word(self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::NoMailbox => "no_mailbox",
        }
    }

    /// What is no known word is a wish to stop: when in doubt, nobody is written to.
    fn of(word: &str) -> Self {
        if word == "no_mailbox" { Self::NoMailbox } else { Self::Stopped }
    }
}

/// Keeps an address from being written to. A reader's wish stands above a server's answer.
pub async fn insert(
    db: &impl ConnectionTrait,
    address_hash: String,
    reason: Reason,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let mut conflict = OnConflict::column(suppression::Column::AddressHash);
    match reason {
        Reason::Stopped => conflict.update_column(suppression::Column::Reason),
        Reason::NoMailbox => conflict.do_nothing(),
    };
    suppression::Entity::insert(suppression::ActiveModel {
        address_hash: Set(address_hash),
        reason: Set(reason.word().to_owned()),
        created_at: Set(now),
        organizer_id: Set(None),
    })
    .on_conflict(conflict)
    .exec_without_returning(db)
    .await?;
    Ok(())
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
