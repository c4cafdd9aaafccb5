//! How many open the form and begin to answer: numbers by day, and nothing about who.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

use super::published::Published;
use crate::error::AppError;
use crate::service::Service;
use crate::web::extract::{App, cookie};

/// `POST /q/{slug}/begun`: the page says that somebody has written the first letter. It is the
/// same address for all who came through an invitation.
pub async fn begun(app: App, slug: web::Path<String>) -> Result<HttpResponse, AppError> {
    let of = Published::at(&app, &slug).await?;
    if of.is_open() {
        app.reach.begun(of.questionnaire.id, app.clock.now().date_naive());
    }
    Ok(HttpResponse::NoContent().finish())
}

/// The form was drawn for somebody. Not counted: browsers that fetch ahead, readers who change
/// its language or its view, organizers.
pub(super) fn opened(app: &Service, request: &HttpRequest, of: &Published) {
    let says = |name: &str, what: &str| {
        let value = request.headers().get(name).and_then(|value| value.to_str().ok());
        value.is_some_and(|value| value.contains(what))
    };
    let ahead = ["sec-purpose", "purpose", "x-moz"].iter().any(|name| says(name, "prefetch"));
    let again = says("sec-fetch-site", "same-origin")
        && request.query_string().split('&').any(|part| {
            part.split_once('=').is_some_and(|(name, _)| matches!(name, "lang" | "view"))
        });
    if !ahead && !again && cookie(request).is_none() {
        app.reach.opened(of.questionnaire.id, app.clock.now().date_naive());
    }
}

/// A first form was kept. Whoever sent it without a script has not told before that they began:
/// a script does not ask for a page.
pub(super) fn sent(app: &Service, request: &HttpRequest, of: &Published) {
    let accepts = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
    if accepts.is_none_or(|accepts| accepts.contains("text/html")) {
        app.reach.begun(of.questionnaire.id, app.clock.now().date_naive());
    }
}
