//! What is typed and not yet submitted, kept for going on with another device. `fields` is a JSON list
//! of pairs.

use sea_orm::entity::prelude::*;

use crate::domain::{DraftId, InvitationId, QuestionnaireId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draft")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DraftId,
    pub questionnaire_id: QuestionnaireId,
    pub invitation_id: Option<InvitationId>,
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    #[sea_orm(column_type = "Text")]
    pub language: String,
    #[sea_orm(column_type = "Text")]
    pub fields: String,
    pub updated_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
