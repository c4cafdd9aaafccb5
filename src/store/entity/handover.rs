//! A questionnaire that a member is asked to take over.

use sea_orm::entity::prelude::*;

use crate::domain::{OrganizerId, QuestionnaireId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "handover")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub questionnaire_id: QuestionnaireId,
    pub organizer_id: OrganizerId,
    pub offered_by: OrganizerId,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
