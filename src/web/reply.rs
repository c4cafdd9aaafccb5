//! The answers that many addresses give: go on there, or look at this page once more.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use maud::Markup;

/// On to `path`, after something was kept (303).
pub fn see(path: impl Into<String>) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, path.into())).finish()
}

/// A page (200).
pub fn page(page: Markup) -> HttpResponse {
    with(StatusCode::OK, page)
}

/// The page once more if it was `refused` (422), else a page (200).
pub fn page_or_refused(refused: bool, page: Markup) -> HttpResponse {
    if refused { self::refused(page) } else { self::page(page) }
}

/// The page once more, with what has to change (422).
pub fn refused(page: Markup) -> HttpResponse {
    with(StatusCode::UNPROCESSABLE_ENTITY, page)
}

/// A page with another status than 200.
pub fn with(status: StatusCode, page: Markup) -> HttpResponse {
    HttpResponse::build(status).content_type("text/html; charset=utf-8").body(page.into_string())
}
