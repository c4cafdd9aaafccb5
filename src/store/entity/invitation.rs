//! One contact asked to one questionnaire.

use sea_orm::entity::prelude::*;

use crate::domain::{ContactId, InvitationId, QuestionnaireId, ResponseId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InvitationId,
    pub questionnaire_id: QuestionnaireId,
    pub contact_id: ContactId,
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    pub response_id: Option<ResponseId>,
    pub created_at: DateTimeUtc,
    pub opened_at: Option<DateTimeUtc>,
    pub answered_at: Option<DateTimeUtc>,
    pub stopped_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
