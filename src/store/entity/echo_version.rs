//! A published version of an echo. `content` and `behind` (a mark of each pair of poll answers
//! behind its numbers) are JSON.

use sea_orm::entity::prelude::*;

use crate::domain::{EchoId, QuestionnaireId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "echo_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EchoId,
    pub questionnaire_id: QuestionnaireId,
    pub number: i32,
    #[sea_orm(column_type = "Text")]
    pub content: String,
    #[sea_orm(column_type = "Text")]
    pub behind: String,
    pub published_at: DateTimeUtc,
    pub unpublished_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
