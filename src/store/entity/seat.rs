//! A participant's place in a discussion; without a group they have none, `reason` says why (JSON).

use sea_orm::entity::prelude::*;

use crate::domain::{DiscussionId, GroupId, QuestionnaireId, ResponseId, SeatId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seat")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SeatId,
    pub discussion_id: DiscussionId,
    pub group_id: Option<GroupId>,
    pub questionnaire_id: QuestionnaireId,
    pub response_id: ResponseId,
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
}

impl ActiveModelBehavior for ActiveModel {}
