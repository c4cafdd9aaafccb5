//! Who a respondent is and what they allow, kept apart from the answers. `consents` is a JSON list.

use sea_orm::entity::prelude::*;

use crate::domain::{QuestionId, QuestionnaireId, ResponseId, WordingId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity")]
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
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub address: String,
    #[sea_orm(column_type = "Text")]
    pub address_folded: String,
    #[sea_orm(column_type = "Text")]
    pub consents: String,
}

impl ActiveModelBehavior for ActiveModel {}
