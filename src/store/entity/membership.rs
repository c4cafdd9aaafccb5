//! What an organizer may do with a questionnaire.

use sea_orm::entity::prelude::*;

use crate::domain::{OrganizerId, QuestionnaireId, Role};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub questionnaire_id: QuestionnaireId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub organizer_id: OrganizerId,
    pub role: Role,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
