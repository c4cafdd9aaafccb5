//! What one participant said to one statement of the poll: 1 agree, 0 pass, -1 disagree. Rows have
//! no time.

use sea_orm::entity::prelude::*;

use crate::domain::status::Phase;
use crate::domain::{DiscussionId, ParticipantId, QuestionnaireId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "poll_answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub participant_id: ParticipantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub phase: Phase,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub statement: String,
    pub discussion_id: DiscussionId,
    pub questionnaire_id: QuestionnaireId,
    pub value: i32,
}

impl ActiveModelBehavior for ActiveModel {}
