//! One submitted state of a response; never changed.

use sea_orm::entity::prelude::*;

use crate::domain::{QuestionnaireId, ResponseId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revision")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub response_id: ResponseId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub questionnaire_id: QuestionnaireId,
    #[sea_orm(column_type = "Text")]
    pub content_hash: String,
    pub submitted_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
