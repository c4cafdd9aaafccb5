//! The brief to take along: Markdown, one HTML file, PDF, data.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, ContentDisposition};
use actix_web::{HttpRequest, HttpResponse};
use maud::html;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::domain::token::hex;
use crate::error::AppError;
use crate::insight::brief::markdown::markdown;
use crate::insight::brief::sheet::Sheet;
use crate::pdf::{self, Paper, Template};
use crate::web::ui::brief;
use crate::web::ui::layout;
use crate::words::Words;

/// The forms of the file, by their names in addresses.
const NAMES: [(&str, &str); 5] = [
    ("brief.pdf", "brief-file-pdf-a4"),
    ("brief-letter.pdf", "brief-file-pdf-letter"),
    ("brief.html", "brief-file-html"),
    ("brief.md", "brief-file-md"),
    ("brief.json", "brief-file-json"),
];

/// The files that there are, by their names in addresses, with the words for each.
pub(in crate::web) fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    let there = |(_, key): &(_, &str)| pdf::IS_THERE || !key.starts_with("brief-file-pdf");
    NAMES.into_iter().filter(there)
}

/// One of the files, to be saved under a name that begins with `called`.
pub(in crate::web) async fn file(
    request: &HttpRequest,
    words: Words,
    name: &str,
    called: &str,
    sheet: &Sheet,
    value: impl FnOnce() -> Value,
) -> Result<HttpResponse, AppError> {
    let (kind, ending, body) = match name {
        "brief.md" => ("text/markdown; charset=utf-8", "md", markdown(sheet).into_bytes()),
        "brief.html" => {
            ("text/html; charset=utf-8", "html", brief::file(sheet).into_string().into_bytes())
        }
        "brief.json" => {
            let text = serde_json::to_string_pretty(&value()).map_err(anyhow::Error::from)?;
            ("application/json", "json", text.into_bytes())
        }
        "brief.pdf" | "brief-letter.pdf" => {
            let paper = if name == "brief.pdf" { Paper::A4 } else { Paper::Letter };
            let sheet = serde_json::to_value(sheet).map_err(anyhow::Error::from)?;
            match pdf::set(Template::Brief, &sheet, paper).await {
                Ok(pdf) => ("application/pdf", "pdf", pdf.to_vec()),
                Err(error) => {
                    tracing::error!(%error, "a brief could not be made into a PDF");
                    return Ok(no_pdf(words));
                }
            }
        }
        _ => return Err(AppError::NotFound),
    };
    let mut answer = revalidated(request, kind, body);
    if answer.status() == StatusCode::OK {
        // Slugs are letters, digits and hyphens: the plain form of RFC 6266 is enough.
        let name = format!("{called}.{ending}");
        let to_save = ContentDisposition::attachment(name).to_string();
        if let Ok(to_save) = header::HeaderValue::try_from(to_save) {
            answer.headers_mut().insert(header::CONTENT_DISPOSITION, to_save);
        }
    }
    Ok(answer)
}

/// A body with a mark by which a browser can ask whether it is still the same.
pub(in crate::web) fn revalidated(
    request: &HttpRequest,
    kind: &'static str,
    body: Vec<u8>,
) -> HttpResponse {
    let mark = hex(Sha256::digest(&body).get(..12).unwrap_or_default());
    // Weak: on the way it may be compressed.
    let mark = format!("W/\"{mark}\"");
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|one| one.trim() == mark)) {
        return HttpResponse::NotModified().insert_header((header::ETAG, mark)).finish();
    }
    HttpResponse::Ok().content_type(kind).insert_header((header::ETAG, mark)).body(body)
}

fn no_pdf(words: Words) -> HttpResponse {
    let title = words.get("brief-pdf-failed");
    let page = layout::reader(
        words,
        &title,
        html! { h1 { (title) } p { (words.get("brief-pdf-failed-next")) } },
    );
    HttpResponse::ServiceUnavailable()
        .content_type("text/html; charset=utf-8")
        .body(page.into_string())
}
