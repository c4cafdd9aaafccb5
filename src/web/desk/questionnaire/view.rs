//! How the editor looks: each question a card, saved together by one button.

use maud::{Markup, html};

use super::kinds::KINDS;
use super::{options, question, translation};
use crate::domain::status::Status;
use crate::href;
use crate::store::organizers::Organizer;
use crate::store::questionnaires::{Asked, Questionnaire};
use crate::web::ui::layout::{self, Steps};

/// The editor.
pub(super) fn editor(
    organizer: &Organizer,
    steps: &Steps,
    questionnaire: &Questionnaire,
    asked: &[Asked],
    public: &str,
    problems: &[String],
    mode: &Markup,
) -> Markup {
    let open = questionnaire.status == Status::Open;
    layout::desk(
        organizer,
        "Questionnaire",
        Some(steps),
        html! {
            h1 { "Questionnaire" }
            @if !problems.is_empty() { (obstacles_list(problems)) }
            @if open {
                p.notice { "It is published at " a href=(public) { (public) } ". Changed words become a new version: answers stay with the words they were given to." }
            }
            form.stack.editor method="post" action=(href::desk(&questionnaire.slug, "questionnaire")) {
                .field {
                    label for="title" { "Title" }
                    input id="title" name="title" value=(questionnaire.title) maxlength="300" required;
                }
                .field {
                    label for="introduction" { "What readers see before the first question" }
                    textarea id="introduction" name="introduction" rows="3" { "\n" (questionnaire.introduction) }
                }
                (translation::head(questionnaire))
                (mode)
                @if asked.is_empty() {
                    .empty { p { "No questions yet. Add one below, or take some from the article." } }
                }
                ol.order.panels {
                    @for (number, one) in asked.iter().enumerate() {
                        li.panel id=[(number + 1 == asked.len()).then_some("last")] data-question {
                            (question::panel(questionnaire, asked, number, one))
                        }
                    }
                }
                (options::fields(questionnaire, public))
                .panel {
                    .field {
                        label for="add" { "Add a question" }
                        select id="add" name="add" {
                            @for (word, name) in KINDS { option value=(word) { (name) } }
                        }
                    }
                    button.quiet name="then" value="add" { "Save and add it" }
                }
                .actions {
                    button.primary name="then" value="preview" { "Save and preview" }
                    button.quiet name="then" value="save" { "Save" }
                    @if !open { button.quiet name="then" value="publish" { "Save and publish" } }
                }
            }
            @if open {
                section.danger {
                    h2 { "Close the questionnaire" }
                    p { "Readers can no longer answer. Everything that was answered is kept, and you can publish it again." }
                    form method="post" action=(href::desk(&questionnaire.slug, "close")) {
                        button.danger { "Close it" }
                    }
                }
            }
        },
    )
}

fn obstacles_list(problems: &[String]) -> Markup {
    html! {
        .problems role="alert" tabindex="-1" {
            h2 { "Everything else is saved. Not yet:" }
            ul { @for problem in problems { li { (problem) } } }
        }
    }
}

/// The form as readers will see it, with what stands in the way of publishing.
pub(super) fn preview(
    organizer: &Organizer,
    steps: &Steps,
    questionnaire: &Questionnaire,
    form: Markup,
    obstacles: &[String],
) -> Markup {
    layout::desk(
        organizer,
        "Preview",
        Some(steps),
        html! {
            h1 { "Preview" }
            @if obstacles.is_empty() {
                p { "This is what readers will see. Nothing that you type here is kept." }
            } @else {
                (obstacles_list(obstacles))
            }
            .actions {
                @if questionnaire.status != Status::Open && obstacles.is_empty() {
                    form method="post" action=(href::desk(&questionnaire.slug, "publish")) {
                        button.primary { "Publish it" }
                    }
                }
                a.quiet.button href=(href::desk(&questionnaire.slug, "questionnaire")) { "Back to the questions" }
            }
            .preview lang=(questionnaire.language) { (form) }
        },
    )
}
