//! One version of a question's words, as JSON of [`crate::domain::Wording`].

use sea_orm::entity::prelude::*;

use crate::domain::{QuestionId, QuestionnaireId, WordingId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "wording")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WordingId,
    pub questionnaire_id: QuestionnaireId,
    pub question_id: QuestionId,
    pub version: i32,
    #[sea_orm(column_type = "Text")]
    pub content: String,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
