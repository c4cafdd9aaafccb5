//! A question's place; its words are in `wording`. No position: taken off the form, its answers kept.

use sea_orm::entity::prelude::*;

use crate::domain::{QuestionId, QuestionnaireId, WordingId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "question")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: QuestionId,
    pub questionnaire_id: QuestionnaireId,
    #[sea_orm(column_type = "Text")]
    pub key: String,
    pub position: Option<i32>,
    pub wording_id: WordingId,
    pub passage_start: Option<i64>,
    pub passage_end: Option<i64>,
    pub replaces: Option<QuestionId>,
}

impl ActiveModelBehavior for ActiveModel {}
