//! An image that an article names and that was asked for once: kept, or why it is not.

use sea_orm::entity::prelude::*;

use crate::domain::ArticleId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article_image")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub article_id: ArticleId,
    /// A print of the address, which may be long.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub print: String,
    /// Where it was asked for.
    #[sea_orm(column_type = "Text")]
    pub address: String,
    /// The name of the image that is kept.
    #[sea_orm(column_type = "Text", nullable)]
    pub image: Option<String>,
    /// Why none is.
    #[sea_orm(column_type = "Text", nullable)]
    pub why: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
