//! The questionnaire at the desk: the editor, its settings, the preview with the check, what
//! changed since it was published, its history; publish and close.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use maud::Markup;

use crate::acts::choose_mode;
use crate::acts::edit_questionnaire::{
    Conflict, Draft, Present, Saved, Step as Back, edit_questionnaire, present, step,
};
use crate::acts::fill_example;
use crate::acts::publish_questionnaire::{close_questionnaire, publish_questionnaire};
use crate::domain::status::Status;
use crate::domain::{OrganizerId, Role};
use crate::error::AppError;
use crate::href;
use crate::store::edits;
use crate::store::questionnaires::Questionnaire;
use crate::web::desk::home::steps;
use crate::web::extract::{App, Form, Organizer};
use crate::web::reply;
use crate::web::ui::layout::Step;

mod add;
pub mod changes;
mod condition;
mod form;
pub mod history;
mod kinds;
mod lines;
pub mod look;
mod mode;
mod options;
pub mod preview;
mod question;
pub mod settings;
mod times;
mod translation;
mod view;
mod who;

use form::Then;

/// What an address of the editor says.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Shown {
    /// The key of the question that was just made.
    pub fresh: String,
    /// What others changed after this entry is told.
    pub since: Option<i64>,
}

/// `GET /desk/q/{slug}/questionnaire`
pub async fn page(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    shown: Query<Shown>,
) -> Result<Markup, AppError> {
    let (questionnaire, role) = organizer.with_role(&app, &slug).await?;
    let present = present(app.store.read(), &questionnaire).await?;
    let news = match shown.since {
        Some(since) => news(&app, &organizer, &questionnaire, since).await?,
        None => vec![],
    };
    let fresh = Some(shown.fresh.as_str()).filter(|key| !key.is_empty());
    let looks = !role.may(Role::Editor);
    let of = Shows { present, news, fresh, looks, ..Shows::default() };
    show(&app, &organizer, &questionnaire, of).await
}

/// What an editor shows beside the questionnaire.
#[derive(Default)]
struct Shows<'a> {
    present: Present,
    problems: Vec<String>,
    conflicts: Vec<Conflict>,
    news: Vec<String>,
    fresh: Option<&'a str>,
    /// Whether they may only look.
    looks: bool,
}

async fn show(
    app: &App,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
    of: Shows<'_>,
) -> Result<Markup, AppError> {
    let steps = steps(app, questionnaire, Some(Step::Questionnaire)).await?;
    Ok(view::editor(&view::Editor {
        organizer: &organizer.0,
        steps: &steps,
        questionnaire,
        present: &of.present,
        problems: &of.problems,
        conflicts: &of.conflicts,
        news: &of.news,
        fresh: of.fresh,
        looks: of.looks,
    }))
}

/// `POST /desk/q/{slug}/questionnaire`: saves; the button says what comes next.
pub async fn save(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let mut read = form::read(&fields, &questionnaire.language);
    read.problems.extend(choose_mode::without_names(&questionnaire, &mut read.edited));
    let form::Read { edited, problems, based_on, theirs, then } = read;
    let me = organizer.0.id;
    let draft = Draft { organizer: me, based_on, edited, theirs };
    let (questionnaire, joined) =
        match edit_questionnaire(&app, questionnaire.clone(), draft).await? {
            Saved::Kept { questionnaire, joined } => (questionnaire, joined),
            Saved::Crossed { state, number, conflicts, by } => {
                let steps = present(app.store.read(), &questionnaire).await?.steps;
                let present = Present { state, number, pending: false, steps };
                let news = who::told(&app, &by).await?;
                let of = Shows { present, conflicts, news, ..Shows::default() };
                let page = show(&app, &organizer, &questionnaire, of).await?;
                return Ok(reply::with(StatusCode::CONFLICT, page));
            }
        };
    let joined = joined.iter().any(|(who, ..)| *who != Some(me));
    if !problems.is_empty() {
        let present = present(app.store.read(), &questionnaire).await?;
        let of = Shows { present, problems, ..Shows::default() };
        let page = show(&app, &organizer, &questionnaire, of).await?;
        return Ok(reply::refused(page));
    }
    next(&app, &organizer, questionnaire, then, joined.then_some(based_on)).await
}

/// Where an organizer goes after saving; `since`: others have changed something since this entry.
async fn next(
    app: &App,
    organizer: &Organizer,
    questionnaire: Questionnaire,
    then: Then,
    since: Option<i64>,
) -> Result<HttpResponse, AppError> {
    let slug = &questionnaire.slug;
    let me: OrganizerId = organizer.0.id;
    let editor = |query: String, at: &str| {
        let since = since.map(|since| format!("since={since}"));
        let query: Vec<String> =
            [Some(query), since].into_iter().flatten().filter(|q| !q.is_empty()).collect();
        let page = href::with_query(&href::desk(slug, "questionnaire"), &query.join("&"));
        if at.is_empty() { page } else { format!("{page}#q-{at}") }
    };
    let to = match then {
        Then::Auto => {
            let present = present(app.store.read(), &questionnaire).await?;
            let news = match since {
                Some(since) => news(app, organizer, &questionnaire, since).await?,
                None => vec![],
            };
            let of = Shows { present, news, ..Shows::default() };
            let page = show(app, organizer, &questionnaire, of).await?;
            return Ok(reply::with(StatusCode::OK, page));
        }
        Then::Preview => href::desk(slug, "preview"),
        Then::Changes => href::desk(slug, "changes"),
        Then::Publish => return publish_now(app, organizer, questionnaire).await,
        Then::Undo | Then::Redo => {
            let back = if then == Then::Undo { Back::Undo } else { Back::Redo };
            step(app, questionnaire.clone(), me, back).await?;
            editor(String::new(), "")
        }
        Then::Add(place, _) => {
            let state = present(app.store.read(), &questionnaire).await?.state;
            let fresh = state.questions.get(place.min(state.questions.len().saturating_sub(1)));
            let key = fresh.map(|placed| placed.key.clone()).unwrap_or_default();
            editor(format!("fresh={key}"), &key)
        }
        Then::Move(key, _) | Then::By(key, _) | Then::Copy(key) | Then::Line(key, ..) => {
            editor(String::new(), &key)
        }
        Then::Save | Then::Off(_) => editor(String::new(), ""),
    };
    Ok(reply::see(to))
}

/// What others changed after this entry, one sentence each.
async fn news(
    app: &App,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
    since: i64,
) -> Result<Vec<String>, AppError> {
    let entries = edits::entries(app.store.read(), questionnaire.id, 50).await?;
    let others = entries.into_iter().rev().filter(|entry| entry.number > since);
    let others = others.filter(|entry| entry.organizer_id != Some(organizer.0.id));
    let others: Vec<_> =
        others.map(|entry| (entry.organizer_id, entry.made_at, entry.what)).collect();
    who::told(app, &others).await
}

/// `POST /desk/q/{slug}/publish`
pub async fn publish(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    publish_now(&app, &organizer, questionnaire).await
}

async fn publish_now(
    app: &App,
    organizer: &Organizer,
    questionnaire: Questionnaire,
) -> Result<HttpResponse, AppError> {
    if let Ok(open) = publish_questionnaire(app, questionnaire.clone()).await? {
        return Ok(reply::see(href::desk(&open.slug, "")));
    }
    // The preview says what stands in the way.
    let page = preview::show(app, organizer, &questionnaire, false).await?;
    Ok(reply::refused(page))
}

/// `POST /desk/q/{slug}/close`
pub async fn close(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let next = href::desk(&questionnaire.slug, "");
    if questionnaire.status == Status::Open {
        close_questionnaire(&app, questionnaire).await?;
    }
    Ok(reply::see(next))
}

/// `POST /desk/q/{slug}/demo`: fills the example with made-up responses, labelled as such.
pub async fn fill_example(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    if !questionnaire.example {
        return Err(AppError::Refused("Only the example can be filled.".to_owned()));
    }
    let next = href::desk(&questionnaire.slug, "insight");
    fill_example::fill_example(&app, questionnaire).await?;
    Ok(reply::see(next))
}
