//! What was done to the themes, step by step.

use maud::{Markup, html};

use super::Shown;
use crate::domain::ThemeId;
use crate::domain::status::Mode;
use crate::insight::themes::edit::Edit;
use crate::insight::themes::layer::Step;
use crate::words::Words;

/// Steps that are listed.
const LISTED: usize = 200;

/// A step in words.
pub(super) fn told(step: &Step) -> String {
    let name = |id: &ThemeId| {
        step.labels.get(id).map_or_else(|| "a theme".to_owned(), |label| format!("“{label}”"))
    };
    match &step.edit {
        Edit::Rename { theme, label } => format!("{} is now called “{label}”.", name(theme)),
        Edit::Merge { into, from } => {
            let from: Vec<String> = from.iter().map(name).collect();
            format!("{} went into {}.", from.join(", "), name(into))
        }
        Edit::Move { from, spans, to, whole } => {
            let what = match (spans.len(), whole) {
                (1, false) => "A passage went".to_owned(),
                (1, true) => "An answer went".to_owned(),
                (count, _) => format!("{count} passages went"),
            };
            let out = from.as_ref().map(|from| format!(" from {}", name(from)));
            let to = match to {
                Some(to) => format!("into {}", name(to)),
                None => "out of the themes".to_owned(),
            };
            format!("{what}{} {to}.", out.unwrap_or_default())
        }
        Edit::Pin { theme, .. } => format!("A quote of {} was pinned.", name(theme)),
        Edit::Unpin { theme, .. } => format!("A quote of {} was unpinned.", name(theme)),
        Edit::Hide { theme } => format!("{} was hidden.", name(theme)),
        Edit::Show { theme } => format!("{} is shown again.", name(theme)),
        Edit::Summarize { theme, sentences } if sentences.is_empty() => {
            format!("The summary of {} was taken away.", name(theme))
        }
        Edit::Summarize { theme, .. } => format!("{} got a summary.", name(theme)),
        Edit::Keep => {
            "The themes are kept, so that what you wrote in the brief about one stays with it."
                .to_owned()
        }
        Edit::Further => "Further themes were taken in from newer answers.".to_owned(),
        Edit::Undo => "The last step was taken back.".to_owned(),
        Edit::StartOver => "Everything was let go; themes are found anew.".to_owned(),
    }
}

/// Who took a step, and when.
pub(super) fn signed(shown: &Shown<'_>, step: &Step) -> String {
    let who = shown.names.iter().find(|(id, _)| *id == step.by).map(|(_, name)| name.as_str());
    let (words, material) = (Words::of("en"), &shown.insight.material);
    let when = match material.mode {
        Mode::Anonymous => words.date(step.at, material.day_zone()),
        Mode::Identified | Mode::Confidential => words.date_time(step.at, material.zone()),
    };
    format!("{}, {when}", who.unwrap_or("An organizer"))
}

/// The form that takes back the last step.
pub(super) fn undo(shown: &Shown<'_>) -> Markup {
    let step = shown.layer().and_then(|layer| layer.to_undo());
    html! {
        @if step.is_some() {
            form method="post" action=(shown.address()) {
                input type="hidden" name="on" value=(shown.open.edits);
                @for name in ["theme", "show", "page"] {
                    @if let Some(value) = shown.query.get(name) {
                        input type="hidden" name=(name) value=(value);
                    }
                }
                button name="do" value="undo" { "Take it back" }
            }
        }
    }
}

/// The list, and how to start over.
pub(super) fn list(shown: &Shown<'_>) -> Markup {
    let Some(layer) = shown.layer() else { return html! {} };
    html! {
        details id="history" open[shown.query.has("ask", "start-over")] {
            summary { "What was done: " (layer.history.len()) @if layer.history.len() == 1 { " step" } @else { " steps" } }
            ol.steps-taken reversed {
                @for step in layer.history.iter().rev().take(LISTED) {
                    li {
                        @if step.stands || step.edit == Edit::Undo { (told(step)) }
                        @else { s { (told(step)) } " " span.tag { "taken back" } }
                        " " span.small.quiet { (signed(shown, step)) }
                    }
                }
            }
            (undo(shown))
            @if layer.keeps {
                @if shown.query.has("ask", "start-over") {
                    section.danger {
                        h3 { "Start over from the answers" }
                        p { "You lose every name, merge, move, pin, summary and hidden theme of this question. Themes are found anew with each answer, and what you changed in the brief about one comes off when it is found differently. No answer is lost." }
                        form.actions method="post" action=(shown.address()) {
                            input type="hidden" name="on" value=(shown.open.edits);
                            button.danger name="do" value="start-over" { "Let go of my themes" }
                            a.button.quiet href=(shown.address()) { "Keep them" }
                        }
                    }
                } @else {
                    p { a href={ (shown.address()) "?ask=start-over#history" } { "Start over from the answers" } }
                }
            }
        }
    }
}
