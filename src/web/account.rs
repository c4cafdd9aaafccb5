//! Signing in, signing out, and what an organizer says of themselves.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono_tz::Tz;
use maud::{Markup, html};

use super::extract::{App, Form, FromBrowser, Organizer, Speaks, cookie, cookie_name};
use super::keys::other_ways::{self, Tried};
use super::ui::layout;
use super::ui::problem::save_button;
use crate::acts::change_address::{self, Saved};
use crate::acts::sign_in;
use crate::domain::email::Email;
use crate::domain::text::one_line;
use crate::error::AppError;
use crate::href;
use crate::service::Service;
use crate::store::address_changes::{self, AddressChange};
use crate::web::reply;
use crate::words::Words;

pub mod address;
pub mod delete;
pub mod log;
pub mod sessions;

/// `GET /sign-in`: where to ask for a link.
pub async fn ask(app: App, speaks: Speaks) -> Markup {
    asked(&app, speaks.0, None, Tried::default())
}

/// `POST /sign-in`: mails a link, if the address is an organizer's. The page is the same if not.
pub async fn send_link(app: App, speaks: Speaks, Form(fields): Form) -> Result<Markup, AppError> {
    let typed = fields.get("address").unwrap_or_default();
    let request = match typed.parse::<Email>() {
        Ok(address) => sign_in::send_link(&app, &address, speaks.0).await?,
        Err(_no_address) => String::new(),
    };
    let sent = Sent { request: &request, code: "", wrong: false };
    Ok(asked(&app, speaks.0, Some(&sent), Tried::default()))
}

/// `POST /sign-in/code`: uses the code that was mailed beside the link.
pub async fn use_code(
    app: App,
    speaks: Speaks,
    http: HttpRequest,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let field = |name: &str| fields.get(name).unwrap_or_default();
    let (request, code) = (field("request"), field("code"));
    if let Some(session) = sign_in::use_code(&app, request, code).await? {
        return signed_in(&app, &http, session).await;
    }
    let sent = Sent { request, code, wrong: true };
    let page = asked(&app, speaks.0, Some(&sent), Tried::default());
    Ok(reply::refused(page))
}

/// The page after a mail was asked for.
pub(super) struct Sent<'a> {
    /// What it is known by.
    request: &'a str,
    /// What was typed.
    code: &'a str,
    /// Whether that was not the code.
    wrong: bool,
}

fn code_form(words: Words, sent: &Sent<'_>) -> Markup {
    html! {
        form.stack method="post" action="/sign-in/code" {
            input type="hidden" name="request" value=(sent.request);
            .field {
                label for="code" { (words.get("sign-in-code")) }
                @if sent.wrong { p.problem id="code-problem" { (words.get("sign-in-code-wrong")) } }
                input id="code" name="code" inputmode="numeric" autocomplete="one-time-code"
                    required maxlength="12" spellcheck="false" value=(sent.code)
                    aria-invalid=[sent.wrong.then_some("true")]
                    aria-describedby=[sent.wrong.then_some("code-problem")];
            }
            button.primary { (words.get("error-sign-in")) }
        }
    }
}

/// The page for signing in; with what was `tried` in another way and failed.
pub(super) fn asked(
    app: &Service,
    words: Words,
    sent: Option<&Sent<'_>>,
    tried: Tried<'_>,
) -> Markup {
    layout::plain(
        words,
        &words.get("sign-in-title"),
        html! {
            .card {
                h1 { (words.get("sign-in-title")) }
                @if !tried.why.is_empty() && tried.address.is_empty() {
                    p.problem role="alert" { (words.get(tried.why)) }
                }
                @if let Some(sent) = sent {
                    p.notice role="status" { (words.get("sign-in-sent")) }
                    (code_form(words, sent))
                    hr;
                    p { (words.get("sign-in-again")) }
                } @else {
                    p { (words.get("sign-in-how")) }
                }
                form.stack method="post" action="/sign-in" {
                    .field {
                        label for="address" { (words.get("sign-in-address")) }
                        input id="address" name="address" type="email" autocomplete="email"
                            required spellcheck="false" maxlength="254";
                    }
                    button.primary[sent.is_none()].quiet[sent.is_some()] { (words.get("sign-in-send")) }
                }
                @if sent.is_none() { (other_ways::section(app, words, tried)) }
                p.help { (words.get("sign-in-first")) }
            }
        },
    )
}

/// `GET /sign-in/{token}`: a button. Looking uses nothing up, since mail scanners look.
pub async fn confirm(
    app: App,
    speaks: Speaks,
    token: web::Path<String>,
) -> Result<Markup, AppError> {
    let words = speaks.0;
    if !sign_in::is_good(&app, &token).await? {
        return Err(AppError::Expired);
    }
    Ok(layout::plain(
        words,
        &words.get("sign-in-title"),
        html! {
            .card {
                h1 { (words.get("sign-in-welcome")) }
                p { (words.get("sign-in-once")) }
                form method="post" action=(href::sign_in(&token)) {
                    button.primary { (words.get("error-sign-in")) }
                }
            }
        },
    ))
}

/// `POST /sign-in/{token}`: uses the link.
pub async fn sign_in(
    app: App,
    token: web::Path<String>,
    http: HttpRequest,
) -> Result<HttpResponse, AppError> {
    let session = sign_in::use_link(&app, &token).await?.ok_or(AppError::Expired)?;
    signed_in(&app, &http, session).await
}

/// Signed in, and on to the desk. The session that this browser had before ends.
pub(super) async fn signed_in(
    app: &Service,
    request: &HttpRequest,
    session: String,
) -> Result<HttpResponse, AppError> {
    if let Some(before) = cookie(request) {
        sign_in::sign_out(app, &before).await?;
    }
    Ok(signed_in_to(app, session, href::DESK))
}

/// Signed in, and on to the page at `next`.
pub(super) fn signed_in_to(app: &Service, session: String, next: &str) -> HttpResponse {
    let days = i64::from(app.settings.sessions.days);
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, next))
        .cookie(session_cookie(app, session, Duration::days(days)))
        .finish()
}

/// `POST /sign-out`
pub async fn sign_out(app: App, request: HttpRequest) -> Result<HttpResponse, AppError> {
    if let Some(session) = cookie(&request) {
        sign_in::sign_out(&app, &session).await?;
    }
    Ok(HttpResponse::SeeOther()
        .insert_header((header::LOCATION, "/"))
        // What the desk has left in the browser goes, too.
        .insert_header(("clear-site-data", "\"cache\", \"storage\""))
        .cookie(session_cookie(&app, String::new(), Duration::ZERO))
        .finish())
}

fn session_cookie(app: &Service, value: String, age: Duration) -> Cookie<'static> {
    Cookie::build(cookie_name(app.is_secure()), value)
        .path("/")
        .http_only(true)
        .secure(app.is_secure())
        .same_site(SameSite::Lax)
        .max_age(age)
        .finish()
}

/// `GET /desk/account`
pub async fn page(app: App, organizer: Organizer) -> Result<Markup, AppError> {
    let me = organizer.0;
    let waiting = address_changes::waiting(app.store.read(), me.id, app.clock.now()).await?;
    let address = me.address.as_ref().map(ToString::to_string).unwrap_or_default();
    Ok(account(&me, &me.name, &address, None, waiting.as_ref()))
}

/// `POST /desk/account`
pub async fn save(
    app: App,
    organizer: Organizer,
    browser: FromBrowser,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let me = organizer.0;
    if fields.has("then", "keep") {
        change_address::give_up(&app, me.id).await?;
        return Ok(reply::see(href::ACCOUNT));
    }
    let name = one_line(fields.get("name").unwrap_or_default(), 120);
    let typed = fields.get("address").unwrap_or_default();
    let problem = match typed.parse::<Email>() {
        Ok(address) => {
            match change_address::save_account(&app, me.id, &name, address, &browser.0).await? {
                Saved::Kept => return Ok(reply::see(href::DESK)),
                Saved::Asked => return Ok(reply::see(href::ACCOUNT)),
                Saved::Taken => "Another organizer has this address.",
                Saved::TooOften => {
                    "This address cannot be written to, or has got three of these mails today."
                }
            }
        }
        Err(_) => "This is not a mail address, such as ada@example.org.",
    };
    let page = account(&me, &name, typed, Some(problem), None);
    Ok(reply::refused(page))
}

/// What is said of an address that waits to be confirmed.
fn waiting_for(change: &AddressChange) -> Markup {
    let until = Words::of("en").date_time(change.expires_at, Tz::UTC);
    html! {
        .notice role="status" {
            p { strong { "We have written to " bdi { (change.address) } "." } }
            p { "Open the link in that mail, until " (until) ": then it is your address, and other browsers are signed out. Until then " bdi { (change.before) } " counts. We have written there, too, so that nobody does this without you." }
            form method="post" action=(href::ACCOUNT) {
                button name="then" value="keep" { "Keep " (change.before) }
            }
        }
    }
}

fn account(
    me: &crate::store::organizers::Organizer,
    name: &str,
    address: &str,
    problem: Option<&str>,
    waiting: Option<&AddressChange>,
) -> Markup {
    layout::desk(
        me,
        "Your account",
        None,
        html! {
            h1 { "Your account" }
            @if let Some(change) = waiting { (waiting_for(change)) }
            p { "Your name stands in the mails that you send; to your address we send the link with which you sign in." }
            form.stack method="post" action=(href::ACCOUNT) {
                .field {
                    label for="name" { "Name" }
                    input id="name" name="name" autocomplete="name" maxlength="120" value=(name);
                }
                .field {
                    label for="address" { "Mail address" }
                    @if me.address.is_some() {
                        p.help id="address-help" { "Another address counts once you have opened the link that we send there." }
                    }
                    @if let Some(problem) = problem { p.problem id="address-problem" { (problem) } }
                    input id="address" name="address" type="email" autocomplete="email" required
                        spellcheck="false" maxlength="254" value=(address)
                        aria-invalid=[problem.map(|_| "true")]
                        aria-describedby=[problem.map_or_else(|| me.address.is_some().then_some("address-help"), |_| Some("address-problem"))];
                }
                .actions {
                    button.primary { "Save" }
                    @if problem.is_some() { (save_button(Words::of("en"))) }
                }
            }
            ul.notes {
                li { a href=(href::KEYS) { "How you sign in: passkeys, password" } }
                li { a href=(href::TOKENS) { "Tokens for programs" } }
                li { a href=(href::SESSIONS) { "Where you are signed in" } }
                li { a href=(href::ACCOUNT_LOG) { "What you have done" } }
                li { a href=(href::ACCOUNT_DELETE) { "Delete your account" } }
            }
            form method="post" action="/sign-out" {
                button.quiet { "Sign out" }
            }
        },
    )
}
