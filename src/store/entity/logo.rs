//! The picture at the head of a questionnaire's pages.

use sea_orm::entity::prelude::*;

use crate::domain::QuestionnaireId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "logo")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub questionnaire_id: QuestionnaireId,
    /// A print of its bytes with the ending of its format: `3f2a….png`.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub bytes: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
