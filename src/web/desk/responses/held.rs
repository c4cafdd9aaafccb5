//! Responses that wait for the organizer's word: they came too late, or look as if no person had
//! written them.

use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::{Markup, html};

use crate::acts::admit_response::admit_response;
use crate::domain::status::Standing;
use crate::domain::text::shortened;
use crate::domain::{Answer, ResponseId};
use crate::error::AppError;
use crate::href;
use crate::store::questionnaires::Questionnaire;
use crate::store::responses::Given;
use crate::web::extract::{App, Form, Organizer};
use crate::web::reply;
use crate::words::Words;

/// `POST /desk/q/{slug}/responses/{id}`: counts it, or leaves it out.
pub async fn decide(
    app: App,
    organizer: Organizer,
    path: Path<(String, ResponseId)>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let (slug, id) = path.into_inner();
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let counts = fields.has("decision", "count");
    if !admit_response(&app, &questionnaire, id, counts).await? {
        return Err(AppError::NotFound);
    }
    let next = format!("{}#held", href::desk(&questionnaire.slug, "responses"));
    Ok(reply::see(next))
}

/// The list of those that wait, and of those that were left out.
pub(super) fn list(questionnaire: &Questionnaire, given: &[Given]) -> Markup {
    let (left_out, waiting): (Vec<&Given>, Vec<&Given>) =
        given.iter().partition(|given| given.response.standing == Standing::LeftOut);
    html! {
        @if !given.is_empty() {
            section id="held" {
                h2 { "Not counted" }
                @if !waiting.is_empty() {
                    p { "These are kept, and no result knows of them, until you have looked." }
                    @for given in waiting { (entry(questionnaire, given)) }
                }
                @if !left_out.is_empty() {
                    details {
                        summary { "Left out: " (left_out.len()) }
                        @for given in left_out { (entry(questionnaire, given)) }
                    }
                }
            }
        }
    }
}

fn entry(questionnaire: &Questionnaire, given: &Given) -> Markup {
    let response = &given.response;
    let text = given.answers.values().find_map(|(_, answer)| match answer {
        Answer::Open(text) => Some(shortened(text, 300)),
        _ => None,
    });
    html! {
        article.entry {
            p.answer dir="auto" { (text.as_deref().unwrap_or("(nothing in words)")) }
            p.small.quiet {
                a href=(href::response(&questionnaire.slug, response.id)) { "All of it" }
                " · " (Words::of("en").date(response.created_at, chrono_tz::UTC))
                " · " (reason(response.standing))
            }
            (buttons(questionnaire, given))
        }
    }
}

fn reason(standing: Standing) -> &'static str {
    match standing {
        Standing::Late => "came after the close",
        Standing::Held => {
            "looks as if no person had written it: it was sent within a moment, or with a field filled in that nobody sees"
        }
        Standing::LeftOut => "you left it out",
        Standing::Admitted => "you let it count",
        Standing::Counted => "counts",
    }
}

/// What can be decided about a response; nothing about one that simply counts.
pub(super) fn buttons(questionnaire: &Questionnaire, given: &Given) -> Markup {
    let standing = given.response.standing;
    let button = |word: &str, says: &str| {
        html! { button.quiet name="decision" value=(word) { (says) } }
    };
    html! {
        @if standing != Standing::Counted {
            form.actions method="post" action=(href::response(&questionnaire.slug, given.response.id)) {
                @if !standing.counts() { (button("count", "Count it")) }
                @if standing != Standing::LeftOut { (button("leave", "Leave it out")) }
            }
        }
    }
}

/// Why a response does not count, and the hidden fields of its link, on its own page.
pub(super) fn about(questionnaire: &Questionnaire, given: &Given) -> Markup {
    let standing = given.response.standing;
    let extras = given.response.extras();
    html! {
        @if standing != Standing::Counted {
            .notice {
                p {
                    @if !standing.counts() { "This response is not counted: it " } @else { "This response: " }
                    (reason(standing)) "."
                }
                (buttons(questionnaire, given))
            }
        }
        @if !extras.is_empty() {
            h2 { "What its link said" }
            dl.facts { @for (name, value) in extras { dt { code { (name) } } dd dir="auto" { (value) } } }
        }
    }
}
