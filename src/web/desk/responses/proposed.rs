//! Statements that readers added, for the organizer to put on the form or to leave off.

use actix_web::HttpResponse;
use actix_web::web::Path;
use maud::{Markup, html};

use crate::acts::decide_statement::{self, Decisions, Proposed, proposals};
use crate::domain::kind::Kind;
use crate::domain::status::{Decision, Status};
use crate::error::AppError;
use crate::href;
use crate::insight::Material;
use crate::store::questionnaires::Questionnaire;
use crate::web::extract::{App, Form, Organizer};
use crate::web::reply;

/// `POST /desk/q/{slug}/statements`: puts one on the form, or leaves it off.
pub async fn decide_statement(
    app: App,
    organizer: Organizer,
    slug: Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let text = |name: &str| fields.get(name).unwrap_or_default();
    let decision = match text("decision") {
        "take" => Decision::Taken,
        "decline" => Decision::Declined,
        _ => return Err(AppError::NotFound),
    };
    let (question, name) = (text("question"), text("statement"));
    let of = &questionnaire;
    if !decide_statement::decide_statement(&app, of, question, name, decision).await? {
        return Err(AppError::NotFound);
    }
    let next = format!("{}#statements", href::desk(&questionnaire.slug, "responses"));
    Ok(reply::see(next))
}

/// The list: what waits for a decision, then what was left off, then what is on the form.
pub(super) fn list(
    questionnaire: &Questionnaire,
    material: &Material,
    decided: &Decisions,
) -> Markup {
    let all = proposals(material, decided);
    let with = |decision| all.iter().filter(move |proposed| proposed.decision == decision);
    let left_off = with(Some(Decision::Declined)).count();
    let taken = with(Some(Decision::Taken)).count();
    html! {
        @if !all.is_empty() {
            section id="statements" {
                h2 { "Statements that readers added" }
                @if with(None).count() > 0 {
                    p { "Other readers see one only after you have put it on the form." }
                    @for proposed in with(None) { (entry(questionnaire, proposed)) }
                } @else {
                    p.quiet { "You have decided about all of them." }
                }
                @if left_off > 0 {
                    details {
                        summary { "Left off: " (left_off) }
                        @for proposed in with(Some(Decision::Declined)) { (entry(questionnaire, proposed)) }
                    }
                }
                @if taken > 0 {
                    details {
                        summary { "Put on the form: " (taken) }
                        @for proposed in with(Some(Decision::Taken)) { (entry(questionnaire, proposed)) }
                    }
                }
            }
        }
    }
}

fn entry(questionnaire: &Questionnaire, proposed: &Proposed<'_>) -> Markup {
    let Proposed { asked, text, name, count, decision } = proposed;
    let votable = matches!(asked.wording.kind, Kind::Statements(_)) && asked.position.is_some();
    let open = questionnaire.status == Status::Open && votable;
    html! {
        article.entry {
            p.answer dir="auto" { (text) }
            p.small.quiet {
                bdi { (asked.wording.prompt) }
                @if *count > 1 { " · " (count) " readers wrote it" }
            }
            @if *decision != Some(Decision::Taken) {
                form.actions method="post" action=(href::desk(&questionnaire.slug, "statements")) {
                    input type="hidden" name="question" value=(asked.key);
                    input type="hidden" name="statement" value=(name);
                    @if open {
                        button.quiet name="decision" value="take" { "Put it on the form" }
                    }
                    @if decision.is_none() {
                        button.quiet name="decision" value="decline" { "Leave it off" }
                    }
                }
            }
        }
    }
}
