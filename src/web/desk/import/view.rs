//! How bringing a form looks.

use maud::{Markup, html};
use uuid::Uuid;

use crate::domain::{QuestionId, WordingId};
use crate::forms::{Brought, Source};
use crate::href;
use crate::store::organizers::Organizer;
use crate::store::questionnaires::Asked;
use crate::web::answer::view as reader_view;
use crate::web::ui::layout;
use crate::words::Words;

/// A form as it was read, to be looked at.
pub(super) struct Seen<'a> {
    /// What was read.
    pub brought: &'a Brought,
    /// The file's name.
    pub name: &'a str,
    /// Its bytes in base64, to be read again when it is made.
    pub bytes: &'a str,
}

/// Each program, and where it gives the file.
const SOURCES: [(Source, &str); 6] = [
    (Source::SurveyJs, "the JSON of the Creator (“JSON Editor”)"),
    (Source::LimeSurvey, "Display/Export → Tab-separated-values format (*.txt)"),
    (Source::XlsForm, "the workbook (XLSX) of KoboToolbox, ODK and others"),
    (Source::Typeform, "the JSON of the Create API"),
    (
        Source::GoogleForms,
        "Responses → Download responses (.csv, or the .zip unpacked): the answers come along",
    ),
    (Source::Colloquy, "“The questionnaire as a document”, from the page “Take it along”"),
];

/// The form for the file.
pub(super) fn ask(organizer: &Organizer, problem: Option<&str>) -> Markup {
    layout::desk(
        organizer,
        "Bring a form",
        None,
        html! {
            h1 { "Bring a form" }
            p.lede { "A questionnaire that you have made elsewhere becomes one here. You see first what can be kept and what cannot." }
            @if let Some(problem) = problem {
                p.problem role="alert" { "Nothing was kept. " (problem) }
            }
            form.stack method="post" action=(href::NEW_IMPORT) enctype="multipart/form-data" {
                .field {
                    label for="file" { "The file" }
                    p.help id="file-help" { "JSON, tab-separated text, XLSX or CSV; at most 8 MB." }
                    input id="file" name="file" type="file" required aria-describedby="file-help"
                        accept=".json,.txt,.tsv,.xlsx,.csv,application/json,text/csv,text/tab-separated-values";
                }
                .actions { button.primary { "Look at it" } }
            }
            h2 { "From where" }
            ul.notes {
                @for (source, way) in SOURCES { li { strong { (source.name()) } ": " (way) "." } }
            }
            p { a href=(href::NEW) { "Bring an article instead" } }
        },
    )
}

/// What it would become, and what of it could not be kept.
pub(super) fn preview(organizer: &Organizer, seen: &Seen<'_>) -> Markup {
    let Brought { source, document, notes, answers } = seen.brought;
    let asked: Vec<Asked> = (0..)
        .zip(&document.questions)
        .map(|(position, question)| Asked {
            id: QuestionId(Uuid::nil()),
            key: question.key.clone().unwrap_or_else(|| format!("x{position}")),
            position: Some(position),
            wording_id: WordingId(Uuid::nil()),
            version: 1,
            wording: question.wording.clone(),
            passage: None,
        })
        .collect();
    let make = html! {
        form method="post" action=(href::NEW_IMPORT) enctype="multipart/form-data" {
            input type="hidden" name="name" value=(seen.name);
            input type="hidden" name="bytes" value=(seen.bytes);
            .actions {
                button.primary { "Make this questionnaire" }
                a.quiet href=(href::NEW_IMPORT) { "Bring another file" }
            }
        }
    };
    layout::desk(
        organizer,
        "Look at the form",
        None,
        html! {
            h1 { (document.title) small { "As it was read from a file of " (source.name()) } }
            p {
                (count(document.questions.len(), "question"))
                @if !answers.is_empty() { ", " (count(answers.len(), "response")) }
                ". Nothing is kept yet."
            }
            @if !answers.is_empty() {
                .notice {
                    p { "The responses are kept with their times, each marked with its row in the file. The questionnaire is closed and confidential: no names come along, and nobody is asked anything." }
                }
            }
            @if notes.is_empty() {
                p { "Everything in it can be kept." }
            } @else {
                h2 { "What is not as it was" }
                ul.notes {
                    @for note in notes {
                        li { @if !note.about.is_empty() { strong { bdi { (note.about) } } ": " } (note.what) }
                    }
                }
            }
            (make)
            h2 { "What readers would see" }
            @if !document.introduction.is_empty() { p { (document.introduction) } }
            .panel {
                (reader_view::preview(Words::of(&document.language), &document.language, &asked, None))
            }
        },
    )
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
