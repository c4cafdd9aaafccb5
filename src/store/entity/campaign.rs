//! One batch of mails of one purpose about one questionnaire.

use sea_orm::entity::prelude::*;

use crate::domain::campaign::{Aim, State};
use crate::domain::{CampaignId, OrganizerId, QuestionnaireId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "campaign")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CampaignId,
    pub questionnaire_id: QuestionnaireId,
    pub aim: Aim,
    pub state: State,
    #[sea_orm(column_type = "Text", nullable)]
    pub paused_why: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub audience: String,
    #[sea_orm(column_type = "Text")]
    pub template: String,
    #[sea_orm(column_type = "Text")]
    pub terms: String,
    pub starts_at: DateTimeUtc,
    pub not_after: DateTimeUtc,
    pub planned_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub left_out: Option<String>,
    pub created_by: OrganizerId,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
