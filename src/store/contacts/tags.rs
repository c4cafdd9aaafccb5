//! Words by which an organizer finds contacts.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Set,
};

use super::CHUNK;
use crate::domain::{ContactId, OrganizerId};
use crate::store::entity::{contact, contact_tag};

/// The tags that an organizer uses, in order, and how many contacts carry each.
pub async fn all_of(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
) -> Result<Vec<(String, i64)>, DbErr> {
    let own = Query::select()
        .column(contact::Column::Id)
        .from(contact::Entity)
        .and_where(contact::Column::OrganizerId.eq(organizer))
        .take();
    contact_tag::Entity::find()
        .select_only()
        .column(contact_tag::Column::Tag)
        .column_as(contact_tag::Column::ContactId.count(), "count")
        .filter(contact_tag::Column::ContactId.in_subquery(own))
        .group_by(contact_tag::Column::Tag)
        .order_by_asc(contact_tag::Column::Tag)
        .into_tuple()
        .all(db)
        .await
}

/// The tags that these contacts carry.
pub async fn of_contacts(
    db: &impl ConnectionTrait,
    contacts: &[ContactId],
) -> Result<BTreeMap<ContactId, BTreeSet<String>>, DbErr> {
    let mut found: BTreeMap<ContactId, BTreeSet<String>> = BTreeMap::new();
    for chunk in contacts.chunks(CHUNK) {
        let rows = contact_tag::Entity::find()
            .filter(contact_tag::Column::ContactId.is_in(chunk.iter().copied()))
            .all(db)
            .await?;
        for row in rows {
            found.entry(row.contact_id).or_default().insert(row.tag);
        }
    }
    Ok(found)
}

/// Gives contacts tags; those they carry stay.
pub async fn put_on(
    db: &impl ConnectionTrait,
    pairs: Vec<(ContactId, String)>,
) -> Result<(), DbErr> {
    let columns = [contact_tag::Column::ContactId, contact_tag::Column::Tag];
    for chunk in pairs.chunks(CHUNK) {
        let rows = chunk.iter().map(|(contact, tag)| contact_tag::ActiveModel {
            contact_id: Set(*contact),
            tag: Set(tag.clone()),
        });
        contact_tag::Entity::insert_many(rows)
            .on_conflict(OnConflict::columns(columns).do_nothing().to_owned())
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Takes a tag from contacts.
pub async fn take_off(
    db: &impl ConnectionTrait,
    contacts: &[ContactId],
    tag: &str,
) -> Result<(), DbErr> {
    for chunk in contacts.chunks(CHUNK) {
        contact_tag::Entity::delete_many()
            .filter(contact_tag::Column::Tag.eq(tag))
            .filter(contact_tag::Column::ContactId.is_in(chunk.iter().copied()))
            .exec(db)
            .await?;
    }
    Ok(())
}
