//! The front page, and whether the service is well.

use actix_web::web::Html;
use actix_web::{HttpRequest, HttpResponse};
use maud::{Markup, html};

use super::extract::{App, Speaks, cookie};
use super::ui::layout;
use crate::href;
use crate::web::reply;

/// `GET /`: organizers go to their desk, others read what this is.
pub async fn page(request: HttpRequest, speaks: Speaks) -> HttpResponse {
    if cookie(&request).is_some() {
        return reply::see(href::DESK);
    }
    reply::page(view(speaks))
}

fn view(Speaks(words): Speaks) -> Markup {
    layout::reader_with(
        words,
        &words.get("front-title"),
        layout::ReaderFrame { path: "/".to_owned(), ..Default::default() },
        html! {
            h1 { (words.get("front-title")) }
            p.lede { (words.get("front-lede")) }
            p { (words.get("front-readers")) }
            p { a href="/sign-in" { (words.get("front-organizers")) } }
        },
    )
}

/// `GET /help`: what readers ask, and whom they can ask.
pub async fn help(Speaks(words): Speaks) -> Html {
    const ASKED: [(&str, &str); 6] = [
        ("help-lost", "help-lost-answer"),
        ("help-later", "help-later-answer"),
        ("help-change", "help-change-answer"),
        ("help-who", "help-who-answer"),
        ("help-mails", "help-mails-answer"),
        ("help-person", "help-person-answer"),
    ];
    let title = words.get("help-title");
    let frame =
        layout::ReaderFrame { path: href::HELP.to_owned(), ..layout::ReaderFrame::default() };
    let body = html! {
        h1 { (title) }
        p.lede { (words.get("help-lede")) }
        @for (question, answer) in ASKED {
            h2 { (words.get(question)) }
            p { (words.get(answer)) }
        }
    };
    Html::new(layout::reader_with(words, &title, frame, body).into_string())
}

/// `GET /health`: 200 while the database answers, 503 while it does not.
pub async fn health(app: App) -> HttpResponse {
    if app.store.answers().await {
        HttpResponse::Ok().content_type("text/plain").body("ok\n")
    } else {
        HttpResponse::ServiceUnavailable().content_type("text/plain").body("no database\n")
    }
}
