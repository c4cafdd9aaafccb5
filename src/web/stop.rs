//! A reader stops the mails: by the button here, or by one click in their mail program (RFC
//! 8058), which posts without cookies and follows no redirect.

use actix_web::web::Path;
use maud::{Markup, html};

use super::extract::{App, Form, Speaks};
use super::ui::layout::{self, ReaderFrame};
use crate::acts::stop_mails::{self, Found};
use crate::error::AppError;
use crate::href;
use crate::words::Words;

/// `GET /i/{token}/stop`: a button. Looking changes nothing, since mail scanners look.
pub async fn ask(app: App, speaks: Speaks, token: Path<String>) -> Result<Markup, AppError> {
    let found = stop_mails::find(&app, &token).await?.ok_or(AppError::NotFound)?;
    Ok(view(speaks.0, &token, &found, false))
}

/// `POST /i/{token}/stop`: the POST itself is the wish, whatever kind of body it has (RFC 8058 has
/// two). With `again=yes`, as only the page itself sends it, the other way round.
pub async fn stop(
    app: App,
    speaks: Speaks,
    token: Path<String>,
    form: Result<Form, AppError>,
) -> Result<Markup, AppError> {
    let again = form.is_ok_and(|Form(fields)| {
        fields.has(AGAIN, "yes") && fields.get("List-Unsubscribe").is_none()
    });
    let found = if again {
        stop_mails::write_again(&app, &token).await?
    } else {
        stop_mails::stop_mails(&app, &token).await?
    };
    Ok(view(speaks.0, &token, &found.ok_or(AppError::NotFound)?, again))
}

/// The field with which a reader takes it back.
const AGAIN: &str = "again";

fn view(words: Words, token: &str, found: &Found, again: bool) -> Markup {
    let address = [("address", found.shown.as_str().into())];
    let title = words.get(match (found.stopped, again) {
        (true, _) => "stop-done",
        (false, true) => "stop-again-done",
        (false, false) => "stop-title",
    });
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
                form method="post" action={ (path) "?lang=" (words.language()) } {
                    input type="hidden" name=(AGAIN) value="yes";
                    p.actions { button { (words.get("stop-again-button")) } }
                }
            } @else if again {
                p role="status" { (words.with("stop-again-means", &address)) }
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
