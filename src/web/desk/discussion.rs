//! Groups, seats and guides: made, looked at, told to those who sit there.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Path;
use maud::Markup;

use crate::acts::invite_participants::invite_participants;
use crate::acts::make_groups::{Asked, NoGroups, make_groups};
use crate::domain::Fields;
use crate::domain::text::one_line;
use crate::error::AppError;
use crate::href;
use crate::insight::seats::Wish;
use crate::insight::{self, Insight};
use crate::store::discussions::{self, Whole};
use crate::store::questionnaires::Questionnaire;
use crate::web::desk::home::steps;
use crate::web::extract::{App, Form, Organizer};
use crate::web::ui::layout::Step;

mod cards;
mod reasons;
mod view;

/// `GET /desk/q/{slug}/discussion`
pub async fn page(app: App, organizer: Organizer, slug: Path<String>) -> Result<Markup, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let insight = insight::of(&app, &questionnaire).await?;
    let whole = discussions::latest(app.store.read(), questionnaire.id).await?;
    let asked = asked_before(&questionnaire, whole.as_ref());
    show(&app, &organizer, &questionnaire, &insight, whole.as_ref(), &asked, None).await
}

async fn show(
    app: &App,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
    insight: &Insight,
    whole: Option<&Whole>,
    asked: &Asked,
    problem: Option<&str>,
) -> Result<Markup, AppError> {
    let steps = steps(app, questionnaire, Some(Step::Discussion)).await?;
    let content = view::Content { questionnaire, insight, whole, asked, problem };
    Ok(view::page(&organizer.0, &steps, &content))
}

/// `POST /desk/q/{slug}/discussion`: makes the groups, or makes them anew.
pub async fn make(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let asked = read(&fields, &questionnaire);
    match make_groups(&app, &questionnaire, asked.clone()).await {
        Ok(()) => Ok(see(&questionnaire)),
        Err(NoGroups::Database(error)) => Err(error.into()),
        Err(NoGroups::Other(error)) => Err(error.into()),
        Err(problem) => {
            let insight = insight::of(&app, &questionnaire).await?;
            let whole = discussions::latest(app.store.read(), questionnaire.id).await?;
            let said = reasons::no_groups(&problem, &insight);
            let whole = whole.as_ref();
            let page = show(&app, &organizer, &questionnaire, &insight, whole, &asked, Some(&said))
                .await?;
            Ok(HttpResponse::UnprocessableEntity()
                .content_type("text/html; charset=utf-8")
                .body(page.into_string()))
        }
    }
}

/// `POST /desk/q/{slug}/discussion/invite`: a mail with an appointment for every seat.
pub async fn invite(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    invite_participants(&app, &organizer.0, &questionnaire).await?;
    Ok(see(&questionnaire))
}

fn asked_before(questionnaire: &Questionnaire, whole: Option<&Whole>) -> Asked {
    let number = |value: i32, otherwise: usize| usize::try_from(value).unwrap_or(otherwise);
    match whole {
        Some(Whole { discussion, .. }) => Asked {
            title: discussion.title.clone(),
            place: discussion.place.clone(),
            wish: Wish {
                low: number(discussion.low, 4),
                target: number(discussion.target, 5),
                high: number(discussion.high, 6),
                rooms: number(discussion.rooms, 3),
                seed: u64::try_from(discussion.seed).unwrap_or(1),
            },
        },
        None => Asked {
            title: questionnaire.title.clone(),
            place: String::new(),
            wish: Wish { low: 4, target: 5, high: 6, rooms: 3, seed: 1 },
        },
    }
}

fn read(fields: &Fields, questionnaire: &Questionnaire) -> Asked {
    let number = |name: &str, otherwise: usize, least: usize, most: usize| {
        let typed = fields.get(name).and_then(|typed| typed.trim().parse().ok());
        typed.unwrap_or(otherwise).clamp(least, most)
    };
    let title = one_line(fields.get("title").unwrap_or_default(), 300);
    let target = number("target", 5, 2, 30);
    let slack = number("slack", 1, 0, 5);
    let again = u64::from(fields.get("then") == Some("again"));
    let seed = fields.get("seed").and_then(|seed| seed.parse::<u64>().ok()).unwrap_or(1);
    Asked {
        title: if title.is_empty() { questionnaire.title.clone() } else { title },
        place: one_line(fields.get("place").unwrap_or_default(), 500),
        wish: Wish {
            low: target.saturating_sub(slack).max(2),
            target,
            high: target + slack,
            rooms: number("rooms", 3, 1, 200),
            // A signed column keeps it.
            seed: seed.saturating_add(again).min(1 << 62),
        },
    }
}

fn see(questionnaire: &Questionnaire) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, href::desk(&questionnaire.slug, "discussion")))
        .finish()
}
