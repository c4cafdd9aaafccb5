//! A signed-in browser, known by the hash of its cookie.

use sea_orm::entity::prelude::*;

use crate::domain::OrganizerId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    pub organizer_id: OrganizerId,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub seen_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub browser: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
