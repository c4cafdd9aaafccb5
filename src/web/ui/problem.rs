//! Pages for what went wrong: what happened to the text first, then why, then what to do; and the
//! text itself, to be changed, sent again, or saved.

use actix_web::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono_tz::Tz;
use maud::{Markup, html};
use tracing_actix_web::RequestId;

use super::layout::{self, ReaderFrame};
use crate::domain::{Fields, Role};
use crate::error::{AppError, Lacking};
use crate::href;
use crate::web::body::End;
use crate::web::body::typed::{self, Prompts, Typed};
use crate::web::text::{self, label};
use crate::words::Words;

/// The longest text that a link can carry: browsers take two million bytes of address.
const LONGEST: usize = 1_400_000;

/// What was sent, to be given back.
#[derive(Clone, Copy, Debug)]
pub struct Back<'a> {
    /// What was sent.
    pub fields: &'a Fields,
    /// What was asked, by the keys of the questions, as far as it is known.
    pub prompts: &'a Prompts,
    /// Where it was sent.
    pub action: &'a str,
    /// Whether the address wants forms of the kind that can have files in them.
    pub multipart: bool,
    /// Whether all of it came.
    pub end: End,
}

/// The page for an error.
pub fn page(
    words: Words,
    error: &AppError,
    incident: Option<RequestId>,
    back: Option<&Back<'_>>,
) -> Markup {
    let key = key(error);
    let title = words.get(key);
    let texts = back.map(|back| typed::texts(back.fields, back.prompts)).unwrap_or_default();
    let whole = back.is_none_or(|back| back.end == End::Whole);
    let frame = ReaderFrame { error: true, ..ReaderFrame::default() };
    let body = html! {
        @if texts.is_empty() {
            h1 { (title) }
        } @else {
            h1 { (words.get(if whole { "error-your-text" } else { "error-your-text-part" })) }
            @if let Some(Back { end: End::TooLarge(missing), .. }) = back {
                @let kilobytes = missing.div_ceil(1000);
                p { (words.with("error-missing", &[("count", kilobytes.into())])) }
            }
            p.lede { (title) }
        }
        @if let AppError::Refused(why) | AppError::NotAllowed(why) = error { p { (why) } }
        @if let AppError::NotYours(lacking) = error { (who_may(words, lacking)) }
        @if let AppError::Withdrawn(at) = error {
            p { (words.with("error-withdrawn-until", &[("date", words.date(*at, Tz::UTC).into())])) }
        }
        p {
            @if let AppError::TooMany(seconds) = error {
                (words.with("error-too-many-wait", &[("minutes", minutes(*seconds).into())])) " "
            }
            (words.get(&format!("{key}-next")))
        }
        @if let AppError::SignInFirst(_) = error {
            // In a page of its own: this one has the text.
            p { a href="/sign-in" target="_blank" { (words.get("error-sign-in")) } }
        }
        @if let Some(back) = back && !texts.is_empty() { (given_back(words, error, back, &texts)) }
        @if let (Some(_), Some(id)) = (error.cause(), incident) {
            p { (words.get("error-incident")) " " code { (id) } }
        }
        p { a href="/" { (words.get("go-home")) } }
    };
    layout::reader_with(words, &title, frame, body)
}

/// Which role somebody has, which it takes, and who can give it to them.
fn who_may(words: Words, lacking: &Lacking) -> Markup {
    let role = |role: Role| words.get(&format!("role-{}", role.word()));
    html! {
        p {
            (words.with("error-not-yours-role", &[
                ("role", role(lacking.role).into()),
                ("needed", role(lacking.needed).into()),
            ]))
        }
        p { (words.get("error-not-yours-owners")) }
        ul { @for owner in &lacking.owners { li dir="auto" { (owner) } } }
    }
}

fn key(error: &AppError) -> &'static str {
    match error {
        AppError::NotFound => "error-not-found",
        AppError::Closed => "error-closed",
        AppError::SignInFirst(_) | AppError::NoToken => "error-sign-in-first",
        AppError::NotYours(_) | AppError::NotAllowed(_) => "error-not-yours",
        AppError::Withdrawn(_) => "error-withdrawn",
        AppError::Expired => "error-expired",
        AppError::OtherSite => "error-other-site",
        AppError::WrongMethod(_) => "error-wrong-method",
        AppError::Conflict | AppError::Changed => "error-conflict",
        AppError::WrongType => "error-wrong-type",
        AppError::TooMany(_) => "error-too-many",
        AppError::TooLarge => "error-too-large",
        AppError::TooSlow => "error-too-slow",
        AppError::BrokenOff => "error-broken-off",
        AppError::Crowded => "error-crowded",
        AppError::Refused(_) => "error-refused",
        AppError::Unavailable(_) => "error-unavailable",
        AppError::NoRoom(_) => "error-no-room",
        AppError::Unexpected(_) => "error-unexpected",
    }
}

/// The error that says best what a status means that did not come from us.
pub fn of_status(status: StatusCode) -> AppError {
    match status {
        StatusCode::BAD_REQUEST => AppError::BrokenOff,
        StatusCode::FORBIDDEN => AppError::OtherSite,
        StatusCode::NOT_FOUND => AppError::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => AppError::WrongMethod(String::new()),
        StatusCode::REQUEST_TIMEOUT => AppError::TooSlow,
        StatusCode::CONFLICT => AppError::Conflict,
        StatusCode::GONE => AppError::Closed,
        StatusCode::PAYLOAD_TOO_LARGE => AppError::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => AppError::WrongType,
        StatusCode::TOO_MANY_REQUESTS => AppError::TooMany(60),
        StatusCode::SERVICE_UNAVAILABLE => AppError::Crowded,
        _ => AppError::Unexpected(anyhow::anyhow!("an answer with the status {status}")),
    }
}

/// The form as it was sent: texts to be changed, everything else as it was, so that sending it
/// again is the same submission.
fn given_back(words: Words, error: &AppError, back: &Back<'_>, texts: &[Typed<'_>]) -> Markup {
    let mut texts_left = texts.iter().enumerate();
    let enctype = back.multipart.then_some(typed::MULTIPART);
    html! {
        form.stack method="post" action=(back.action) enctype=[enctype] id="kept" {
            @for (name, value) in back.fields.pairs() {
                @let text = if typed::is_text(name, value) { texts_left.next() } else { None };
                @if let Some((place, typed)) = text {
                    .field {
                        label for={ "kept-" (place) }
                            lang=[typed.prompt.and_then(|prompt| prompt.language.as_deref())] {
                            (label(words, place + 1, typed))
                        }
                        textarea id={ "kept-" (place) } name=(name) rows=(rows(value)) dir="auto" {
                            "\n" (value)
                        }
                    }
                } @else {
                    input type="hidden" name=(name) value=(value);
                }
            }
            .actions {
                @if may_be_sent_again(error, back.action) {
                    button.primary { (words.get("error-send-again")) }
                }
                (save(words, texts))
            }
        }
    }
}

/// A page of another site can make a visitor's browser show our page with that site's words in
/// it; a button that sends them to the desk in the visitor's name must not be there. Readers'
/// forms are sent in nobody's name.
fn may_be_sent_again(error: &AppError, action: &str) -> bool {
    let readers = ["/q/", "/i/", "/r/"].iter().any(|room| action.starts_with(room));
    readers || !matches!(error, AppError::OtherSite)
}

/// The texts as a file: a link that needs neither us nor a script, where browsers can take one
/// of this length.
fn save(words: Words, texts: &[Typed<'_>]) -> Markup {
    let file = text::of(words, texts);
    if file.len() * 4 / 3 > LONGEST {
        return save_button(words);
    }
    let link = format!("data:text/plain;charset=utf-8;base64,{}", STANDARD.encode(file));
    html! { a.button.quiet href=(link) download=(text::NAME) { (words.get("error-save-text")) } }
}

/// A button in a form that saves its texts as a file, as they are at that moment.
pub fn save_button(words: Words) -> Markup {
    html! {
        button.quiet formaction=(href::TEXT) formmethod="post" formnovalidate
            formenctype=(typed::FORM) { (words.get("error-save-text")) }
    }
}

/// Rows for a text: all of a short one, a part of a long one.
fn rows(text: &str) -> usize {
    let lines = text.lines().map(|line| 1 + line.len() / 60).sum::<usize>();
    lines.clamp(3, 16)
}

fn minutes(seconds: i64) -> i64 {
    seconds.max(1).div_euclid(60) + i64::from(seconds % 60 > 0)
}
