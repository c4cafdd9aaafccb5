//! The images of an article: whether readers see them.

use actix_web::web::Path;
use serde::Serialize;
use utoipa::ToSchema;

use super::answered::{Done, Shown};
use crate::acts::show_images::{Named, hide_images, named, show_images};
use crate::error::AppError;
use crate::store::questionnaires::Questionnaire;
use crate::store::{articles, images};
use crate::web::extract::{App, Organizer};

/// The images that an article names.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ArticleImages {
    /// In the article's order.
    pub images: Vec<ArticleImage>,
}

/// An image that an article names.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ArticleImage {
    /// Where it is, as the article says.
    pub address: String,
    /// The words that stand for it; may be empty.
    pub words: String,
    /// Whose server has it.
    pub host: Option<String>,
    /// Whether readers see it; else it is a link.
    pub shown: bool,
    /// Why it could not be fetched.
    pub why: Option<String>,
    /// Its width in pixels, where it is shown.
    pub width: Option<u32>,
    /// Its height in pixels, where it is shown.
    pub height: Option<u32>,
}

impl From<Named> for ArticleImage {
    fn from(one: Named) -> Self {
        let kept = one.found.as_ref().and_then(|found| found.as_ref().ok());
        Self {
            shown: kept.is_some(),
            width: kept.map(|kept| kept.width),
            height: kept.map(|kept| kept.height),
            why: one.found.and_then(Result::err),
            address: one.image.address,
            words: one.image.words,
            host: one.image.host,
        }
    }
}

/// `GET /api/v1/questionnaires/{slug}/article/images`
pub async fn list(
    app: App,
    me: Organizer,
    slug: Path<String>,
) -> Result<Shown<ArticleImages>, AppError> {
    let questionnaire = me.questionnaire(&app, &slug).await?;
    Ok(Shown(of(&app, &questionnaire).await?))
}

/// `PUT /api/v1/questionnaires/{slug}/article/images`
pub async fn show(
    app: App,
    me: Organizer,
    slug: Path<String>,
) -> Result<Shown<ArticleImages>, AppError> {
    let questionnaire = me.questionnaire(&app, &slug).await?;
    show_images(&app, &questionnaire).await?;
    Ok(Shown(of(&app, &questionnaire).await?))
}

/// `DELETE /api/v1/questionnaires/{slug}/article/images`
pub async fn hide(app: App, me: Organizer, slug: Path<String>) -> Result<Done, AppError> {
    let questionnaire = me.questionnaire(&app, &slug).await?;
    hide_images(&app, &questionnaire).await?;
    Ok(Done)
}

async fn of(app: &App, questionnaire: &Questionnaire) -> Result<ArticleImages, AppError> {
    let db = app.store.read();
    let article = articles::by_id(db, questionnaire.article_id).await?.ok_or(AppError::NotFound)?;
    let asked = images::of(db, article.id).await?;
    let images = named(&article, asked)?.into_iter().map(ArticleImage::from).collect();
    Ok(ArticleImages { images })
}
