//! Erasing everything: first what it means, then, with a tick, at once.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::{opened, unknown};
use crate::acts::erase_response::{EraseError, erase_response};
use crate::error::AppError;
use crate::href;
use crate::store::own_seat;
use crate::store::responses::Given;
use crate::web::answer::published::{Published, answer, speaking};
use crate::web::extract::{App, Form};
use crate::web::ui::layout::{ReaderFrame, reader_with};
use crate::words::Words;

/// The box that has to be ticked.
const SURE: &str = "sure";

/// `GET /r/{token}/erase`: what will be gone, and what will not.
pub async fn ask(
    app: App,
    request: HttpRequest,
    link: web::Path<String>,
) -> Result<HttpResponse, AppError> {
    let Some((of, given)) = opened(&app, &link).await? else { return Ok(unknown(&app, &request)) };
    let words = speaking(&request, None, &given.response.language, &of.questionnaire.language);
    let seat = own_seat::of(app.store.read(), given.response.id).await?.is_some();
    let page = asking(words, &of, &given, &link, seat, false);
    Ok(answer(&app, &request, StatusCode::OK, words, page))
}

/// `POST /r/{token}/erase`
pub async fn erase(
    app: App,
    request: HttpRequest,
    link: web::Path<String>,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    // Erased before, by the first click of two.
    let Some((of, given)) = opened(&app, &link).await? else { return Ok(unknown(&app, &request)) };
    let known = &given.response.language;
    let words = speaking(&request, Some(&fields), known, &of.questionnaire.language);
    if !fields.has(SURE, "yes") {
        let seat = own_seat::of(app.store.read(), given.response.id).await?.is_some();
        let page = asking(words, &of, &given, &link, seat, true);
        return Ok(answer(&app, &request, StatusCode::UNPROCESSABLE_ENTITY, words, page));
    }
    match erase_response(&app, of.questionnaire.mode, &given).await {
        Ok(()) => Ok(answer(&app, &request, StatusCode::OK, words, gone(words, &of))),
        Err(error @ EraseError::Waiting) => Err(AppError::Unavailable(error.into())),
        Err(EraseError::Store(error)) => Err(error.into()),
    }
}

fn asking(
    words: Words,
    of: &Published,
    given: &Given,
    link: &str,
    seat: bool,
    unticked: bool,
) -> Markup {
    let path = href::receipt(link);
    let frame = ReaderFrame {
        path: format!("{path}/erase"),
        asks: of.brand(),
        look: of.look(),
        error: unticked,
        ..ReaderFrame::default()
    };
    let asker = [("organizer", of.asker(words).into())];
    let body = html! {
        h1 { (words.get("erase-title")) }
        @if unticked {
            .problems role="alert" tabindex="-1" autofocus {
                h2 { (words.get("erase-unticked")) }
                ul { li { a href="#sure" { (words.get("erase-unticked-next")) } } }
            }
        }
        p.lede { (words.get("erase-lede")) }
        h2 { (words.get("erase-gone")) }
        ul {
            li { (words.get("erase-gone-answers")) }
            @if given.contact.is_some() { li { (words.get("erase-gone-contact")) } }
            li { (words.get("erase-gone-results")) }
            @if seat { li { (words.get("erase-gone-seat")) } }
            li { (words.get("erase-gone-mails")) }
        }
        h2 { (words.get("erase-stays")) }
        ul {
            li { (words.with("erase-stays-sent", &asker)) }
            li { (words.get("erase-stays-backups")) }
            li { (words.get("erase-stays-device")) }
            li { (words.get("erase-stays-note")) }
            @if !of.is_anonymous() { li { (words.get("erase-stays-invitation")) } }
        }
        p.notice {
            (words.get("erase-take-first")) " "
            a href={ (path) "/download.txt" } download { (words.get("mine-text")) } (words.get("brief-list"))
            a href={ (path) "/download.json" } download { (words.get("mine-json")) }
        }
        form method="post" action={ (path) "/erase" } novalidate {
            input type="hidden" name=(crate::web::answer::published::LANGUAGE) value=(words.language());
            p {
                label.choice {
                    input #sure type="checkbox" name=(SURE) value="yes"
                        aria-invalid=[unticked.then_some("true")];
                    " " (words.get("erase-sure"))
                }
            }
            .actions {
                button.danger { (words.get("erase-now")) }
                a.button.quiet href=(path) { (words.get("erase-leave")) }
            }
        }
    };
    reader_with(words, &words.get("erase-title"), frame, body)
}

/// What stands there once everything is gone.
fn gone(words: Words, of: &Published) -> Markup {
    let frame = ReaderFrame {
        // What this browser has kept of it goes too.
        clears_draft: Some(of.questionnaire.slug.to_string()),
        asks: of.brand(),
        look: of.look(),
        ..ReaderFrame::default()
    };
    let body = html! {
        h1 { (words.get("erase-done")) }
        p.lede { (words.get("erase-done-next")) }
        @if of.is_open() && !of.is_anonymous() {
            p { (words.get("erase-done-again")) }
        }
    };
    reader_with(words, &words.get("erase-done"), frame, body)
}
