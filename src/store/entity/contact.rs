//! An address the organizer holds.

use sea_orm::entity::prelude::*;

use crate::domain::{ContactId, OrganizerId, email::Email};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contact")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ContactId,
    pub organizer_id: OrganizerId,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub address: Email,
    #[sea_orm(column_type = "Text")]
    pub address_folded: String,
    #[sea_orm(column_type = "Text")]
    pub language: String,
    #[sea_orm(column_type = "Text")]
    pub source: String,
    pub created_at: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub zone: String,
    #[sea_orm(column_type = "Text")]
    pub basis: String,
    #[sea_orm(column_type = "Text")]
    pub consent_from: String,
    pub consent_on: Option<Date>,
    pub updated_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
