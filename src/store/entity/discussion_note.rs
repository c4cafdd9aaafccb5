//! What was written down in one group, one row each time a field was kept. `participant_id`: the
//! participant who wrote it, if it was one.

use sea_orm::entity::prelude::*;

use crate::domain::{DiscussionId, GroupId, NoteId, ParticipantId, QuestionnaireId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "discussion_note")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NoteId,
    pub discussion_id: DiscussionId,
    pub group_id: GroupId,
    pub questionnaire_id: QuestionnaireId,
    pub participant_id: Option<ParticipantId>,
    #[sea_orm(column_type = "Text")]
    pub field: String,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    pub written_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
