//! What an organizer has changed in guides, one row for each layer (`all.en`, `group.3`). `edits`
//! is JSON.

use sea_orm::entity::prelude::*;

use crate::domain::QuestionnaireId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "guide_edit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub questionnaire_id: QuestionnaireId,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub layer: String,
    pub version: i64,
    #[sea_orm(column_type = "Text")]
    pub edits: String,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
