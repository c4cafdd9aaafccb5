//! How many mails were tried on one day (`2026-11-26`, in UTC).

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_day")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub day: String,
    pub mails: i64,
}

impl ActiveModelBehavior for ActiveModel {}
