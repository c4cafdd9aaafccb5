//! One change that the organizer made to a plan by hand, as JSON; what was undone says when.

use sea_orm::entity::prelude::*;

use crate::domain::{ChangeId, DiscussionId, QuestionnaireId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ChangeId,
    pub discussion_id: DiscussionId,
    pub questionnaire_id: QuestionnaireId,
    pub number: i32,
    #[sea_orm(column_type = "Text")]
    pub what: String,
    pub at: DateTimeUtc,
    pub undone_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
