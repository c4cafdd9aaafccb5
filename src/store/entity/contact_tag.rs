//! A word by which an organizer finds contacts.

use sea_orm::entity::prelude::*;

use crate::domain::ContactId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contact_tag")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: ContactId,
    #[sea_orm(primary_key, auto_increment = false)]
    #[sea_orm(column_type = "Text")]
    pub tag: String,
}

impl ActiveModelBehavior for ActiveModel {}
