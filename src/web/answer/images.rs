//! The images of an article that are kept here, at addresses that are made of what they are.

use std::collections::BTreeMap;

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use super::published::Published;
use crate::article::Picture;
use crate::domain::ArticleId;
use crate::domain::picture::Format;
use crate::error::AppError;
use crate::service::Service;
use crate::store::images::{self, Asked};
use crate::web::extract::App;

/// Where the images are served from, by the addresses at which they were found; `base`: what
/// comes before their names.
pub(in crate::web) fn pictures(base: &str, asked: &[Asked]) -> BTreeMap<String, Picture> {
    let kept = asked.iter().filter_map(|one| {
        let kept = one.found.as_ref().ok()?;
        let source = format!("{base}/{}", kept.name);
        Some((one.address.clone(), Picture { source, width: kept.width, height: kept.height }))
    });
    kept.collect()
}

/// `GET /q/{slug}/images/{name}`
pub async fn serve(app: App, path: web::Path<(String, String)>) -> Result<HttpResponse, AppError> {
    let (slug, name) = path.into_inner();
    let of = Published::at(&app, &slug).await?;
    file(&app, of.article.id, &name).await
}

/// The image, if the article shows one of this name. What it is sent as was read off its bytes,
/// and browsers are told to believe nothing else.
pub(in crate::web) async fn file(
    app: &Service,
    article: ArticleId,
    name: &str,
) -> Result<HttpResponse, AppError> {
    let format = Format::of_name(name).ok_or(AppError::NotFound)?;
    let bytes = images::bytes(app.store.read(), article, name).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .content_type(format.content_type())
        .body(bytes.ok_or(AppError::NotFound)?))
}
