//! Pages for what went wrong: what happened to the text first, then why, then what to do.

use maud::{Markup, html};
use tracing_actix_web::RequestId;

use super::layout;
use crate::domain::Fields;
use crate::error::AppError;
use crate::words::Words;

/// The page for an error, with what was typed so that it can be copied.
pub fn page(
    words: Words,
    error: &AppError,
    incident: Option<RequestId>,
    typed: Option<&Fields>,
) -> Markup {
    let key = match error {
        AppError::NotFound => "error-not-found",
        AppError::Closed => "error-closed",
        AppError::SignInFirst(_) => "error-sign-in-first",
        AppError::Expired => "error-expired",
        AppError::TooLarge => "error-too-large",
        AppError::TooSlow => "error-too-slow",
        AppError::Refused(_) => "error-refused",
        AppError::Unexpected(_) => "error-unexpected",
    };
    let texts: Vec<(&str, &str)> = typed
        .map(|fields| fields.pairs().filter(|(name, value)| is_text(name, value)).collect())
        .unwrap_or_default();
    layout::plain(
        words,
        &words.get(key),
        html! {
            h1 { (words.get(key)) }
            @if let AppError::Refused(why) = error { p { (why) } }
            p { (words.get(&format!("{key}-next"))) }
            @if let AppError::SignInFirst(_) = error {
                p { a href="/sign-in" { (words.get("error-sign-in")) } }
            }
            @if !texts.is_empty() {
                h2 { (words.get("error-your-text")) }
                p { (words.get("error-your-text-next")) }
                @for (place, (_, text)) in texts.iter().enumerate() {
                    p.field {
                        label for={ "kept-" (place) } { (words.get("error-your-text")) " " (place + 1) }
                        textarea id={ "kept-" (place) } rows="6" readonly { "\n" (text) }
                    }
                }
            }
            @if let (AppError::Unexpected(_), Some(id)) = (error, incident) {
                p { (words.get("error-incident")) " " code { (id) } }
            }
            p { a href="/" { (words.get("go-home")) } }
        },
    )
}

/// The page for a form that another site sent.
pub fn other_site(words: Words) -> Markup {
    layout::plain(
        words,
        &words.get("error-other-site"),
        html! {
            h1 { (words.get("error-other-site")) }
            p { (words.get("error-other-site-next")) }
        },
    )
}

/// What a person typed, as against keys and ticks.
fn is_text(name: &str, value: &str) -> bool {
    !name.starts_with("form_")
        && (value.chars().count() > 20 || value.contains(char::is_whitespace))
}
