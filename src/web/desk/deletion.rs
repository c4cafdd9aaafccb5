//! Deleting a questionnaire: first what it means, then, with a tick, at once; and taking it back.

use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::{Markup, html};

use crate::acts::delete_questionnaire::{DAYS, delete_questionnaire, restore_questionnaire};
use crate::error::AppError;
use crate::href;
use crate::service::Service;
use crate::store::questionnaires::Questionnaire;
use crate::store::responses;
use crate::web::desk::home::{responses_word, steps};
use crate::web::extract::{App, Form, Organizer};
use crate::web::reply;
use crate::web::ui::layout;

/// `GET /desk/q/{slug}/delete`
pub async fn ask(app: App, organizer: Organizer, slug: Path<String>) -> Result<Markup, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    asking(&app, &organizer, &questionnaire, false).await
}

async fn asking(
    app: &Service,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
    unticked: bool,
) -> Result<Markup, AppError> {
    let count = responses::count(app.store.read(), questionnaire.id).await?;
    let steps = steps(app, questionnaire, None).await?;
    let body = html! {
        h1 { "Delete this questionnaire" }
        p { "It has " (responses_word(count)) "." }
        ul.notes {
            li { "At once it is closed to readers: every page of it says that it was taken away, and when it will be erased. Their own pages still show them their own answers." }
            li { "At once nothing is sent any more: invitations, reminders and appointments wait." }
            li { "For " (DAYS) " days everybody who works here can still read it. Owners can take its files along, and restore it as it was." }
            li { "Then it is erased for good: the article, the questions, every response, the invitations, the discussion, and this log." }
        }
        p { a href=(href::desk(&questionnaire.slug, "exports")) { "Take the responses along as files" } }
        form.stack method="post" action=(href::desk(&questionnaire.slug, "delete")) {
            .field {
                @if unticked { p.problem id="sure-problem" { "Tick this, if you mean it." } }
                label.check {
                    input type="checkbox" name="sure" value="yes"
                        aria-describedby=[unticked.then_some("sure-problem")];
                    " Delete “" (questionnaire.title) "”"
                }
            }
            .actions {
                button.danger { "Delete it" }
                a.button.quiet href=(href::desk(&questionnaire.slug, "people")) { "Keep it" }
            }
        }
    };
    Ok(layout::desk(&organizer.0, "Delete this questionnaire", Some(&steps), body))
}

/// `POST /desk/q/{slug}/delete`
pub async fn delete(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    if !fields.has("sure", "yes") {
        let page = asking(&app, &organizer, &questionnaire, true).await?;
        return Ok(reply::refused(page));
    }
    delete_questionnaire(&app, questionnaire.id).await?;
    Ok(see(&questionnaire))
}

/// `POST /desk/q/{slug}/restore`
pub async fn restore(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    if !restore_questionnaire(&app, questionnaire.id).await? {
        return Err(AppError::Conflict);
    }
    Ok(see(&questionnaire))
}

fn see(of: &Questionnaire) -> HttpResponse {
    reply::see(href::desk(&of.slug, ""))
}
