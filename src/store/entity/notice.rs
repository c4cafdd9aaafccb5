//! What a webhook is told, frozen when it happened: `body` are the bytes that are signed.

use sea_orm::entity::prelude::*;

use crate::domain::webhook::Telling;
use crate::domain::{NoticeId, ResponseId, WebhookId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NoticeId,
    pub webhook_id: WebhookId,
    #[sea_orm(column_type = "Text")]
    pub event: String,
    pub response_id: Option<ResponseId>,
    #[sea_orm(column_type = "Text")]
    pub body: String,
    pub state: Telling,
    pub attempts: i32,
    pub next_at: DateTimeUtc,
    pub lease_until: Option<DateTimeUtc>,
    pub last_status: Option<i32>,
    #[sea_orm(column_type = "Text", nullable)]
    pub last_said: Option<String>,
    pub created_at: DateTimeUtc,
    pub told_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
