//! A kept questionnaire as one document.

use sea_orm::{ConnectionTrait, DbErr};

use super::articles;
use super::questionnaires::{self, Questionnaire};
use crate::domain::Document;
use crate::domain::document::{ArticleText, DocumentQuestion};

/// The questionnaire with the questions on its form and its article, if it has one.
///
/// # Errors
/// A database that refuses.
pub async fn of(
    db: &impl ConnectionTrait,
    questionnaire: &Questionnaire,
) -> Result<Document, DbErr> {
    let article = articles::by_id(db, questionnaire.article_id).await?;
    let article = article.filter(articles::Article::has_text);
    let asked = questionnaires::asked(db, questionnaire.id).await?;
    let question = |asked: questionnaires::Asked| DocumentQuestion {
        key: Some(asked.key),
        wording: asked.wording,
        passage: asked.passage,
    };
    Ok(Document {
        title: questionnaire.title.clone(),
        introduction: questionnaire.introduction.clone(),
        language: questionnaire.language.clone(),
        mode: questionnaire.mode,
        options: questionnaire.options(),
        article: article.map(|kept| ArticleText { format: kept.format, text: kept.body }),
        questions: asked.into_iter().map(question).collect(),
    })
}
