//! The addresses that an organizer holds.

use std::collections::BTreeMap;

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::entity::contact;
use crate::domain::{ContactId, OrganizerId};

mod audience;
pub mod lists;
pub mod search;
pub mod tags;

pub use audience::{audience, count};
pub use contact::Model as Contact;

/// So many rows are written or asked for in one statement.
const CHUNK: usize = 500;

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

/// An organizer's own contact with this id.
pub async fn own(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    id: ContactId,
) -> Result<Option<Contact>, DbErr> {
    Ok(by_id(db, id).await?.filter(|contact| contact.organizer_id == organizer))
}

/// The contacts with these ids, whoever holds them.
pub async fn by_ids(db: &impl ConnectionTrait, ids: &[ContactId]) -> Result<Vec<Contact>, DbErr> {
    let mut found = vec![];
    for chunk in ids.chunks(CHUNK) {
        let some = contact::Entity::find().filter(contact::Column::Id.is_in(chunk.iter().copied()));
        found.extend(some.all(db).await?);
    }
    Ok(found)
}

/// The contacts of an organizer that have one of these folded addresses.
pub async fn by_address(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    folded: &[String],
) -> Result<Vec<Contact>, DbErr> {
    let mut found = vec![];
    for chunk in folded.chunks(CHUNK) {
        let some = contact::Entity::find()
            .filter(contact::Column::OrganizerId.eq(organizer))
            .filter(contact::Column::AddressFolded.is_in(chunk))
            .all(db)
            .await?;
        found.extend(some);
    }
    Ok(found)
}

/// The contacts with these folded addresses, whoever holds them, each with its address.
pub async fn holders(
    db: &impl ConnectionTrait,
    folded: &[String],
) -> Result<BTreeMap<ContactId, String>, DbErr> {
    let mut found = BTreeMap::new();
    for chunk in folded.chunks(CHUNK) {
        let some: Vec<(ContactId, String)> = contact::Entity::find()
            .select_only()
            .columns([contact::Column::Id, contact::Column::AddressFolded])
            .filter(contact::Column::AddressFolded.is_in(chunk))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(some);
    }
    Ok(found)
}

/// The ids of an organizer's contacts with these folded addresses.
pub async fn ids(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    folded: &[String],
) -> Result<BTreeMap<String, ContactId>, DbErr> {
    let mut found = BTreeMap::new();
    for chunk in folded.chunks(CHUNK) {
        let some: Vec<(String, ContactId)> = contact::Entity::find()
            .select_only()
            .column(contact::Column::AddressFolded)
            .column(contact::Column::Id)
            .filter(contact::Column::OrganizerId.eq(organizer))
            .filter(contact::Column::AddressFolded.is_in(chunk))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(some);
    }
    Ok(found)
}

/// Keeps contacts as they are said to be; where an address is there already, its contact keeps
/// its id and how it came.
pub async fn save_all(db: &impl ConnectionTrait, all: Vec<Contact>) -> Result<(), DbErr> {
    let mut rows: Vec<contact::ActiveModel> = Vec::with_capacity(all.len());
    rows.extend(all.into_iter().map(|one| one.into_active_model().reset_all()));
    for chunk in rows.chunks(CHUNK) {
        let there =
            OnConflict::columns([contact::Column::OrganizerId, contact::Column::AddressFolded])
                .update_columns([
                    contact::Column::Name,
                    contact::Column::Language,
                    contact::Column::Zone,
                    contact::Column::Basis,
                    contact::Column::ConsentFrom,
                    contact::Column::ConsentOn,
                    contact::Column::UpdatedAt,
                ])
                .to_owned();
        contact::Entity::insert_many(chunk.to_vec())
            .on_conflict(there)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Keeps one contact as it is now, its address included.
pub async fn update(db: &impl ConnectionTrait, contact: Contact) -> Result<(), DbErr> {
    contact.into_active_model().reset_all().update(db).await?;
    Ok(())
}

/// Removes contacts with what hangs on them: places on lists, tags, invitations.
pub async fn delete(db: &impl ConnectionTrait, id: ContactId) -> Result<(), DbErr> {
    contact::Entity::delete_by_id(id).exec(db).await?;
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
