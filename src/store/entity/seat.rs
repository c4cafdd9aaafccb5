//! A participant's place in one round of a discussion; without a group they have none, `reason`
//! says why (JSON).

use sea_orm::entity::prelude::*;

use crate::domain::{DiscussionId, GroupId, ParticipantId, QuestionnaireId, SeatId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seat")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SeatId,
    pub participant_id: ParticipantId,
    pub group_id: Option<GroupId>,
    pub discussion_id: DiscussionId,
    pub questionnaire_id: QuestionnaireId,
    pub round: i32,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub locked: bool,
    pub attended: Option<bool>,
}

impl ActiveModelBehavior for ActiveModel {}
