//! Another address with which an organizer wants to sign in.

use sea_orm::entity::prelude::*;

use crate::domain::email::Email;
use crate::domain::{AddressChangeId, OrganizerId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "address_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AddressChangeId,
    pub organizer_id: OrganizerId,
    pub address: Email,
    pub before: Email,
    #[sea_orm(column_type = "Text")]
    pub confirm_hash: String,
    #[sea_orm(column_type = "Text")]
    pub back_hash: String,
    #[sea_orm(column_type = "Text")]
    pub session_hash: String,
    pub asked_at: DateTimeUtc,
    pub confirmed_at: Option<DateTimeUtc>,
    pub expires_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
