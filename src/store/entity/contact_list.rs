//! Contacts grouped by the organizer.

use sea_orm::entity::prelude::*;

use crate::domain::{ListId, OrganizerId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contact_list")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ListId,
    pub organizer_id: OrganizerId,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub name_folded: String,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
