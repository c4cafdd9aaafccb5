//! The style sheet, the script and the icon: embedded in the binary, at addresses that carry
//! their content's hash, so that browsers may keep them for good.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use rust_embed::Embed;

use crate::domain::token::hex;
use crate::error::AppError;

#[derive(Embed)]
#[folder = "assets/web/"]
struct Assets;

static URLS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    Assets::iter()
        .filter_map(|name| {
            let hash = Assets::get(&name)?.metadata.sha256_hash();
            let url = format!("/assets/{name}?v={}", hex(hash.get(..6)?));
            Some((name.into_owned(), url))
        })
        .collect()
});

/// The address of an asset; a change of its content is a new address.
pub fn url(name: &str) -> &'static str {
    URLS.get(name).map_or("", String::as_str)
}

/// `GET /assets/{name}`
pub async fn serve(name: web::Path<String>) -> Result<HttpResponse, AppError> {
    let file = Assets::get(&name).ok_or(AppError::NotFound)?;
    let kind = mime_guess::from_path(&*name).first_or_octet_stream();
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(file.data.into_owned()))
}

/// `GET /favicon.ico`: browsers ask for it whatever the page says.
pub async fn favicon() -> Result<HttpResponse, AppError> {
    serve(web::Path::from("favicon.svg".to_owned())).await
}
