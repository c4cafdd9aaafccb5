//! Who is on which list.

use sea_orm::entity::prelude::*;

use crate::domain::{ContactId, ListId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contact_listed")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub list_id: ListId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: ContactId,
}

impl ActiveModelBehavior for ActiveModel {}
