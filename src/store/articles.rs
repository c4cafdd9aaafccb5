//! Articles as they were brought.

use sea_orm::{ActiveModelTrait as _, ConnectionTrait, DbErr, EntityTrait as _};

use super::entity::article;
use crate::domain::ArticleId;

pub use article::{ActiveModel as NewArticle, Model as Article};

impl Article {
    /// Whether there is anything to read: a questionnaire without an article has one of this
    /// kind, with its title and no text.
    pub fn has_text(&self) -> bool {
        !self.body.trim().is_empty()
    }
}

/// Keeps a new article.
pub async fn insert(db: &impl ConnectionTrait, new: NewArticle) -> Result<Article, DbErr> {
    new.insert(db).await
}

/// The article with this id.
pub async fn by_id(db: &impl ConnectionTrait, id: ArticleId) -> Result<Option<Article>, DbErr> {
    article::Entity::find_by_id(id).one(db).await
}
