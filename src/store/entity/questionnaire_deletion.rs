//! A questionnaire that is closed to everybody and will be erased.

use sea_orm::entity::prelude::*;

use crate::domain::QuestionnaireId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "questionnaire_deletion")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub questionnaire_id: QuestionnaireId,
    pub asked_at: DateTimeUtc,
    pub erase_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
