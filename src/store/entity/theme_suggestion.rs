//! What a language model proposed for one theme, as JSON of `crate::narrator::Suggestion`: it
//! waits until the organizer takes it or leaves it.

use sea_orm::entity::prelude::*;

use crate::domain::{QuestionId, QuestionnaireId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "theme_suggestion")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub question_id: QuestionId,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub theme: String,
    pub questionnaire_id: QuestionnaireId,
    pub made_at: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub content: String,
}

impl ActiveModelBehavior for ActiveModel {}
