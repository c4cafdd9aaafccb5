//! Where an organizer is signed in, and the ending of it.

use actix_web::{HttpRequest, HttpResponse};
use chrono_tz::Tz;
use maud::{Markup, html};

use crate::acts::sessions as act;
use crate::domain::token;
use crate::error::AppError;
use crate::href;
use crate::store::sessions::{self, Session};
use crate::web::extract::{App, Form, Organizer, cookie};
use crate::web::reply;
use crate::web::ui::layout;
use crate::words::Words;

/// `GET /desk/account/sessions`
pub async fn page(
    app: App,
    organizer: Organizer,
    request: HttpRequest,
) -> Result<Markup, AppError> {
    let (me, now, idle) = (organizer.0.id, app.clock.now(), act::idle_since(&app));
    let all = sessions::of(app.store.read(), me, now, idle).await?;
    let this = token::hash(&cookie(&request).unwrap_or_default());
    let set = &app.settings.sessions;
    let row = |session: &Session| {
        let own = session.token_hash == this;
        let browser = session.browser.as_deref().unwrap_or("A browser that was not used yet");
        let seen = session.seen_at.unwrap_or(session.created_at);
        html! {
            tr {
                th scope="row" { (browser) @if own { " " span.tag.on { "this one" } } }
                td data-label="Signed in" { (time(session.created_at)) }
                td data-label="Last used" { (time(seen)) }
                td {
                    @if !own {
                        form method="post" action=(href::SESSIONS) {
                            button.quiet name="end" value=(act::name(&app, session)) { "Sign out" span.vh { ": " (browser) } }
                        }
                    }
                }
            }
        }
    };
    let body = html! {
        p { a href=(href::ACCOUNT) { "Your account" } }
        h1 { "Where you are signed in" }
        p { "“Last used” is exact to a quarter of an hour. A browser is signed out by itself " (set.days) " days after it signed in, or when it has not been used for " (span(set.idle_hours)) "." }
        table.data.cards {
            caption.vh { "Browsers" }
            thead { tr {
                th scope="col" { "Browser" } th scope="col" { "Signed in" }
                th scope="col" { "Last used" } th scope="col" { "End" }
            } }
            tbody { @for session in &all { (row(session)) } }
        }
        @if all.len() > 1 {
            form.actions method="post" action=(href::SESSIONS) {
                button.danger name="others" value="yes" { "Sign out everywhere else" }
            }
        }
    };
    Ok(layout::desk(&organizer.0, "Where you are signed in", None, body))
}

/// Hours in words: "14 days", "36 hours".
fn span(hours: u32) -> String {
    if hours >= 48 && hours.is_multiple_of(24) {
        format!("{} days", hours / 24)
    } else {
        format!("{hours} hours")
    }
}

fn time(at: chrono::DateTime<chrono::Utc>) -> String {
    Words::of("en").date_time(at, Tz::UTC)
}

/// `POST /desk/account/sessions`: ends one, or all others.
pub async fn end(
    app: App,
    organizer: Organizer,
    request: HttpRequest,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let me = organizer.0.id;
    if fields.has("others", "yes") {
        act::end_others(&app, me, &cookie(&request).unwrap_or_default()).await?;
    } else {
        act::end(&app, me, fields.get("end").unwrap_or_default()).await?;
    }
    Ok(reply::see(href::SESSIONS))
}
