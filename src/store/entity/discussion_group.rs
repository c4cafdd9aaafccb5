//! One group of a discussion, with its guide as JSON. Without a `place` it meets at the
//! discussion's.

use sea_orm::entity::prelude::*;

use crate::domain::{DiscussionId, GroupId, HostId, QuestionnaireId, SlotId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "discussion_group")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: GroupId,
    pub discussion_id: DiscussionId,
    pub questionnaire_id: QuestionnaireId,
    pub number: i32,
    #[sea_orm(column_type = "Text")]
    pub language: String,
    pub starts_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text")]
    pub place: String,
    pub slot_id: Option<SlotId>,
    pub host_id: Option<HostId>,
    pub sequence: i32,
    #[sea_orm(column_type = "Text")]
    pub guide: String,
    #[sea_orm(column_type = "Text")]
    pub summary: String,
}

impl ActiveModelBehavior for ActiveModel {}
