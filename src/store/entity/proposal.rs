//! What an organizer decided about a statement that a reader added.

use sea_orm::entity::prelude::*;

use crate::domain::{QuestionId, QuestionnaireId, status::Decision};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub question_id: QuestionId,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub text_hash: String,
    pub questionnaire_id: QuestionnaireId,
    pub decision: Decision,
    pub decided_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
