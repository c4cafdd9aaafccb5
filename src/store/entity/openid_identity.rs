//! What a provider of OpenID Connect calls an organizer.

use sea_orm::entity::prelude::*;

use crate::domain::OrganizerId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "openid_identity")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub issuer: String,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub subject: String,
    pub organizer_id: OrganizerId,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
