//! "Check your answers": every question with what was answered, before anything is sent. It is the
//! form itself, with all its fields: nothing is kept on the way, and nothing can get lost.

use maud::{Markup, html};

use super::page::other_language;
use super::view::Sheet;
use crate::acts::submit_response::field;
use crate::domain::Fields;
use crate::domain::kind::Problem;
use crate::store::questionnaires::Asked;
use crate::web::ui::answers;
use crate::words::Words;

/// The name and the value of the button that asks for it.
pub(super) const GO: &str = "go";
pub(super) const CHECK: &str = "check";

/// Whether the form was sent to be checked.
pub(super) fn is_wanted(fields: &Fields) -> bool {
    fields.get(GO) == Some(CHECK)
}

/// What would have to change before the form can be kept.
pub(super) fn problems(asked: &[Asked], fields: &Fields) -> Vec<(String, Problem)> {
    let problem = |asked: &Asked| match asked.wording.kind.read(fields, &field(&asked.key)) {
        Ok(None) if asked.wording.required => Some(Problem::Missing),
        Ok(_) => None,
        Err(problem) => Some(problem),
    };
    asked.iter().filter_map(|asked| Some((asked.key.clone(), problem(asked)?))).collect()
}

/// The list: each question, its answer, and the way to change it.
pub(super) fn summary(sheet: &Sheet<'_>) -> Markup {
    let words = sheet.words;
    let language = other_language(words, sheet.language);
    let clean = sheet.problems.is_empty();
    html! {
        section.review id="check" {
            h2 tabindex=[clean.then_some("-1")] autofocus[clean] { (words.get("check-title")) }
            p { (words.get("check-lede")) }
            dl.answers {
                @for asked in sheet.asked {
                    @let lines = lines(words, sheet.fields, asked);
                    @let link = format!("c-{}", asked.key);
                    div.checked {
                        dt id={ "d-" (asked.key) } lang=[language] dir="auto" { (asked.wording.prompt) }
                        @for line in &lines { dd dir="auto" { (line) } }
                        @if lines.is_empty() { dd.none { (words.get("receipt-none")) } }
                        dd.change {
                            a id=(link) href={ "#q-" (asked.key) }
                                aria-labelledby={ (link) " d-" (asked.key) } {
                                (words.get("check-change"))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What was answered, in lines; as it was typed, where it cannot be read.
fn lines(words: Words, fields: &Fields, asked: &Asked) -> Vec<Markup> {
    let name = field(&asked.key);
    match asked.wording.kind.read(fields, &name) {
        Ok(Some(answer)) => answers::lines(words, &asked.wording, &answer),
        Ok(None) => vec![],
        Err(_) => {
            let parts = format!("{name}.");
            let own = fields.pairs().filter(|(of, _)| *of == name || of.starts_with(&parts));
            let typed = own.map(|(_, value)| value).filter(|value| !value.trim().is_empty());
            typed.map(|value| html! { (value) }).collect()
        }
    }
}

/// At the foot of a question that is being changed: back to the list.
pub(super) fn done(words: Words) -> Markup {
    html! {
        p.turn { button.primary name=(GO) value=(CHECK) { (words.get("form-continue")) } }
    }
}
