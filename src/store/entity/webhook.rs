//! An address that is told what happens to a questionnaire. `events` are words, a space between
//! them; `generation` counts its secrets, which are derived and never stored.

use sea_orm::entity::prelude::*;

use crate::domain::{QuestionnaireId, WebhookId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WebhookId,
    pub questionnaire_id: QuestionnaireId,
    #[sea_orm(column_type = "Text")]
    pub address: String,
    #[sea_orm(column_type = "Text")]
    pub events: String,
    pub generation: i32,
    pub rotated_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub off_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub off_because: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
