//! A published version of a brief. `content`, `rests` (what each sentence rests on), `behind` (the
//! answers behind each number) and `changes` are JSON.

use sea_orm::entity::prelude::*;

use crate::domain::{BriefId, QuestionnaireId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "brief_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BriefId,
    pub questionnaire_id: QuestionnaireId,
    pub number: i32,
    #[sea_orm(column_type = "Text")]
    pub content: String,
    #[sea_orm(column_type = "Text")]
    pub rests: String,
    #[sea_orm(column_type = "Text")]
    pub behind: String,
    #[sea_orm(column_type = "Text")]
    pub changes: String,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    #[sea_orm(column_type = "Text")]
    pub signed: String,
    #[sea_orm(column_type = "Text")]
    pub signed_on: String,
    pub published_at: DateTimeUtc,
    pub unpublished_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
