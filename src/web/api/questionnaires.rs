//! Questionnaires: listed, copied, published, closed.

use std::collections::BTreeMap;

use actix_web::web::Path;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::answered::{Created, Done, Listed, Shown};
use super::asked::{Paging, Query};
use super::caller::Caller;
use super::refusals;
use super::words::{MemberRole, Mode, Status};
use crate::acts::bring_example::bring_example;
use crate::acts::check_questionnaire::{closing_passed, obstacles};
use crate::acts::choose_options::Chosen;
use crate::acts::duplicate_questionnaire::duplicate_questionnaire;
use crate::acts::fill_example::fill_example;
use crate::acts::publish_questionnaire::{close_questionnaire, publish_questionnaire};
use crate::domain::{Role, status};
use crate::error::AppError;
use crate::href;
use crate::service::Service;
use crate::store::{members, mixing, questionnaires, responses};
use crate::web::extract::{App, Organizer};

/// A questionnaire.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Questionnaire {
    /// Names it in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The language of its texts, as a language tag.
    #[schema(example = "en")]
    pub language: String,
    /// Whether readers can answer it.
    pub status: Status,
    /// What is kept of who answered.
    pub mode: Mode,
    /// What you may do with it.
    pub role: MemberRole,
    /// Where readers answer it.
    pub address: String,
    /// How many responses count.
    pub responses: u64,
    /// How many wait to be mixed, where it is anonymous.
    pub waiting: u64,
    /// Names of the hidden fields that a link may carry as `?h.{name}=`.
    pub hidden: Vec<String>,
    /// Origins whose pages may show the form in a frame.
    pub embed: Vec<String>,
    /// When it begins to take answers, where that is not by hand.
    pub opens_at: Option<DateTime<Utc>>,
    /// When it stops by itself.
    pub closes_at: Option<DateTime<Utc>>,
    /// The time zone on whose clock both are shown; empty: UTC.
    #[schema(example = "Europe/Berlin")]
    pub zone: String,
    /// How many responses are taken; null: as many as come.
    pub most: Option<u32>,
    /// What readers see once their answers have arrived; may be empty.
    pub thanks: String,
    /// The same in further languages, by language tag.
    pub thanks_in: BTreeMap<String, String>,
    /// Its colour; null: ours.
    #[schema(example = "#0a5a57")]
    pub accent: Option<String>,
    /// Whether it has a picture of its own: see `logo`.
    pub has_logo: bool,
    /// How often it was changed.
    pub version: i64,
    /// Whether it is the example, which may be filled with made-up answers.
    pub example: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was first published.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
}

/// What stands in the way of publishing.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Checks {
    /// Whether it can be published.
    pub ready: bool,
    /// What stands in the way, one sentence each.
    pub obstacles: Vec<String>,
}

/// A questionnaire as a program sees it.
///
/// # Errors
/// A database that refuses.
pub async fn seen(
    app: &Service,
    me: &Organizer,
    of: questionnaires::Questionnaire,
) -> Result<Questionnaire, AppError> {
    let role = members::role_of(app.store.read(), of.id, me.0.id).await?;
    seen_as(app, role.ok_or(AppError::NotFound)?, of).await
}

async fn seen_as(
    app: &Service,
    role: Role,
    of: questionnaires::Questionnaire,
) -> Result<Questionnaire, AppError> {
    let db = app.store.read();
    let thanks_in = Chosen::of(&of).thanks_in;
    let options = of.options();
    Ok(Questionnaire {
        responses: responses::count(db, of.id).await?,
        waiting: mixing::count(db, of.id).await?,
        address: app.link(&href::questionnaire(&of.slug)),
        role: role.into(),
        slug: of.slug.to_string(),
        title: of.title,
        language: of.language,
        status: of.status.into(),
        mode: of.mode.into(),
        hidden: options.hidden,
        embed: options.embed,
        opens_at: options.opens_at,
        closes_at: options.closes_at,
        zone: options.zone,
        most: options.most,
        thanks: options.thanks,
        thanks_in,
        accent: options.accent,
        has_logo: options.logo.is_some(),
        version: of.version,
        example: of.example,
        created_at: of.created_at,
        published_at: of.published_at,
        closed_at: of.closed_at,
    })
}

/// The answer for one that was made.
///
/// # Errors
/// A database that refuses.
pub async fn made(
    app: &Service,
    me: &Organizer,
    of: questionnaires::Questionnaire,
) -> Result<Created<Questionnaire>, AppError> {
    let at = format!("/api/v1/questionnaires/{}", of.slug);
    Ok(Created { at, made: seen(app, me, of).await? })
}

/// `GET /api/v1/questionnaires`
pub async fn list(
    app: App,
    me: Organizer,
    caller: Caller,
    Query(paging): Query<Paging>,
) -> Result<Listed<Questionnaire>, AppError> {
    let all = questionnaires::with_roles(app.store.read(), me.0.id).await?;
    let only = caller.token.questionnaire_id;
    let all: Vec<_> =
        all.into_iter().filter(|(of, _)| only.is_none_or(|only| of.id == only)).collect();
    let part = Listed::of(all, |(of, _)| of.slug.to_string(), &paging)?;
    let mut data = vec![];
    for (of, role) in part.data {
        data.push(seen_as(&app, role, of).await?);
    }
    Ok(Listed { data, next: part.next })
}

/// `POST /api/v1/examples`
pub async fn example(app: App, me: Organizer) -> Result<Created<Questionnaire>, AppError> {
    let of = bring_example(&app, me.0.id).await?;
    made(&app, &me, of).await
}

/// `POST /api/v1/questionnaires/{slug}/duplicate`
pub async fn duplicate(
    app: App,
    me: Organizer,
    caller: Caller,
    slug: Path<String>,
) -> Result<Created<Questionnaire>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    if caller.token.questionnaire_id.is_some() {
        let why = "This token is for one questionnaire only: it makes no other.";
        return Err(AppError::NotAllowed(why.to_owned()));
    }
    let copy = duplicate_questionnaire(&app, me.0.id, &of).await?;
    made(&app, &me, copy).await
}

/// `GET /api/v1/questionnaires/{slug}`
pub async fn show(
    app: App,
    me: Organizer,
    slug: Path<String>,
) -> Result<Shown<Questionnaire>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    Ok(Shown(seen(&app, &me, of).await?))
}

/// `GET /api/v1/questionnaires/{slug}/checks`
pub async fn checks(
    app: App,
    me: Organizer,
    slug: Path<String>,
) -> Result<Shown<Checks>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let asked = questionnaires::asked(app.store.read(), of.id).await?;
    let mut obstacles = obstacles(&of, &asked);
    if of.status != status::Status::Open {
        obstacles.extend(closing_passed(&of, app.clock.now()).map(|found| found.text));
    }
    Ok(Shown(Checks { ready: obstacles.is_empty(), obstacles }))
}

/// `POST /api/v1/questionnaires/{slug}/publish`
pub async fn publish(
    app: App,
    me: Organizer,
    slug: Path<String>,
) -> Result<Shown<Questionnaire>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let open = publish_questionnaire(&app, of).await?.map_err(refusals::all)?;
    Ok(Shown(seen(&app, &me, open).await?))
}

/// `POST /api/v1/questionnaires/{slug}/close`
pub async fn close(
    app: App,
    me: Organizer,
    slug: Path<String>,
) -> Result<Shown<Questionnaire>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    close_questionnaire(&app, of).await?;
    let closed = me.questionnaire(&app, &slug).await?;
    Ok(Shown(seen(&app, &me, closed).await?))
}

/// `POST /api/v1/questionnaires/{slug}/example`
pub async fn fill(app: App, me: Organizer, slug: Path<String>) -> Result<Done, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    if !of.example {
        return Err(AppError::Refused("Only the example can be filled.".to_owned()));
    }
    fill_example(&app, of).await?;
    Ok(Done)
}
