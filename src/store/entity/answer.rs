//! One question's part of one revision, as JSON of [`crate::domain::Answer`].

use sea_orm::entity::prelude::*;

use crate::domain::{QuestionId, QuestionnaireId, ResponseId, WordingId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub response_id: ResponseId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub revision: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub question_id: QuestionId,
    pub questionnaire_id: QuestionnaireId,
    pub wording_id: WordingId,
    #[sea_orm(column_type = "Text")]
    pub value: String,
}

impl ActiveModelBehavior for ActiveModel {}
