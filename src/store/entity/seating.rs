//! The search for a plan that runs, or ran last: how far it is, and whether it is to stop with the
//! best plan so far. `run` names the search, so that one that was given up changes nothing.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

use crate::domain::{DiscussionId, QuestionnaireId, status::Searching};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seating")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub discussion_id: DiscussionId,
    pub questionnaire_id: QuestionnaireId,
    pub run: Uuid,
    pub state: Searching,
    pub steps_done: i64,
    pub steps: i64,
    pub stop: bool,
    #[sea_orm(column_type = "Text")]
    pub said: String,
    pub started_at: DateTimeUtc,
    pub beat_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
