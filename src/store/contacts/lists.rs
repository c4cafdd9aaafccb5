//! Lists of contacts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Set,
};

use super::CHUNK;
use crate::domain::{ContactId, ListId, OrganizerId};
use crate::store::entity::{contact_list, contact_listed};

pub use contact_list::Model as List;

/// The lists of an organizer, by name.
pub async fn all_of(db: &impl ConnectionTrait, organizer: OrganizerId) -> Result<Vec<List>, DbErr> {
    contact_list::Entity::find()
        .filter(contact_list::Column::OrganizerId.eq(organizer))
        .order_by_asc(contact_list::Column::NameFolded)
        .all(db)
        .await
}

/// How many are on each of these lists; those that nobody is on are not there.
pub async fn counts(
    db: &impl ConnectionTrait,
    lists: &[List],
) -> Result<BTreeMap<ListId, i64>, DbErr> {
    let counts: Vec<(ListId, i64)> = contact_listed::Entity::find()
        .select_only()
        .column(contact_listed::Column::ListId)
        .column_as(contact_listed::Column::ContactId.count(), "count")
        .filter(contact_listed::Column::ListId.is_in(lists.iter().map(|list| list.id)))
        .group_by(contact_listed::Column::ListId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(counts.into_iter().collect())
}

/// Which lists these contacts are on.
pub async fn of_contacts(
    db: &impl ConnectionTrait,
    contacts: &[ContactId],
) -> Result<BTreeMap<ContactId, BTreeSet<ListId>>, DbErr> {
    let mut found: BTreeMap<ContactId, BTreeSet<ListId>> = BTreeMap::new();
    for chunk in contacts.chunks(CHUNK) {
        let rows = contact_listed::Entity::find()
            .filter(contact_listed::Column::ContactId.is_in(chunk.iter().copied()))
            .all(db)
            .await?;
        for row in rows {
            found.entry(row.contact_id).or_default().insert(row.list_id);
        }
    }
    Ok(found)
}

/// The list of this name; it is made where there is none, and gets `id` then.
pub async fn make(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    id: ListId,
    name: &str,
    now: DateTime<Utc>,
) -> Result<ListId, DbErr> {
    let folded = name.to_lowercase();
    let columns = [contact_list::Column::OrganizerId, contact_list::Column::NameFolded];
    contact_list::Entity::insert(contact_list::ActiveModel {
        id: Set(id),
        organizer_id: Set(organizer),
        name: Set(name.to_owned()),
        name_folded: Set(folded.clone()),
        created_at: Set(now),
    })
    .on_conflict(OnConflict::columns(columns).do_nothing().to_owned())
    .exec_without_returning(db)
    .await?;
    let found = contact_list::Entity::find()
        .filter(contact_list::Column::OrganizerId.eq(organizer))
        .filter(contact_list::Column::NameFolded.eq(folded))
        .one(db)
        .await?;
    Ok(found.map_or(id, |list| list.id))
}

/// Calls a list by another name.
pub async fn rename(db: &impl ConnectionTrait, id: ListId, name: &str) -> Result<(), DbErr> {
    contact_list::Entity::update_many()
        .col_expr(contact_list::Column::Name, Expr::value(name))
        .col_expr(contact_list::Column::NameFolded, Expr::value(name.to_lowercase()))
        .filter(contact_list::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Removes a list; who was on it stays a contact.
pub async fn delete(db: &impl ConnectionTrait, id: ListId) -> Result<(), DbErr> {
    contact_list::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// Puts contacts on a list; who is on it stays there.
pub async fn put_on(
    db: &impl ConnectionTrait,
    list: ListId,
    contacts: &[ContactId],
) -> Result<(), DbErr> {
    let columns = [contact_listed::Column::ListId, contact_listed::Column::ContactId];
    for chunk in contacts.chunks(CHUNK) {
        let rows = chunk.iter().map(|contact| contact_listed::ActiveModel {
            list_id: Set(list),
            contact_id: Set(*contact),
        });
        contact_listed::Entity::insert_many(rows)
            .on_conflict(OnConflict::columns(columns).do_nothing().to_owned())
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Takes contacts off a list.
pub async fn take_off(
    db: &impl ConnectionTrait,
    list: ListId,
    contacts: &[ContactId],
) -> Result<(), DbErr> {
    for chunk in contacts.chunks(CHUNK) {
        contact_listed::Entity::delete_many()
            .filter(contact_listed::Column::ListId.eq(list))
            .filter(contact_listed::Column::ContactId.is_in(chunk.iter().copied()))
            .exec(db)
            .await?;
    }
    Ok(())
}
