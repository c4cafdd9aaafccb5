//! A time at which groups can meet: how many (`capacity`), where, and in which language only.

use sea_orm::entity::prelude::*;

use crate::domain::{DiscussionId, QuestionnaireId, SlotId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "discussion_slot")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SlotId,
    pub discussion_id: DiscussionId,
    pub questionnaire_id: QuestionnaireId,
    #[sea_orm(column_type = "Text")]
    pub key: String,
    pub starts_at: DateTimeUtc,
    pub minutes: Option<i32>,
    pub capacity: i32,
    #[sea_orm(column_type = "Text")]
    pub place: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub language: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
