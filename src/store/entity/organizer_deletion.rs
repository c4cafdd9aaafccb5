//! An account that will be erased.

use sea_orm::entity::prelude::*;

use crate::domain::OrganizerId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organizer_deletion")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organizer_id: OrganizerId,
    pub asked_at: DateTimeUtc,
    pub erase_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
