//! Mails that came in: what each was, what was done about it and why, and the mail itself.

use actix_web::http::header;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use maud::Markup;

use crate::domain::status::Arrival;
use crate::domain::{ArrivalId, Fields};
use crate::error::AppError;
use crate::store::inbound;
use crate::store::outbox::back;
use crate::web::desk::outbox::choice::{Choice, Filter};
use crate::web::desk::outbox::{PAGE, page_number};
use crate::web::extract::{App, Organizer};
use crate::web::reply;

pub mod list;
mod one;
pub mod tell;

/// Which mails can be shown.
const FILTERS: [Filter<Arrival>; 6] = [
    ("all", "All", &[]),
    ("letters", "Letters", &[Arrival::Letter]),
    ("bounces", "Came back", &[Arrival::Bounce, Arrival::Notice]),
    ("complaints", "Unwanted", &[Arrival::Complaint, Arrival::Stop]),
    ("answers", "Calendars", &[Arrival::Answer]),
    ("others", "Left alone", &[Arrival::Automatic, Arrival::Forged, Arrival::Unreadable]),
];

/// `GET /desk/inbox?show=…&page=…`
pub async fn page(
    app: App,
    organizer: Organizer,
    request: HttpRequest,
) -> Result<Markup, AppError> {
    let query = Fields::parse(request.query_string().as_bytes());
    let choice = Choice::of(&FILTERS, &query);
    let number = page_number(&query);
    let db = app.store.read();
    let lines = inbound::page(db, organizer.0.id, choice.kinds(), number, PAGE).await?;
    let counts = inbound::counts(db, organizer.0.id).await?;
    let trouble = list::trouble(&app).await?;
    let shown = list::Shown { lines, counts, choice, page: number, trouble };
    Ok(list::view(&app, &organizer.0, &shown))
}

/// `GET /desk/inbox/{id}`; with `?as=eml` the bytes themselves.
pub async fn one(
    app: App,
    organizer: Organizer,
    id: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, AppError> {
    let id: ArrivalId = id.parse()?;
    let db = app.store.read();
    let found = inbound::one(db, organizer.0.id, id).await?.ok_or(AppError::NotFound)?;
    if Fields::parse(request.query_string().as_bytes()).has("as", "eml") {
        let file = format!("attachment; filename=\"{id}.eml\"");
        return Ok(HttpResponse::Ok()
            .content_type("message/rfc822")
            .insert_header((header::CONTENT_DISPOSITION, file))
            .body(found.raw));
    }
    let about = match found.message_id {
        Some(message) => back::by_id(db, message).await?,
        None => None,
    };
    let page = one::view(&organizer.0, &found, about.as_ref());
    Ok(reply::page(page))
}
