//! What an organizer did to the themes of a question, step by step, as JSON of
//! `crate::insight::themes::edit::Record`.

use sea_orm::entity::prelude::*;

use crate::domain::{OrganizerId, QuestionId, QuestionnaireId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "theme_edit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub question_id: QuestionId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub questionnaire_id: QuestionnaireId,
    pub organizer_id: OrganizerId,
    pub made_at: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub edit: String,
}

impl ActiveModelBehavior for ActiveModel {}
