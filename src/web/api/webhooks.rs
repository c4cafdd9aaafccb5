//! Webhooks: the addresses that are told what happens to a questionnaire, and what they were told.

use std::collections::BTreeSet;

use actix_web::web::Path;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answered::{Begun, Created, Done, Listed, Shown, ShownOnce};
use super::asked::{Json, Paging, Query};
use super::refusals;
use super::words::Telling;
use crate::acts::set_up_webhook::{
    Wish, change_webhook, make_webhook, remove_webhook, rotate_secret, secrets, switch_webhook,
    tell_again, try_webhook,
};
use crate::domain::webhook::{self, Event, written};
use crate::domain::{NoticeId, WebhookId};
use crate::error::AppError;
use crate::service::Service;
use crate::store::questionnaires::Questionnaire;
use crate::store::webhooks::{self, Notice, Webhook, notices};
use crate::web::extract::{App, Organizer};

/// So many of the last deliveries of a webhook are listed.
const LISTED: u64 = 1_000;

/// An address that is told what happens to a questionnaire.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Webhook)]
pub struct WebhookSeen {
    /// Names it.
    pub id: WebhookId,
    /// Where it is told.
    pub address: String,
    /// What it is told.
    pub events: Vec<Event>,
    /// Whether it is on. One that does not answer for long is switched off.
    pub on: bool,
    /// Why it was switched off, where that was not by hand.
    pub off_because: Option<String>,
    /// How many things it is still to be told.
    pub waiting: u64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When its secret was changed last.
    pub rotated_at: Option<DateTime<Utc>>,
}

/// A webhook with a secret that is new.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NewSecret {
    /// The secret that signs what is told (Standard Webhooks): write it down now, it is in this
    /// answer and in no other.
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    pub secret: String,
    /// The webhook.
    pub webhook: WebhookSeen,
}

/// A webhook to be made.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeWebhook {
    /// Where it is told; it begins with `https://`.
    #[schema(max_length = 2000, example = "https://example.org/colloquy")]
    pub address: String,
    /// What it is told.
    #[schema(min_items = 1, value_type = Vec<Event>)]
    pub events: BTreeSet<Event>,
}

/// What of a webhook is changed; what is left out stays.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeWebhook {
    /// Where it is told.
    #[schema(max_length = 2000, example = "https://example.org/colloquy")]
    pub address: Option<String>,
    /// What it is told, all of it.
    #[schema(min_items = 1, value_type = Option<Vec<Event>>)]
    pub events: Option<BTreeSet<Event>>,
    /// Whether it is on. Switched on again, it is told what it was not told.
    pub on: Option<bool>,
}

/// Something that a webhook is told.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Notification {
    /// Names it; the other side gets it as `webhook-id`.
    pub id: NoticeId,
    /// What happened: one of the events, or `test`.
    #[schema(example = "response.submitted")]
    pub event: String,
    /// What is told, as it is signed.
    pub body: String,
    /// How far telling has come.
    pub state: Telling,
    /// How often it was tried.
    pub attempts: i32,
    /// The status of the last answer, if there was one.
    pub status: Option<i32>,
    /// What went wrong last.
    pub said: Option<String>,
    /// When it happened.
    pub created_at: DateTime<Utc>,
    /// When it is tried next; null: not again.
    pub next_at: Option<DateTime<Utc>>,
    /// When the other side took it.
    pub told_at: Option<DateTime<Utc>>,
}

impl Notification {
    fn of(kept: Notice) -> Self {
        let waits = kept.state == webhook::Telling::Waiting;
        Self {
            id: kept.id,
            event: kept.event,
            body: kept.body,
            state: kept.state.into(),
            attempts: kept.attempts,
            status: kept.last_status,
            said: kept.last_said,
            created_at: kept.created_at,
            next_at: waits.then_some(kept.next_at),
            told_at: kept.told_at,
        }
    }
}

async fn seen(app: &Service, hook: Webhook) -> Result<WebhookSeen, AppError> {
    Ok(WebhookSeen {
        waiting: notices::waiting(app.store.read(), hook.id).await?,
        events: hook.wants(),
        on: hook.off_at.is_none(),
        id: hook.id,
        address: hook.address,
        off_because: hook.off_because,
        created_at: hook.created_at,
        rotated_at: hook.rotated_at,
    })
}

async fn found(
    app: &App,
    me: &Organizer,
    slug: &str,
    id: &str,
) -> Result<(Questionnaire, Webhook), AppError> {
    let of = me.questionnaire(app, slug).await?;
    let hook = webhooks::by_id(app.store.read(), of.id, id.parse()?).await?;
    Ok((of, hook.ok_or(AppError::NotFound)?))
}

async fn with_secret(
    app: &App,
    of: &Questionnaire,
    hook: Webhook,
) -> Result<ShownOnce<NewSecret>, AppError> {
    let newest = secrets(app, &hook, app.clock.now()).first().map(written);
    let at = format!("/api/v1/questionnaires/{}/webhooks/{}", of.slug, hook.id);
    let webhook = seen(app, hook).await?;
    Ok(ShownOnce(Created { at, made: NewSecret { secret: newest.unwrap_or_default(), webhook } }))
}

/// `GET /api/v1/questionnaires/{slug}/webhooks`
pub async fn list(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Query(paging): Query<Paging>,
) -> Result<Listed<WebhookSeen>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let mut all = vec![];
    for hook in webhooks::all_of(app.store.read(), of.id).await? {
        all.push(seen(&app, hook).await?);
    }
    Listed::of(all, |hook| hook.id.to_string(), &paging)
}

/// `POST /api/v1/questionnaires/{slug}/webhooks`
pub async fn make(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Json(wanted): Json<MakeWebhook>,
) -> Result<ShownOnce<NewSecret>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let address = wanted.address.trim().to_owned();
    let wish = Wish { address, events: wanted.events.into_iter().collect() };
    let hook = make_webhook(&app, &of, &wish).await?.map_err(refusals::all)?;
    with_secret(&app, &of, hook).await
}

/// `GET /api/v1/questionnaires/{slug}/webhooks/{id}`
pub async fn show(
    app: App,
    me: Organizer,
    path: Path<(String, String)>,
) -> Result<Shown<WebhookSeen>, AppError> {
    let (slug, id) = path.into_inner();
    let (_, hook) = found(&app, &me, &slug, &id).await?;
    Ok(Shown(seen(&app, hook).await?))
}

/// `PATCH /api/v1/questionnaires/{slug}/webhooks/{id}`
pub async fn change(
    app: App,
    me: Organizer,
    path: Path<(String, String)>,
    Json(wanted): Json<ChangeWebhook>,
) -> Result<Shown<WebhookSeen>, AppError> {
    let (slug, id) = path.into_inner();
    let (of, mut hook) = found(&app, &me, &slug, &id).await?;
    if wanted.address.is_some() || wanted.events.is_some() {
        let address = wanted.address.map(|typed| typed.trim().to_owned());
        let events = wanted.events.map(|chosen| chosen.into_iter().collect());
        let wish = Wish {
            address: address.unwrap_or_else(|| hook.address.clone()),
            events: events.unwrap_or_else(|| hook.wants()),
        };
        hook = change_webhook(&app, hook, &wish).await?.map_err(refusals::all)?;
    }
    if let Some(on) = wanted.on
        && on != hook.off_at.is_none()
    {
        switch_webhook(&app, hook.clone(), on).await?;
    }
    let (_, hook) = found(&app, &me, of.slug.as_str(), &id).await?;
    Ok(Shown(seen(&app, hook).await?))
}

/// `DELETE /api/v1/questionnaires/{slug}/webhooks/{id}`
pub async fn remove(
    app: App,
    me: Organizer,
    path: Path<(String, String)>,
) -> Result<Done, AppError> {
    let (slug, id) = path.into_inner();
    let (_, hook) = found(&app, &me, &slug, &id).await?;
    remove_webhook(&app, &hook).await?;
    Ok(Done)
}

/// `POST /api/v1/questionnaires/{slug}/webhooks/{id}/secret`
pub async fn rotate(
    app: App,
    me: Organizer,
    path: Path<(String, String)>,
) -> Result<ShownOnce<NewSecret>, AppError> {
    let (slug, id) = path.into_inner();
    let (of, hook) = found(&app, &me, &slug, &id).await?;
    let hook = rotate_secret(&app, hook).await?;
    with_secret(&app, &of, hook).await
}

/// `POST /api/v1/questionnaires/{slug}/webhooks/{id}/test`
pub async fn test(
    app: App,
    me: Organizer,
    path: Path<(String, String)>,
) -> Result<Begun<Notification>, AppError> {
    let (slug, id) = path.into_inner();
    let (of, hook) = found(&app, &me, &slug, &id).await?;
    let told = try_webhook(&app, &of, &hook).await?;
    told_again(&app, &hook, told).await
}

/// `GET /api/v1/questionnaires/{slug}/webhooks/{id}/deliveries`
pub async fn deliveries(
    app: App,
    me: Organizer,
    path: Path<(String, String)>,
    Query(paging): Query<Paging>,
) -> Result<Listed<Notification>, AppError> {
    let (slug, id) = path.into_inner();
    let (_, hook) = found(&app, &me, &slug, &id).await?;
    let last = notices::last_of(app.store.read(), hook.id, LISTED).await?;
    Ok(Listed::of(last, |one| one.id.to_string(), &paging)?.map(Notification::of))
}

/// `POST /api/v1/questionnaires/{slug}/webhooks/{id}/deliveries/{delivery}/again`
pub async fn again(
    app: App,
    me: Organizer,
    path: Path<(String, String, String)>,
) -> Result<Begun<Notification>, AppError> {
    let (slug, id, delivery) = path.into_inner();
    let (_, hook) = found(&app, &me, &slug, &id).await?;
    let delivery: NoticeId = delivery.parse()?;
    if !tell_again(&app, &hook, delivery).await? {
        return Err(AppError::NotFound);
    }
    told_again(&app, &hook, delivery).await
}

async fn told_again(
    app: &App,
    hook: &Webhook,
    id: NoticeId,
) -> Result<Begun<Notification>, AppError> {
    let notice = notices::by_id(app.store.read(), hook.id, id).await?;
    Ok(Begun(Notification::of(notice.ok_or(AppError::NotFound)?)))
}
