//! A mailbox that is looked into, and up to where it was read: `name` is a keyed hash of its
//! address, `last` the highest UID that was taken (RFC 9051), which counts for one `validity`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mailbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub validity: i64,
    pub last: i64,
    #[sea_orm(column_type = "Text", nullable)]
    pub lease_owner: Option<String>,
    pub lease_until: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub trouble: Option<String>,
    pub looked_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
