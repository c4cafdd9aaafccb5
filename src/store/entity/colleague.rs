//! Somebody who is asked to work on a questionnaire.

use sea_orm::entity::prelude::*;

use crate::domain::email::Email;
use crate::domain::{ColleagueId, OrganizerId, QuestionnaireId, Role};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "colleague")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ColleagueId,
    pub questionnaire_id: QuestionnaireId,
    pub address: Email,
    #[sea_orm(column_type = "Text")]
    pub address_folded: String,
    pub role: Role,
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    pub invited_by: OrganizerId,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
