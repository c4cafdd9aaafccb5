//! The password of an organizer who wanted one, as an Argon2id hash.

use sea_orm::entity::prelude::*;

use crate::domain::OrganizerId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "password")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organizer_id: OrganizerId,
    #[sea_orm(column_type = "Text")]
    pub hash: String,
    pub changed_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
