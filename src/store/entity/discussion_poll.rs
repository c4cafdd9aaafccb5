//! The statements that participants are asked about before and after they meet, as JSON.

use sea_orm::entity::prelude::*;

use crate::domain::{DiscussionId, QuestionnaireId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "discussion_poll")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub discussion_id: DiscussionId,
    pub questionnaire_id: QuestionnaireId,
    #[sea_orm(column_type = "Text")]
    pub statements: String,
}

impl ActiveModelBehavior for ActiveModel {}
