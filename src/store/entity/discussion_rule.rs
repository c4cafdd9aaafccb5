//! People who must sit together, or must not. `people` is a JSON list of participants.

use sea_orm::entity::prelude::*;

use crate::domain::{DiscussionId, QuestionnaireId, RuleId, status::Bond};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "discussion_rule")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RuleId,
    pub discussion_id: DiscussionId,
    pub questionnaire_id: QuestionnaireId,
    pub kind: Bond,
    #[sea_orm(column_type = "Text")]
    pub people: String,
}

impl ActiveModelBehavior for ActiveModel {}
