//! Mails: those that leave, and those that came in.

use std::str::FromStr;

use actix_web::http::header;
use actix_web::web::Path;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::answered::{Download, Listed, Shown};
use super::asked::{Paging, Query, cursor, no_cursor};
use super::words::{Arrival, Delivery, Purpose};
use crate::domain::{ArrivalId, CampaignId, MessageId};
use crate::error::AppError;
use crate::store::{inbound, outbox};
use crate::web::extract::{App, Organizer};

/// A mail in the outbox.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Mail {
    /// Names it.
    pub id: MessageId,
    /// What it is for.
    pub purpose: Purpose,
    /// Whom it is for.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// In which language it is.
    pub language: String,
    /// Where it stands.
    pub state: Delivery,
    /// How often it was tried.
    pub attempts: i32,
    /// When it is tried next, while it waits.
    pub next_at: Option<DateTime<Utc>>,
    /// What the server said last.
    pub last_reply: Option<String>,
    /// The campaign it is part of, if it is of one.
    pub campaign: Option<CampaignId>,
    /// When it was queued.
    pub created_at: DateTime<Utc>,
    /// When its state changed last.
    pub updated_at: DateTime<Utc>,
}

/// A mail that came in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Letter {
    /// Names it.
    pub id: ArrivalId,
    /// What it turned out to be.
    pub kind: Arrival,
    /// Who wrote it.
    pub sender: String,
    /// Its subject.
    pub subject: String,
    /// What was done about it.
    pub said: String,
    /// The mail of ours that it is about, if it is about one.
    pub about: Option<MessageId>,
    /// Its size in bytes.
    pub size: i32,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// When it was dealt with.
    pub handled_at: Option<DateTime<Utc>>,
}

impl From<outbox::Message> for Mail {
    fn from(of: outbox::Message) -> Self {
        let waits = of.state == crate::domain::status::Delivery::Queued;
        Self {
            id: of.id,
            purpose: of.purpose.into(),
            recipient: of.recipient,
            subject: of.subject,
            language: of.language,
            state: of.state.into(),
            attempts: of.attempts,
            next_at: waits.then_some(of.next_at),
            last_reply: of.last_reply,
            campaign: of.campaign_id,
            created_at: of.created_at,
            updated_at: of.updated_at,
        }
    }
}

/// A moment, and the name of what stands there.
type Place<I> = (DateTime<Utc>, I);

/// Behind which moment and which name to go on, and how many.
fn behind<I: FromStr>(paging: &Paging) -> Result<(Option<Place<I>>, usize), AppError> {
    let size = paging.size()?;
    let Some(after) = paging.after()? else { return Ok((None, size)) };
    let (at, id) = after.split_once('/').ok_or_else(no_cursor)?;
    let at: i64 = at.parse().map_err(|_no_number| no_cursor())?;
    let at = DateTime::from_timestamp_micros(at).ok_or_else(no_cursor)?;
    Ok((Some((at, id.parse().map_err(|_no_id| no_cursor())?)), size))
}

/// A part of a list of which one more was read.
fn listed<R, T>(
    mut found: Vec<R>,
    size: usize,
    place: impl Fn(&R) -> (DateTime<Utc>, String),
    see: impl Fn(R) -> T,
) -> Listed<T> {
    let more = found.len() > size;
    found.truncate(size);
    let last = found.last().filter(|_| more).map(place);
    let next = last.map(|(at, id)| cursor(&format!("{}/{id}", at.timestamp_micros())));
    Listed { data: found.into_iter().map(see).collect(), next }
}

/// `GET /api/v1/outbox`
pub async fn outbox(
    app: App,
    me: Organizer,
    Query(paging): Query<Paging>,
) -> Result<Listed<Mail>, AppError> {
    let (last, size) = behind(&paging)?;
    let most = u64::try_from(size + 1).unwrap_or(1);
    let found = outbox::listing::behind(app.store.read(), &me.0, last, most).await?;
    let place = |mail: &outbox::Message| (mail.created_at, mail.id.to_string());
    Ok(listed(found, size, place, Mail::from))
}

/// `GET /api/v1/outbox/{id}`
pub async fn sent(app: App, me: Organizer, id: Path<String>) -> Result<Shown<Mail>, AppError> {
    let found = outbox::one(app.store.read(), &me.0, id.parse()?).await?;
    Ok(Shown(found.ok_or(AppError::NotFound)?.into()))
}

/// `GET /api/v1/outbox/{id}/raw`
pub async fn sent_raw(app: App, me: Organizer, id: Path<String>) -> Result<Download, AppError> {
    let (db, id): (_, MessageId) = (app.store.read(), id.parse()?);
    outbox::one(db, &me.0, id).await?.ok_or(AppError::NotFound)?;
    let raw = outbox::raw::of(db, id).await?.unwrap_or_default();
    Ok(eml(&id.to_string(), raw))
}

fn eml(name: &str, raw: Vec<u8>) -> Download {
    let file = format!("attachment; filename=\"{name}.eml\"");
    Download(
        actix_web::HttpResponse::Ok()
            .content_type("message/rfc822")
            .insert_header((header::CONTENT_DISPOSITION, file))
            .body(raw),
    )
}

impl From<inbound::Inbound> for Letter {
    fn from(of: inbound::Inbound) -> Self {
        Self {
            id: of.id,
            kind: of.kind.into(),
            sender: of.sender,
            subject: of.subject,
            said: of.said,
            about: of.message_id,
            size: of.size,
            received_at: of.received_at,
            handled_at: of.handled_at,
        }
    }
}

/// `GET /api/v1/inbox`
pub async fn inbox(
    app: App,
    me: Organizer,
    Query(paging): Query<Paging>,
) -> Result<Listed<Letter>, AppError> {
    let (last, size) = behind(&paging)?;
    let most = u64::try_from(size + 1).unwrap_or(1);
    let found = inbound::behind(app.store.read(), me.0.id, last, most).await?;
    let place = |letter: &inbound::Inbound| (letter.received_at, letter.id.to_string());
    Ok(listed(found, size, place, Letter::from))
}

/// `GET /api/v1/inbox/{id}`
pub async fn came(app: App, me: Organizer, id: Path<String>) -> Result<Shown<Letter>, AppError> {
    let found = inbound::one(app.store.read(), me.0.id, id.parse()?).await?;
    Ok(Shown(found.ok_or(AppError::NotFound)?.into()))
}

/// `GET /api/v1/inbox/{id}/raw`
pub async fn came_raw(app: App, me: Organizer, id: Path<String>) -> Result<Download, AppError> {
    let id: ArrivalId = id.parse()?;
    let found = inbound::one(app.store.read(), me.0.id, id).await?.ok_or(AppError::NotFound)?;
    Ok(eml(&id.to_string(), found.raw))
}
