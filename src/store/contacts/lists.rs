//! Lists of contacts.

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};

use crate::domain::OrganizerId;
use crate::store::entity::contact_list;

pub use contact_list::Model as List;

/// The lists of an organizer, by name.
pub async fn all_of(db: &impl ConnectionTrait, organizer: OrganizerId) -> Result<Vec<List>, DbErr> {
    contact_list::Entity::find()
        .filter(contact_list::Column::OrganizerId.eq(organizer))
        .order_by_asc(contact_list::Column::NameFolded)
        .all(db)
        .await
}
