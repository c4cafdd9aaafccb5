//! The bytes of one mail, packed (see `store::outbox::raw`); gone some time after its end.

use sea_orm::entity::prelude::*;

use crate::domain::MessageId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "message_raw")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub message_id: MessageId,
    #[sea_orm(column_type = "Blob")]
    pub raw: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
