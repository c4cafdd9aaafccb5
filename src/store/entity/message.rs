//! One mail in the outbox; its bytes, frozen when it was queued, are in [`super::message_raw`].
//!
//! `domain` is the recipient's, in lower case; `rank` says who goes first (0 before 1 before 2);
//! `doubts` counts how often it was handed over without an answer; `tried_at` is its first attempt;
//! `last_stage`, `last_code` and `last_enhanced` say how far the last one came and what was said.

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
    #[sea_orm(column_type = "Text")]
    pub domain: String,
    pub rank: i16,
    pub doubts: i32,
    pub tried_at: Option<DateTimeUtc>,
    pub last_code: Option<i32>,
    #[sea_orm(column_type = "Text", nullable)]
    pub last_enhanced: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub last_stage: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
