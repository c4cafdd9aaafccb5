//! Articles as they were brought.

use std::collections::BTreeSet;

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    QueryFilter as _, QuerySelect as _,
};

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

/// How many texts this one replaced, one after the other.
pub async fn earlier(db: &impl ConnectionTrait, of: &Article) -> Result<usize, DbErr> {
    let (mut count, mut next) = (0, of.earlier_id);
    while let Some(id) = next {
        (count, next) = (count + 1, before(db, id).await?);
    }
    Ok(count)
}

/// Which text the one with this id replaced, if it did.
async fn before(db: &impl ConnectionTrait, id: ArticleId) -> Result<Option<ArticleId>, DbErr> {
    let found = article::Entity::find_by_id(id)
        .select_only()
        .column(article::Column::EarlierId)
        .into_tuple::<Option<ArticleId>>()
        .one(db)
        .await?;
    Ok(found.flatten())
}

/// All texts of the article with this id: those that it replaced, and those that were brought to
/// replace one of them and were not taken.
pub async fn family(db: &impl ConnectionTrait, id: ArticleId) -> Result<Vec<ArticleId>, DbErr> {
    let mut ids = BTreeSet::from([id]);
    let mut next = before(db, id).await?;
    while let Some(id) = next.filter(|id| ids.insert(*id)) {
        next = before(db, id).await?;
    }
    loop {
        let newer: Vec<ArticleId> = article::Entity::find()
            .select_only()
            .column(article::Column::Id)
            .filter(article::Column::EarlierId.is_in(ids.iter().copied()))
            .filter(article::Column::Id.is_not_in(ids.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        if newer.is_empty() {
            return Ok(ids.into_iter().collect());
        }
        ids.extend(newer);
    }
}
