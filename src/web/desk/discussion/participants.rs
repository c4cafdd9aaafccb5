//! The addresses of the page of participants.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::people::{self, People};
use super::view;
use crate::acts::change_participants::{
    add_participant, ask_times, correct_participant, remove_participant,
};
use crate::domain::Fields;
use crate::domain::email::Email;
use crate::error::AppError;
use crate::href;
use crate::insight;
use crate::store::discussions;
use crate::store::questionnaires::Questionnaire;
use crate::web::desk::home::steps;
use crate::web::extract::{App, Form, Organizer};
use crate::web::reply;
use crate::web::ui::layout::Step;

/// `GET /desk/q/{slug}/discussion/people`
pub async fn page(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    show(&app, &organizer, &questionnaire, None).await
}

async fn show(
    app: &App,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
    typed: Option<(&Fields, &str)>,
) -> Result<HttpResponse, AppError> {
    let insight = insight::now(app, questionnaire).await?;
    let whole = discussions::latest(app.store.read(), questionnaire.id).await?;
    let Some(whole) = whole else {
        // Nothing is set up: the page that does so says who wants to join.
        let page = href::desk(&questionnaire.slug, "discussion");
        return Ok(reply::see(page));
    };
    let steps = steps(app, questionnaire, Some(Step::Discussion)).await?;
    let page = People { questionnaire, material: &insight.material, whole: &whole, typed };
    let body = view::inner(&organizer.0, &steps, "Participants", people::content(&page));
    Ok(reply::page_or_refused(typed.is_some(), body))
}

/// `POST /desk/q/{slug}/discussion/people`: adds, corrects, removes, asks; the button says what.
pub async fn change(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let whole = discussions::latest(app.store.read(), questionnaire.id).await?;
    let whole = whole.ok_or(AppError::NotFound)?;
    let person = people::read(&fields, &whole, &questionnaire.language);
    let who = people::whom(&fields);
    match (fields.get("what"), who) {
        (Some("ask"), _) => {
            ask_times(&app, &organizer.0, &questionnaire, false).await?;
        }
        (Some("ask-again"), _) => {
            ask_times(&app, &organizer.0, &questionnaire, true).await?;
        }
        (Some("correct"), Some(who)) => {
            correct_participant(&app, &questionnaire, who, person).await?;
        }
        (Some("remove"), Some(who)) => {
            remove_participant(&app, &questionnaire, who, false).await?;
        }
        (Some("back"), Some(who)) => {
            remove_participant(&app, &questionnaire, who, true).await?;
        }
        (Some("add"), _) => {
            let problem = if person.name.is_empty() {
                Some("A name is needed, so that the others know who is meant.")
            } else if !person.address.is_empty() && person.address.parse::<Email>().is_err() {
                Some("The address cannot be one that gets mail. Correct it, or leave it empty.")
            } else if !add_participant(&app, &questionnaire, person).await? {
                Some("Somebody with this address takes part already.")
            } else {
                None
            };
            if let Some(problem) = problem {
                return show(&app, &organizer, &questionnaire, Some((&fields, problem))).await;
            }
        }
        _ => {}
    }
    let place = who.map(|who| format!("#p-{who}")).unwrap_or_default();
    let page = format!("{}{place}", href::desk(&questionnaire.slug, "discussion/people"));
    Ok(reply::see(page))
}
