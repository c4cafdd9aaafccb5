//! A person who runs questionnaires.

use sea_orm::entity::prelude::*;

use crate::domain::{OrganizerId, email::Email};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organizer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrganizerId,
    pub address: Option<Email>,
    #[sea_orm(column_type = "Text")]
    pub address_folded: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
