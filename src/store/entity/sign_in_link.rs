//! A link that signs an organizer in once.

use sea_orm::entity::prelude::*;

use crate::domain::OrganizerId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    pub organizer_id: OrganizerId,
    pub expires_at: DateTimeUtc,
    pub used_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub request_hash: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub code_hash: Option<String>,
    pub tries: i32,
}

impl ActiveModelBehavior for ActiveModel {}
