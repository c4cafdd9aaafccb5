//! One question in the editor.

use maud::{Markup, html};

use super::kinds::{self, KINDS, tick};
use super::{condition, translation};
use crate::domain::Wording;
use crate::domain::kind::Kind;
use crate::store::questionnaires::{Asked, Questionnaire};

/// Whether something has to be written before the question can be asked.
fn is_unfinished(wording: &Wording) -> bool {
    let nothing = match &wording.kind {
        Kind::Single(kind) => kind.options.is_empty(),
        Kind::Multiple(kind) => kind.options.is_empty(),
        Kind::Statements(kind) => kind.statements.is_empty(),
        Kind::Allocation(kind) => kind.options.is_empty(),
        Kind::Availability(kind) => kind.slots.is_empty(),
        Kind::Ranking(kind) => kind.options.is_empty(),
        Kind::Open(_) | Kind::Scale(_) | Kind::Number(_) | Kind::Contact(_) => false,
    };
    nothing || wording.prompt.is_empty()
}

/// One question, with everything that can be changed of it.
pub(super) fn panel(
    questionnaire: &Questionnaire,
    all: &[Asked],
    number: usize,
    asked: &Asked,
) -> Markup {
    let wording = &asked.wording;
    let name = |part: &str| format!("q{number}.{part}");
    let field = |part: &str| format!("q{number}-{part}");
    let title = KINDS.iter().find(|(word, _)| *word == wording.kind.word()).map(|(_, name)| *name);
    html! {
        input type="hidden" name=(name("key")) value=(asked.key);
        input type="hidden" name=(name("kind")) value=(wording.kind.word());
        @if let Some((start, end)) = asked.passage {
            input type="hidden" name=(name("passage")) value={ (start) "-" (end) };
        }
        .question-head {
            h2 {
                (number + 1) ". "
                @if wording.prompt.is_empty() { "A new question" } @else { (wording.prompt) }
                " " span.tag { (title.unwrap_or_default()) }
            }
            .field.place {
                label for=(field("position")) { "Place" }
                input id=(field("position")) name=(name("position")) inputmode="decimal"
                    value=(number + 1) data-position;
            }
        }
        details open[is_unfinished(&asked.wording)] {
            summary { "Edit" span.vh { " question " (number + 1) } }
            .field {
                label for=(field("prompt")) { "Question" }
                textarea id=(field("prompt")) name=(name("prompt")) rows="2" { "\n" (wording.prompt) }
            }
            .field {
                label for=(field("help")) { "One sentence of help, if it needs any" }
                input id=(field("help")) name=(name("help")) value=(wording.help);
            }
            (kinds::fields(&wording.kind, &name, &field))
            @if number > 0 {
                (condition::choice(all.get(..number).unwrap_or_default(), wording, &name, &field))
            }
            (translation::fields(&questionnaire.language, wording, &name, &field))
            .checks {
                @if !matches!(wording.kind, Kind::Contact(_)) {
                    (tick(&name("required"), &field("required"), wording.required, "The form cannot be sent without it"))
                }
                (tick(&name("remove"), &field("remove"), false, "Take this question off the form"))
            }
        }
    }
}
