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

/// Style sheets as browsers get them.
static STYLES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let sheets = Assets::iter().filter_map(|name| {
        let file = Assets::get(&name).filter(|_| name.ends_with(".css"))?;
        let text = String::from_utf8_lossy(&file.data);
        Some((name.into_owned(), without_comments(&text)))
    });
    sheets.collect()
});

/// What is said to whoever reads the file is not sent to everybody. No value in it holds `/*`.
fn without_comments(sheet: &str) -> String {
    let mut parts = sheet.split("/*");
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let after = part.split_once("*/").map_or("", |(_, after)| after);
        bare.push_str(after.strip_prefix('\n').unwrap_or(after));
    }
    bare
}

/// The address of an asset; a change of its content is a new address.
pub fn url(name: &str) -> &'static str {
    URLS.get(name).map_or("", String::as_str)
}

/// `GET /assets/{name}`
pub async fn serve(name: web::Path<String>) -> Result<HttpResponse, AppError> {
    let file = Assets::get(&name).ok_or(AppError::NotFound)?;
    let kind = mime_guess::from_path(&*name).first_or_octet_stream();
    let body = STYLES.get(&*name).map_or_else(|| file.data.into_owned(), |s| s.clone().into());
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(body))
}

/// `GET /favicon.ico`: browsers ask for it whatever the page says.
pub async fn favicon() -> Result<HttpResponse, AppError> {
    serve(web::Path::from("favicon.svg".to_owned())).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_goes_without_what_is_said_in_it() {
        assert_eq!(without_comments("/* a */\n.b{c:d}\n/* e\n f */.g{}/* open"), ".b{c:d}\n.g{}");
        let main = &STYLES["main.css"];
        assert!(main.len() > 20_000 && !main.contains("/*") && main.ends_with("}\n"));
    }
}
