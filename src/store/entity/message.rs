//! One mail in the outbox, its bytes frozen when it was queued.

use sea_orm::entity::prelude::*;

use crate::domain::status::{Delivery, Purpose};
use crate::domain::{CampaignId, InvitationId, MessageId, QuestionnaireId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "message")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MessageId,
    #[sea_orm(column_type = "Text")]
    pub idempotency_key: String,
    pub questionnaire_id: Option<QuestionnaireId>,
    pub invitation_id: Option<InvitationId>,
    pub campaign_id: Option<CampaignId>,
    pub purpose: Purpose,
    #[sea_orm(column_type = "Text")]
    pub recipient: String,
    #[sea_orm(column_type = "Text")]
    pub language: String,
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    #[sea_orm(column_type = "Text")]
    pub message_id: String,
    #[sea_orm(column_type = "Blob")]
    pub raw: Vec<u8>,
    pub state: Delivery,
    pub attempts: i32,
    pub next_at: DateTimeUtc,
    pub not_after: DateTimeUtc,
    #[sea_orm(column_type = "Text", nullable)]
    pub lease_owner: Option<String>,
    pub lease_until: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub last_reply: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
