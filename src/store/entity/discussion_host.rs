//! One who leads groups: a participant, who sits in the group too, or somebody else with a name
//! and an address. `languages` is a JSON list, `free` JSON (key of a slot: yes, `if_need_be` or
//! no); of a participant both are with the participant, and empty here.

use sea_orm::entity::prelude::*;

use crate::domain::{DiscussionId, HostId, ParticipantId, QuestionnaireId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "discussion_host")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: HostId,
    pub discussion_id: DiscussionId,
    pub questionnaire_id: QuestionnaireId,
    pub participant_id: Option<ParticipantId>,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub address: String,
    #[sea_orm(column_type = "Text")]
    pub languages: String,
    #[sea_orm(column_type = "Text")]
    pub free: String,
    pub most: i32,
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
}

impl ActiveModelBehavior for ActiveModel {}
