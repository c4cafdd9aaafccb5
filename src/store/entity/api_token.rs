//! A token with which a program speaks for an organizer, known by its hash.

use sea_orm::entity::prelude::*;

use crate::domain::{OrganizerId, QuestionnaireId, TokenId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_token")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TokenId,
    pub organizer_id: OrganizerId,
    pub questionnaire_id: Option<QuestionnaireId>,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text", unique)]
    pub token_hash: String,
    #[sea_orm(column_type = "Text")]
    pub begins: String,
    #[sea_orm(column_type = "Text")]
    pub scopes: String,
    pub created_at: DateTimeUtc,
    pub expires_at: Option<DateTimeUtc>,
    pub used_on: Option<chrono::NaiveDate>,
}

impl ActiveModelBehavior for ActiveModel {}
