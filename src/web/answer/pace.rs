//! How a reader goes through the form: all questions on one page, or one at a time. Both are the
//! same page with the same fields: the style sheet shows the question that the address names, and
//! links lead to the next, so that the browser's Back works, and no script is needed.

use std::borrow::Cow;

use maud::{Markup, html};

use crate::domain::Fields;
use crate::store::questionnaires::Asked;
use crate::words::Words;

/// The field that says how, and its value where questions come one at a time.
const VIEW: &str = "form_view";
const ONE: &str = "one";

/// The fields, with the way of looking that the address asks for (`?view=one`).
pub(super) fn chosen<'a>(query: &str, fields: &'a Fields) -> Cow<'a, Fields> {
    let asked = Fields::parse(query.as_bytes());
    match asked.get("view") {
        Some(view) if fields.get(VIEW).is_none() => {
            let pairs = fields.pairs().chain([(VIEW, view)]);
            Cow::Owned(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
        }
        _ => Cow::Borrowed(fields),
    }
}

/// The choice above the questions; none where there is nothing to choose.
pub(super) fn choice(words: Words, fields: &Fields, asked: &[Asked]) -> Markup {
    let one = fields.has(VIEW, ONE);
    html! {
        @if asked.len() > 1 {
            // Not a part of the draft: it is about this reader, not about the answers.
            fieldset.views data-no-draft {
                legend.vh { (words.get("form-view")) }
                @for (value, checked, key) in
                    [("all", !one, "form-view-all"), (ONE, one, "form-view-one")] {
                    label.view {
                        input id={ "view-" (value) } type="radio" name=(VIEW) value=(value)
                            checked[checked];
                        span { (words.get(key)) }
                    }
                }
            }
        }
    }
}

/// The same choice, carried along where it is not offered.
pub(super) fn carried(fields: &Fields) -> Markup {
    html! {
        @if let Some(view) = fields.get(VIEW) { input type="hidden" name=(VIEW) value=(view); }
    }
}

/// At the foot of the question at this place: on to the next one, and back.
pub(super) fn turn(words: Words, asked: &[Asked], place: usize) -> Markup {
    html! {
        @if asked.len() > 1 {
            p.turn {
                a.button.primary.on href=(target(asked, Some(place + 1))) {
                    (words.get("form-continue"))
                }
                @if place > 0 { (back(words, asked, place - 1)) }
            }
        }
    }
}

/// What stands after the last question: that it was the last one, and the way back to it.
pub(super) fn end(words: Words, asked: &[Asked]) -> Markup {
    html! {
        @if let Some(last) = asked.len().checked_sub(1) && last > 0 {
            .turn.last {
                h2.prompt { (words.get("form-end")) }
                p { (words.get("form-end-next")) }
                p { (back(words, asked, last)) }
            }
        }
    }
}

fn back(words: Words, asked: &[Asked], place: usize) -> Markup {
    html! { a.quiet.back href=(target(asked, Some(place))) { (words.get("form-back")) } }
}

/// The place on the page of a question, or of what follows the last one.
fn target(asked: &[Asked], place: Option<usize>) -> String {
    let question = place.and_then(|place| asked.get(place));
    question.map_or_else(|| "#send".to_owned(), |asked| format!("#q-{}", asked.key))
}
