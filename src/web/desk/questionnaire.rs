//! The editor: a page with every question, saved as a whole; preview, publish, close.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Path;
use maud::Markup;

use crate::acts::bring_article::as_read;
use crate::acts::choose_mode::{self, choose_mode};
use crate::acts::fill_example;
use crate::acts::publish_questionnaire::{close_questionnaire, obstacles, publish_questionnaire};
use crate::acts::save_questionnaire::save_questionnaire;
use crate::domain::kind::Kind;
use crate::error::AppError;
use crate::href;
use crate::store::questionnaires::{self, Questionnaire};
use crate::web::answer::view as reader_view;
use crate::web::desk::home::steps;
use crate::web::extract::{App, Form, Organizer};
use crate::web::ui::layout::Step;
use crate::words::Words;

mod condition;
mod form;
mod kinds;
mod mode;
mod options;
mod question;
mod translation;
mod view;

/// `GET /desk/q/{slug}/questionnaire`
pub async fn page(app: App, organizer: Organizer, slug: Path<String>) -> Result<Markup, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    show(&app, &organizer, &questionnaire, &[]).await
}

async fn show(
    app: &App,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
    problems: &[String],
) -> Result<Markup, AppError> {
    let asked = questionnaires::asked(app.store.read(), questionnaire.id).await?;
    let steps = steps(app, questionnaire, Some(Step::Questionnaire)).await?;
    let public = app.link(&href::questionnaire(&questionnaire.slug));
    let choice = choose_mode::choice(app.store.read(), questionnaire).await?;
    let times = asked.iter().any(|one| matches!(one.wording.kind, Kind::Availability(_)));
    let mode = mode::choice(questionnaire.mode, choice, times);
    Ok(view::editor(&organizer.0, &steps, questionnaire, &asked, &public, problems, &mode))
}

/// `POST /desk/q/{slug}/questionnaire`: saves; the button says what comes next.
pub async fn save(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let form::Read { mut edited, mut problems } = form::read(&fields, &questionnaire.language);
    let wanted = fields.get("mode").and_then(mode::read).unwrap_or(questionnaire.mode);
    problems.extend(choose_mode::without_names(&questionnaire, &mut edited));
    let mut questionnaire = save_questionnaire(&app, questionnaire, edited).await?;
    match choose_mode(&app, questionnaire.clone(), wanted).await? {
        Ok(chosen) => questionnaire = chosen,
        Err(obstacles) => problems.extend(obstacles),
    }
    let questionnaire = options::save(&app, questionnaire, &fields, &mut problems).await?;
    if !problems.is_empty() {
        let page = show(&app, &organizer, &questionnaire, &problems).await?;
        return Ok(refused(page));
    }
    let next = match fields.get("then") {
        Some("preview") => href::desk(&questionnaire.slug, "preview"),
        Some("publish") => return publish_now(&app, &organizer, questionnaire).await,
        Some("add") => format!("{}#last", href::desk(&questionnaire.slug, "questionnaire")),
        _ => href::desk(&questionnaire.slug, "questionnaire"),
    };
    Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, next)).finish())
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
    match publish_questionnaire(app, questionnaire.clone()).await? {
        Ok(open) => Ok(HttpResponse::SeeOther()
            .insert_header((header::LOCATION, href::desk(&open.slug, "")))
            .finish()),
        Err(obstacles) => Ok(refused(show(app, organizer, &questionnaire, &obstacles).await?)),
    }
}

fn refused(page: Markup) -> HttpResponse {
    HttpResponse::UnprocessableEntity()
        .content_type("text/html; charset=utf-8")
        .body(page.into_string())
}

/// `POST /desk/q/{slug}/close`
pub async fn close(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let next = href::desk(&questionnaire.slug, "");
    close_questionnaire(&app, questionnaire).await?;
    Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, next)).finish())
}

/// `GET /desk/q/{slug}/preview`: the form as readers will see it, without a button that sends.
pub async fn preview(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<Markup, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let asked = questionnaires::asked(app.store.read(), questionnaire.id).await?;
    let steps = steps(&app, &questionnaire, Some(Step::Questionnaire)).await?;
    let mut obstacles = obstacles(&asked);
    obstacles.extend(choose_mode::obstacles(&questionnaire, &asked));
    let article = as_read(&crate::web::desk::article::of(&app, &questionnaire).await?)?;
    let words = Words::of(&questionnaire.language);
    let form = reader_view::preview(words, &questionnaire.language, &asked, Some(&article));
    Ok(view::preview(&organizer.0, &steps, &questionnaire, form, &obstacles))
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
    Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, next)).finish())
}
