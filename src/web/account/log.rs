//! What an organizer has done, wherever it was.

use actix_web::HttpRequest;
use maud::{Markup, html};

use crate::error::AppError;
use crate::href;
use crate::store::audit;
use crate::web::desk::log::{PAGE, kept, number, pages, table};
use crate::web::extract::{App, Organizer};
use crate::web::ui::layout;

/// `GET /desk/account/log?page=…`
pub async fn page(
    app: App,
    organizer: Organizer,
    request: HttpRequest,
) -> Result<Markup, AppError> {
    let number = number(&request);
    let (db, me) = (app.store.read(), organizer.0.id);
    let lines = audit::of_organizer(db, me, number - 1, PAGE + 1).await?;
    let body = html! {
        p { a href=(href::ACCOUNT) { "Your account" } }
        h1 { "What you have done" }
        p { "Every change that was made with your account, newest first. If one of them is not yours, " a href=(href::SESSIONS) { "sign out everywhere else" } ". " (kept(&app)) }
        (table(&lines, None))
        (pages(href::ACCOUNT_LOG, number, &lines))
    };
    Ok(layout::desk(&organizer.0, "What you have done", None, body))
}
