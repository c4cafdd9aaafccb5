//! Campaigns: prepared, looked at before anything leaves, let go, watched, stopped.

use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};
use maud::Markup;

use self::edit::Editing;
use self::form::Read;
use super::home::steps;
use crate::acts::campaign::Plan;
use crate::acts::campaign::walk::forecast;
use crate::acts::edit_campaign::{delete_campaign, draft_campaign, edit_campaign};
use crate::acts::letter::latest;
use crate::acts::test_campaign::{Tested, test_campaign};
use crate::acts::turn_campaign::{Turn, turn_campaign};
use crate::domain::campaign::{Aim, State};
use crate::domain::email::folded;
use crate::domain::{CampaignId, Fields};
use crate::error::AppError;
use crate::href;
use crate::service::Service;
use crate::store::campaigns::{self, Campaign};
use crate::store::contacts::{self, lists};
use crate::store::organizers;
use crate::store::questionnaires::Questionnaire;
use crate::web::extract::{App, Form, Organizer};
use crate::web::reply;
use crate::web::ui::layout::Step;
use crate::words::Words;

mod edit;
pub mod forecast_view;
mod form;
pub mod list;
pub mod live;
pub mod mail;
mod progress;
mod states;
pub mod tell;

pub use form::{LANGUAGES, told};
pub use states::states;

/// A campaign of one of the organizer's own questionnaires.
pub(in crate::web) async fn found(
    app: &Service,
    organizer: &Organizer,
    (slug, id): &(String, String),
) -> Result<(Questionnaire, Campaign), AppError> {
    let questionnaire = organizer.questionnaire(app, slug).await?;
    let id: CampaignId = id.parse()?;
    let campaign = campaigns::by_id(app.store.read(), id).await?;
    let campaign = campaign.filter(|found| found.questionnaire_id == questionnaire.id);
    let campaign = campaign.ok_or(AppError::NotFound)?;
    // It is made of the contacts of whoever prepares it: nobody else looks through them.
    if campaign.state == State::Draft && campaign.created_by != organizer.0.id {
        let by = organizers::by_id(app.store.read(), campaign.created_by).await?;
        let by = by.map_or_else(|| "Somebody else".to_owned(), |by| by.shown());
        let why = format!(
            "{by} prepares this campaign, to contacts of their own. You see it once it has begun."
        );
        return Err(AppError::Refused(why));
    }
    Ok((questionnaire, campaign))
}

/// `POST /desk/q/{slug}/campaigns`: begins a draft for `aim`.
pub async fn create(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let aim: Aim = fields
        .get("aim")
        .unwrap_or_default()
        .parse()
        .map_err(|()| AppError::Refused("There is no such kind of mail.".to_owned()))?;
    let id = draft_campaign(&app, &organizer.0, &questionnaire, aim).await?;
    Ok(reply::see(href::campaign(&questionnaire.slug, id)))
}

/// `GET /desk/q/{slug}/campaigns/{id}`: the form of a draft, the progress of what has begun.
pub async fn page(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<Markup, AppError> {
    let (questionnaire, campaign) = found(&app, &organizer, &path).await?;
    let query = Fields::parse(request.query_string().as_bytes());
    let done = query.get("done");
    if campaign.state != State::Draft {
        return progress::page(&app, &organizer.0, &questionnaire, &campaign, done).await;
    }
    let db = app.store.read();
    let plan = Plan::of(db, &app, &organizer.0, &questionnaire, &campaign).await?;
    let fields = form::filled(&plan, &campaign, latest(&app, campaign.starts_at), query.get("to"));
    let read = form::read(&fields, &plan, app.clock.now());
    show(&app, &campaign, plan, &fields, &read, Shown::Kept(done)).await
}

/// What the form shows.
#[derive(Clone, Copy)]
enum Shown<'a> {
    /// The draft as it is kept, and what just happened.
    Kept(Option<&'a str>),
    /// What was typed, and is not kept.
    Typed,
}

/// The form, with what would come of it.
async fn show(
    app: &Service,
    campaign: &Campaign,
    plan: Plan,
    fields: &Fields,
    read: &Read,
    shown: Shown<'_>,
) -> Result<Markup, AppError> {
    let db = app.store.read();
    let plan = Plan {
        audience: read.wanted.audience.clone(),
        templates: read.wanted.templates.clone(),
        terms: read.wanted.terms.clone(),
        ..plan
    };
    let forecast = forecast(db, app, &plan).await?;
    let steps = steps(app, &plan.questionnaire, Some(Step::Invitation)).await?;
    let lists = lists::all_of(db, plan.organizer.id).await?;
    let sought = fields.filled("to").map(folded);
    let sought = sought.or_else(|| forecast.first.first().map(|first| folded(first)));
    let to = match &sought {
        Some(address) => contacts::addressed(db, plan.organizer.id, address).await?,
        None => None,
    };
    let editing = Editing {
        service: app,
        steps: &steps,
        campaign,
        plan: &plan,
        fields,
        typed: matches!(shown, Shown::Typed),
        problems: &read.problems,
        forecast: &forecast,
        lists: &lists,
        to: to.as_ref(),
        begins: read.wanted.starts_at.unwrap_or_else(|| app.clock.now()),
        done: match shown {
            Shown::Kept(done) => done,
            Shown::Typed => None,
        },
    };
    Ok(edit::view(&editing))
}

/// `POST /desk/q/{slug}/campaigns/{id}/preview`: the form as it is typed, nothing kept.
pub async fn preview(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
    Form(fields): Form,
) -> Result<Markup, AppError> {
    let (questionnaire, campaign) = found(&app, &organizer, &path).await?;
    let db = app.store.read();
    let plan = Plan::of(db, &app, &organizer.0, &questionnaire, &campaign).await?;
    let read = form::read(&fields, &plan, app.clock.now());
    show(&app, &campaign, plan, &fields, &read, Shown::Typed).await
}

/// `POST /desk/q/{slug}/campaigns/{id}`: keeps what is typed, and then perhaps lets it go or
/// sends a test.
pub async fn save(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let (questionnaire, campaign) = found(&app, &organizer, &path).await?;
    let db = app.store.read();
    let plan = Plan::of(db, &app, &organizer.0, &questionnaire, &campaign).await?;
    let read = form::read(&fields, &plan, app.clock.now());
    if !read.problems.is_empty() {
        let page = show(&app, &campaign, plan, &fields, &read, Shown::Typed).await?;
        return Ok(reply::refused(page));
    }
    if !edit_campaign(&app, campaign.id, read.seen, &read.wanted).await? {
        return Err(AppError::Conflict);
    }
    let back = href::campaign(&questionnaire.slug, campaign.id);
    let to = fields.filled("to").map(str::trim).unwrap_or_default();
    Ok(match fields.get("then") {
        Some("go") => {
            turn_campaign(&app, campaign.id, Turn::Go).await?;
            reply::see(back)
        }
        Some("test") => {
            let to = contacts::addressed(db, plan.organizer.id, &folded(to)).await?;
            let language = to.as_ref().map_or(&questionnaire.language, |to| &to.language);
            let words = Words::of(fields.get("test").unwrap_or(language));
            let name = to.as_ref().map_or("", |to| to.name.as_str());
            let wanted = read.wanted;
            let plan = Plan { templates: wanted.templates, terms: wanted.terms, ..plan };
            let said = match test_campaign(&app, &plan, words, name).await? {
                Tested::Queued => "tested",
                Tested::NoAddress => "no-address",
                Tested::TooMany => "too-many",
            };
            reply::see(format!("{back}?done={said}"))
        }
        _ => reply::see(format!("{back}?done=kept")),
    })
}

/// `POST /desk/q/{slug}/campaigns/{id}/turn`: pause, go on, call off, …
pub async fn turn(
    app: App,
    organizer: Organizer,
    path: Path<(String, String)>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let (questionnaire, campaign) = found(&app, &organizer, &path).await?;
    let back = href::campaign(&questionnaire.slug, campaign.id);
    let turn = match fields.get("turn").unwrap_or_default() {
        "delete" => {
            let gone = delete_campaign(&app, campaign.id).await?;
            let list = href::desk(&questionnaire.slug, "invitations");
            return Ok(reply::see(if gone { &list } else { &back }));
        }
        "back" => Turn::Back,
        "pause" => Turn::Pause,
        "resume" => Turn::Resume,
        "cancel" => Turn::Cancel,
        "again" => Turn::Again,
        _ => return Err(AppError::Refused("There is nothing of this name to do.".to_owned())),
    };
    // Where it means nothing any more, the page tells how things stand.
    let turned = turn_campaign(&app, campaign.id, turn).await?;
    let again = turned && turn == Turn::Again;
    Ok(reply::see(if again { format!("{back}?done=again") } else { back }))
}
