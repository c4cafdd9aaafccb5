//! Everything one respondent gave; `revision` says which submitted state counts;
//! `extras` are the hidden fields of its link, as JSON.

use sea_orm::entity::prelude::*;

use crate::domain::{QuestionnaireId, ResponseId, status::Standing};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "response")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ResponseId,
    pub questionnaire_id: QuestionnaireId,
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    pub revision: i32,
    #[sea_orm(column_type = "Text")]
    pub content_hash: String,
    #[sea_orm(column_type = "Text")]
    pub language: String,
    pub example: bool,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub standing: Standing,
    #[sea_orm(column_type = "Text")]
    pub extras: String,
}

impl ActiveModelBehavior for ActiveModel {}
