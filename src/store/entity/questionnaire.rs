//! A questionnaire on one article.

use sea_orm::entity::prelude::*;

use crate::domain::{
    ArticleId, OrganizerId, QuestionnaireId, Slug,
    status::{Mode, Status},
};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "questionnaire")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: QuestionnaireId,
    pub organizer_id: OrganizerId,
    pub article_id: ArticleId,
    pub slug: Slug,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub introduction: String,
    #[sea_orm(column_type = "Text")]
    pub language: String,
    pub status: Status,
    pub version: i64,
    pub example: bool,
    pub created_at: DateTimeUtc,
    pub published_at: Option<DateTimeUtc>,
    pub closed_at: Option<DateTimeUtc>,
    pub mode: Mode,
    #[sea_orm(column_type = "Text")]
    pub options: String,
}

impl ActiveModelBehavior for ActiveModel {}
