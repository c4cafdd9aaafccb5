//! Guides at the desk: to read, to print, to take along, and to change.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, LocalResult, NaiveDateTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use maud::Markup;

use crate::acts::edit_guide::{edit_guide, remake_guides};
use crate::acts::move_meeting::move_meeting;
use crate::acts::write_notes::write_notes;
use crate::domain::text::one_line;
use crate::domain::{Fields, GroupId, Role};
use crate::error::AppError;
use crate::href;
use crate::insight::guide::edits::Edits;
use crate::insight::participants::zone;
use crate::insight::{self, Insight};
use crate::service::Service;
use crate::store::discussions::{self, Group, Whole};
use crate::store::guides;
use crate::store::questionnaires::Questionnaire;
use crate::web::desk::home::steps;
use crate::web::discussion::drawn::{self, Drawn, For, drawn, layers_of};
use crate::web::discussion::notes::{self, Both};
use crate::web::extract::{App, Form, Organizer};
use crate::web::reply;
use crate::web::ui::layout::{Step, Steps};

mod form;
mod view;

/// Everything that these pages are made of.
pub(in crate::web) struct Desk {
    pub(in crate::web) questionnaire: Questionnaire,
    insight: Arc<Insight>,
    whole: Whole,
    steps: Steps,
}

impl Desk {
    pub(in crate::web) async fn of(
        app: &Service,
        organizer: &Organizer,
        slug: &str,
    ) -> Result<Self, AppError> {
        let questionnaire = organizer.questionnaire(app, slug).await?;
        let whole = discussions::latest(app.store.read(), questionnaire.id).await?;
        let whole = whole.filter(|whole| !whole.groups.is_empty()).ok_or(AppError::NotFound)?;
        let insight = insight::now(app, &questionnaire).await?;
        let steps = steps(app, &questionnaire, Some(Step::Discussion)).await?;
        Ok(Self { questionnaire, insight, whole, steps })
    }

    /// One of its groups.
    pub(in crate::web) fn group(&self, wanted: &str) -> Result<&Group, AppError> {
        let id: GroupId = wanted.parse().or(Err(AppError::NotFound))?;
        self.whole.group(id).ok_or(AppError::NotFound)
    }

    /// Its guide, for the desk.
    pub(in crate::web) async fn drawn(
        &self,
        app: &Service,
        group: &Group,
    ) -> Result<Drawn, AppError> {
        drawn(app, &self.insight.material, &self.whole, group, For::Desk).await
    }
}

/// `GET /desk/q/{slug}/discussion/{group}/guide`: one guide to print; `all` prints every one.
pub async fn page(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<Markup, AppError> {
    let (slug, wanted) = path.into_inner();
    let said = Fields::parse(request.query_string().as_bytes());
    let desk = Desk::of(&app, &organizer, &slug).await?;
    if wanted != "all" {
        let group = desk.group(&wanted)?;
        let sheet = desk.drawn(&app, group).await?.sheet();
        // Notes are for those who may write them, as everywhere at the desk.
        if !desk.steps.role(&organizer.0).may(Role::Editor) {
            return Ok(view::page(&organizer.0, &desk, &(group, sheet), None, false));
        }
        let kept = notes::of_group(&app, group).await?;
        let met = !kept.is_empty() || group.starts_at.is_some_and(|at| at <= app.clock.now());
        let done = said.get("done") == Some("notes");
        return Ok(view::page(&organizer.0, &desk, &(group, sheet), met.then_some(&kept), done));
    }
    let mut sheets = vec![];
    for group in &desk.whole.groups {
        sheets.push((group, desk.drawn(&app, group).await?.sheet()));
    }
    Ok(view::all(&organizer.0, &desk, &sheets))
}

/// `POST /desk/q/{slug}/discussion/{group}/notes`: what a group wrote on paper, or told; if
/// somebody else has written in the same field meanwhile, both stand on the page that comes back.
pub async fn notes(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let (slug, wanted) = path.into_inner();
    let desk = Desk::of(&app, &organizer, &slug).await?;
    let group = desk.group(&wanted)?;
    let typed = notes::read(&fields);
    let theirs = write_notes(&app, group, None, &typed).await?;
    if theirs.is_empty() {
        let guide = href::guide(&desk.questionnaire.slug, group.id);
        return Ok(reply::see(format!("{guide}?done=notes")));
    }
    let kept = notes::of_group(&app, group).await?;
    let both = Both { typed: &typed, theirs: &theirs };
    let page = view::both(&organizer.0, &desk, group, &kept, &both);
    Ok(reply::with(StatusCode::CONFLICT, page))
}

/// `GET /desk/q/{slug}/discussion/{group}/guide/{name}`: one guide as a file.
pub async fn file(
    app: App,
    organizer: Organizer,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, AppError> {
    let (slug, wanted, name) = path.into_inner();
    let desk = Desk::of(&app, &organizer, &slug).await?;
    let group = desk.group(&wanted)?;
    let sheet = desk.drawn(&app, group).await?.sheet();
    drawn::file(&sheet, &name, &format!("{slug}-guide-{}", group.number)).await
}

/// A layer as it is kept.
pub(in crate::web) struct Kept {
    pub(in crate::web) name: String,
    pub(in crate::web) version: i64,
    pub(in crate::web) edits: Edits,
}

/// The two layers over a group's guide.
pub(in crate::web) async fn layers(
    app: &Service,
    desk: &Desk,
    group: &Group,
) -> Result<[Kept; 2], AppError> {
    let mut kept = vec![];
    for name in layers_of(group) {
        let layer = guides::layer(app.store.read(), desk.questionnaire.id, &name).await?;
        let version = layer.as_ref().map_or(0, |layer| layer.version);
        let edits = match layer {
            Some(layer) => serde_json::from_str(&layer.edits).map_err(anyhow::Error::from)?,
            None => Edits::default(),
        };
        kept.push(Kept { name, version, edits });
    }
    kept.try_into().map_err(|_never| AppError::NotFound)
}

/// `GET /desk/q/{slug}/discussion/{group}/guide/edit`: `?for=all` for all groups of its language.
pub async fn edit(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<Markup, AppError> {
    let (slug, wanted) = path.into_inner();
    let desk = Desk::of(&app, &organizer, &slug).await?;
    let group = desk.group(&wanted)?;
    let asked = Fields::parse(request.query_string().as_bytes());
    let all = asked.get("for") == Some("all");
    let [lower, upper] = layers(&app, &desk, group).await?;
    let drawn = desk.drawn(&app, group).await?;
    let under: Vec<&Edits> =
        if all { vec![&lower.edits] } else { vec![&lower.edits, &upper.edits] };
    let parts = drawn.parts(&under);
    let version = if all { lower.version } else { upper.version };
    Ok(view::edit(&organizer.0, &desk, group, &parts, &drawn, (all, version)))
}

/// `POST /desk/q/{slug}/discussion/{group}/guide/edit`: keeps what was changed; if somebody else has
/// changed the same layer meanwhile, everything typed comes back.
pub async fn save(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let (slug, wanted) = path.into_inner();
    let desk = Desk::of(&app, &organizer, &slug).await?;
    let group = desk.group(&wanted)?;
    let all = fields.get("for") == Some("all");
    let [lower, upper] = layers(&app, &desk, group).await?;
    let drawn = desk.drawn(&app, group).await?;
    let under: Vec<&Edits> =
        if all { vec![&lower.edits] } else { vec![&lower.edits, &upper.edits] };
    let parts = drawn.parts(&under);
    let layer = if all { &lower } else { &upper };
    let edits = form::read(&fields, &layer.edits, &parts, if all { "all" } else { "group" });
    let seen = fields.get("version").and_then(|version| version.parse().ok()).unwrap_or(-1);
    if !edit_guide(&app, &desk.questionnaire, &layer.name, seen, &edits).await? {
        return Err(AppError::Conflict);
    }
    Ok(reply::see(href::guide(&desk.questionnaire.slug, group.id)))
}

/// `POST /desk/q/{slug}/discussion/guides`: made again from the answers as they are now.
pub async fn again(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    remake_guides(&app, &questionnaire).await?;
    Ok(reply::see(href::desk(&questionnaire.slug, "discussion/all/guide")))
}

/// `POST /desk/q/{slug}/discussion/{group}/meeting`: another time or place.
pub async fn meeting(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let (slug, wanted) = path.into_inner();
    let desk = Desk::of(&app, &organizer, &slug).await?;
    let group = desk.group(&wanted)?;
    let typed = fields.get("starts").unwrap_or_default();
    let starts =
        moment(typed, zone(&desk.insight.material, &desk.whole)).ok_or(AppError::Conflict)?;
    let place = one_line(fields.get("place").unwrap_or_default(), 500);
    move_meeting(&app, &desk.questionnaire, group.id, starts, &place).await?;
    Ok(reply::see(href::guide(&desk.questionnaire.slug, group.id)))
}

/// What a browser's field for a day and time says, on this clock. A time that a clock shows twice
/// is the first of the two; one that it skips is none.
fn moment(typed: &str, zone: Tz) -> Option<DateTime<Utc>> {
    let typed = typed.trim();
    let form = if typed.len() > 16 { "%Y-%m-%dT%H:%M:%S" } else { "%Y-%m-%dT%H:%M" };
    let local = NaiveDateTime::parse_from_str(typed, form).ok()?;
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.with_timezone(&Utc)),
        LocalResult::None => None,
    }
}
