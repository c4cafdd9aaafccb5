//! One event on a questionnaire. `wish` is JSON: what the search is asked beyond sizes; `summary`
//! is JSON: the plan's scores. `input_hash` names what the plan was made from.

use sea_orm::entity::prelude::*;

use crate::domain::{DiscussionId, QuestionnaireId, status::Format};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "discussion")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DiscussionId,
    pub questionnaire_id: QuestionnaireId,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub place: String,
    pub minutes: i32,
    pub low: i32,
    pub target: i32,
    pub high: i32,
    pub rooms: i32,
    pub seed: i64,
    pub format: Format,
    pub rounds: i32,
    #[sea_orm(column_type = "Text")]
    pub wish: String,
    #[sea_orm(column_type = "Text")]
    pub input_hash: String,
    #[sea_orm(column_type = "Text")]
    pub summary: String,
    pub created_at: DateTimeUtc,
    pub invited_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
