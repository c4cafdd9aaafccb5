//! What has to change before a form can be kept, in the reader's words.

use maud::{Markup, html};

use crate::domain::kind::Problem;
use crate::store::questionnaires::Asked;
use crate::words::Words;

/// One problem, as it stands at its question.
pub(super) fn words(words: Words, problem: &Problem) -> String {
    match problem {
        Problem::Missing => words.get("form-problem-missing"),
        Problem::NotOffered => words.get("form-problem-not-offered"),
        Problem::NoNumber(typed) => {
            let typed = crate::domain::text::shortened(typed, 40);
            words.with("form-problem-no-number", &[("typed", typed.into())])
        }
        Problem::NotWhole(typed) => {
            let typed = crate::domain::text::shortened(typed, 40);
            words.with("form-problem-not-whole", &[("typed", typed.into())])
        }
        Problem::OutOfRange { least, most } => {
            let (key, values) = match (least, most) {
                (Some(least), Some(most)) => (
                    "form-problem-between",
                    vec![("least", least.to_string().into()), ("most", most.to_string().into())],
                ),
                (Some(least), None) => {
                    ("form-problem-at-least", vec![("least", least.to_string().into())])
                }
                (None, most) => (
                    "form-problem-at-most",
                    vec![("most", most.map(|most| most.to_string()).unwrap_or_default().into())],
                ),
            };
            words.with(key, &values)
        }
        Problem::SamePlace(place) => {
            words.with("form-problem-same-place", &[("place", i64::from(*place).into())])
        }
        Problem::TooMany { given, total } => words.with(
            "form-problem-too-many",
            &[
                ("given", i64::from(*given).into()),
                ("over", i64::from(given.saturating_sub(*total)).into()),
            ],
        ),
        Problem::NoAddress => words.get("form-problem-no-address"),
        Problem::AddressMissing => words.get("form-problem-address-missing"),
    }
}

/// All of them at the top of the page, each leading to its question.
pub(super) fn summary(page: Words, asked: &[Asked], problems: &[(String, Problem)]) -> Markup {
    html! {
        .problems role="alert" tabindex="-1" autofocus {
            h2 { (page.with("form-problems", &[("count", problems.len().into())])) }
            p { (page.get("form-problems-kept")) }
            ul {
                @for (key, problem) in problems {
                    @let number = asked.iter().position(|asked| asked.key == *key).unwrap_or(0) + 1;
                    @let said = words(page, problem);
                    @let values = [("number", number.into()), ("problem", said.into())];
                    li { a href={ "#q-" (key) } { (page.with("form-problem-of", &values)) } }
                }
            }
        }
    }
}

/// Something else that kept the form from being kept.
pub(super) fn other(page: Words, key: &str) -> Markup {
    html! {
        .problems role="alert" tabindex="-1" autofocus {
            h2 { (page.get(key)) }
            p { (page.get(&format!("{key}-next"))) }
        }
    }
}
