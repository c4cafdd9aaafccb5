//! What was answered to a request that named itself, so that it is done once.

use sea_orm::entity::prelude::*;

use crate::domain::OrganizerId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organizer_id: OrganizerId,
    #[sea_orm(primary_key, auto_increment = false)]
    #[sea_orm(column_type = "Text")]
    pub key: String,
    #[sea_orm(column_type = "Text")]
    pub print: String,
    pub status: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub head: String,
    #[sea_orm(column_type = "Text")]
    pub body: String,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
