//! Who, among the contacts, something is for: by list and tag, in chunks.

use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
};

use super::Contact;
use crate::domain::{Audience, OrganizerId};
use crate::store::entity::{contact, contact_listed, contact_tag};

/// At most `most` contacts of an organizer for an audience, by folded address, from the one
/// after `after` on: pass the last one's `address_folded` to read on.
pub async fn audience(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    audience: &Audience,
    after: Option<&str>,
    most: u64,
) -> Result<Vec<Contact>, DbErr> {
    contact::Entity::find()
        .filter(of(organizer, audience))
        .apply_if(after, |find, after| find.filter(contact::Column::AddressFolded.gt(after)))
        .order_by_asc(contact::Column::AddressFolded)
        .limit(most)
        .all(db)
        .await
}

/// How many contacts an audience has.
pub async fn count(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    audience: &Audience,
) -> Result<u64, DbErr> {
    contact::Entity::find().filter(of(organizer, audience)).count(db).await
}

/// The condition on a contact by which it belongs to an audience.
pub(in crate::store) fn of(organizer: OrganizerId, audience: &Audience) -> Condition {
    let mut condition = Condition::all().add(contact::Column::OrganizerId.eq(organizer));
    if !audience.lists.is_empty() {
        condition = condition.add(contact::Column::Id.in_subquery(on_one_of(audience)));
    }
    if !audience.tags.is_empty() {
        condition = condition.add(contact::Column::Id.in_subquery(tagged(&audience.tags)));
    }
    condition
}

fn on_one_of(audience: &Audience) -> SelectStatement {
    Query::select()
        .column(contact_listed::Column::ContactId)
        .from(contact_listed::Entity)
        .and_where(contact_listed::Column::ListId.is_in(audience.lists.iter().copied()))
        .take()
}

fn tagged(tags: &[String]) -> SelectStatement {
    Query::select()
        .column(contact_tag::Column::ContactId)
        .from(contact_tag::Entity)
        .and_where(contact_tag::Column::Tag.is_in(tags))
        .take()
}
