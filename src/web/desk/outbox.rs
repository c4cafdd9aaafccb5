//! The outbox: every mail, what became of it, and the mail itself as it is sent.

use actix_web::http::header;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use maud::Markup;

use crate::domain::campaign::{State, Terms};
use crate::domain::status::{Delivery, Purpose};
use crate::domain::{Fields, MessageId};
use crate::error::AppError;
use crate::service::Service;
use crate::store::campaigns;
use crate::store::outbox::{self, Message, standing};
use crate::web::extract::{App, Organizer};
use crate::web::reply;

pub mod choice;
mod letter;
pub mod list;
pub mod tell;

use choice::{Choice, Filter};
pub use letter::harmless;

/// How many messages are on one page.
pub(in crate::web::desk) const PAGE: u64 = 100;

/// Which messages can be shown.
const FILTERS: [Filter<Delivery>; 8] = [
    ("all", "All", &[]),
    ("waiting", "Waiting", &[Delivery::Queued, Delivery::Claimed, Delivery::InData]),
    ("sent", "Sent", &[Delivery::Sent]),
    ("files", "Written as files", &[Delivery::Written]),
    ("failed", "Not delivered", &[Delivery::Failed, Delivery::Expired, Delivery::Bounced]),
    ("unknown", "Perhaps delivered", &[Delivery::Unknown]),
    ("held", "Held back", &[Delivery::Suppressed, Delivery::Cancelled]),
    ("complained", "Unwanted", &[Delivery::Complained]),
];

/// `GET /desk/outbox?show=…&page=…`
pub async fn page(
    app: App,
    organizer: Organizer,
    request: HttpRequest,
) -> Result<Markup, AppError> {
    let query = Fields::parse(request.query_string().as_bytes());
    let choice = Choice::of(&FILTERS, &query);
    let number = page_number(&query);
    let db = app.store.read();
    let lines = outbox::page(db, &organizer.0, choice.kinds(), number, PAGE).await?;
    let counts = outbox::counts(db, &organizer.0).await?;
    let shown = list::Shown { lines, counts, choice, page: number };
    Ok(list::view(&app, &organizer.0, &shown))
}

/// The page that the address names, from 0; it names them from 1.
pub fn page_number(query: &Fields) -> u64 {
    let typed: u64 = query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    typed.clamp(1, 1_000_000) - 1
}

/// Until when a reminder waits for its reader's morning, and on which clock that is.
async fn quiet(app: &Service, message: &Message) -> Result<Option<(DateTime<Utc>, Tz)>, AppError> {
    if message.purpose != Purpose::Reminder || message.state != Delivery::Queued {
        return Ok(None);
    }
    let (db, now) = (app.store.read(), app.clock.now());
    let Some(id) = message.campaign_id else { return Ok(None) };
    let Some(campaign) = campaigns::by_id(db, id).await? else { return Ok(None) };
    let terms: Terms = serde_json::from_str(&campaign.terms).unwrap_or_default();
    let mut standing = standing::of(db, &[message.id], &[]).await?;
    let zone = standing.remove(&message.id).and_then(|of| of.zone).unwrap_or_default();
    Ok(terms.quiet_until(&zone, now).filter(|_| campaign.state == State::Running))
}

/// `GET /desk/outbox/{id}`; with `?as=eml` the bytes themselves.
pub async fn one(
    app: App,
    organizer: Organizer,
    id: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, AppError> {
    let id: MessageId = id.parse()?;
    let db = app.store.read();
    let message = outbox::one(db, &organizer.0, id).await?.ok_or(AppError::NotFound)?;
    let raw = outbox::raw::of(db, id).await?.unwrap_or_default();
    if Fields::parse(request.query_string().as_bytes()).has("as", "eml") {
        let file = format!("attachment; filename=\"{id}.eml\"");
        return Ok(HttpResponse::Ok()
            .content_type("message/rfc822")
            .insert_header((header::CONTENT_DISPOSITION, file))
            .body(raw));
    }
    let events = outbox::events(db, id).await?;
    let quiet = quiet(&app, &message).await?;
    let page = letter::view(&app, &organizer.0, &message, (&raw, &events), quiet);
    Ok(reply::page(page))
}
