//! The addresses that an organizer holds.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    Set,
};

use super::entity::contact;
use crate::domain::email::Email;
use crate::domain::{ContactId, OrganizerId};

mod audience;
pub mod lists;

pub use audience::{audience, count};
pub use contact::Model as Contact;

/// A contact to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewContact {
    /// Its name here: random.
    pub id: ContactId,
    /// How they are called; empty: unknown.
    pub name: String,
    /// Where they are written to.
    pub address: Email,
    /// In which language.
    pub language: String,
    /// Where the address comes from, in a word.
    pub source: String,
}

/// An organizer's contacts, by folded address.
pub async fn all_of(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
) -> Result<Vec<Contact>, DbErr> {
    contact::Entity::find()
        .filter(contact::Column::OrganizerId.eq(organizer))
        .order_by_asc(contact::Column::AddressFolded)
        .all(db)
        .await
}

/// The contact with this id.
pub async fn by_id(db: &impl ConnectionTrait, id: ContactId) -> Result<Option<Contact>, DbErr> {
    contact::Entity::find_by_id(id).one(db).await
}

/// Keeps new contacts; those whose address is there already are left as they are. How many were
/// new.
pub async fn insert_all(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    new: Vec<NewContact>,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let rows: Vec<contact::ActiveModel> = new
        .into_iter()
        .map(|new| contact::ActiveModel {
            id: Set(new.id),
            organizer_id: Set(organizer),
            name: Set(new.name),
            address_folded: Set(new.address.folded()),
            address: Set(new.address),
            language: Set(new.language),
            source: Set(new.source),
            created_at: Set(now),
            zone: Set(String::new()),
            basis: Set(String::new()),
            consent_from: Set(String::new()),
            consent_on: Set(None),
            updated_at: Set(None),
        })
        .collect();
    let mut added = 0;
    for chunk in rows.chunks(500) {
        let there =
            OnConflict::columns([contact::Column::OrganizerId, contact::Column::AddressFolded])
                .do_nothing()
                .to_owned();
        added += contact::Entity::insert_many(chunk.to_vec())
            .on_conflict(there)
            .exec_without_returning(db)
            .await?;
    }
    Ok(added)
}

/// Gives a contact a name where it has none.
pub async fn name(db: &impl ConnectionTrait, id: ContactId, name: &str) -> Result<(), DbErr> {
    contact::Entity::update_many()
        .col_expr(contact::Column::Name, Expr::value(name))
        .filter(contact::Column::Id.eq(id))
        .filter(contact::Column::Name.eq(""))
        .exec(db)
        .await?;
    Ok(())
}

/// The contact of an organizer with this address, folded.
pub async fn addressed(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    folded: &str,
) -> Result<Option<Contact>, DbErr> {
    contact::Entity::find()
        .filter(contact::Column::OrganizerId.eq(organizer))
        .filter(contact::Column::AddressFolded.eq(folded))
        .one(db)
        .await
}
