//! When the next mail may leave for one domain, or for any (an empty name), on whichever node.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_pace")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub domain: String,
    pub free_at: DateTimeUtc,
    pub thousandths: i32,
    pub slowed_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
