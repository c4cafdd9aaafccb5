//! An anonymous submission that waits to be mixed with others, encrypted with a key that is not in
//! the database.

use sea_orm::entity::prelude::*;

use crate::domain::QuestionnaireId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sealed")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub name: String,
    pub questionnaire_id: QuestionnaireId,
    #[sea_orm(column_type = "Text")]
    pub key_name: String,
    pub content: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
