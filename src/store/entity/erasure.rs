//! That a response was erased: when and on whose wish, and nothing of what it said.

use sea_orm::entity::prelude::*;

use crate::domain::{ErasureId, QuestionnaireId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "erasure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ErasureId,
    pub questionnaire_id: QuestionnaireId,
    #[sea_orm(column_type = "Text")]
    pub asked_by: String,
    pub erased_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
