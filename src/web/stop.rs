//! A reader stops the mails: by the button here, or by one click in their mail program (RFC
//! 8058), which posts without cookies and follows no redirect.

use actix_web::web::Path;
use maud::{Markup, html};

use super::extract::{App, Speaks};
use super::ui::layout::{self, ReaderFrame};
use crate::acts::stop_mails::{self, Found};
use crate::error::AppError;
use crate::href;
use crate::words::Words;

/// `GET /i/{token}/stop`: a button. Looking changes nothing, since mail scanners look.
pub async fn ask(app: App, speaks: Speaks, token: Path<String>) -> Result<Markup, AppError> {
    let found = stop_mails::find(&app, &token).await?.ok_or(AppError::NotFound)?;
    Ok(view(speaks.0, &token, &found))
}

/// `POST /i/{token}/stop`
pub async fn stop(app: App, speaks: Speaks, token: Path<String>) -> Result<Markup, AppError> {
    let found = stop_mails::stop_mails(&app, &token).await?.ok_or(AppError::NotFound)?;
    Ok(view(speaks.0, &token, &found))
}

fn view(words: Words, token: &str, found: &Found) -> Markup {
    let address = [("address", found.shown.as_str().into())];
    let title = words.get(if found.stopped { "stop-done" } else { "stop-title" });
    let path = href::stop(token);
    layout::reader_with(
        words,
        &title,
        ReaderFrame { path: path.clone(), ..Default::default() },
        html! {
            h1 { (title) }
            @if found.stopped {
                p role="status" { (words.with("stop-done-means", &address)) }
                p { (words.get("stop-done-seat")) }
                p { (words.get("stop-still")) }
            } @else {
                p.lede { (words.with("stop-ask", &address)) }
                p { (words.get("stop-means")) }
                p.help { (words.get("stop-keep")) }
                form method="post" action={ (path) "?lang=" (words.language()) } {
                    p.actions { button.primary { (words.get("stop-button")) } }
                }
            }
        },
    )
}
