//! What the mails about another address for signing in lead to: the new address says yes, the old
//! one says no. Looking changes nothing, since mail scanners look.

use actix_web::http::StatusCode;
use actix_web::web::Path;
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse};
use maud::{Markup, html};

use crate::acts::change_address::{self as act, Answered};
use crate::domain::email::Email;
use crate::error::AppError;
use crate::href;
use crate::store::address_changes::AddressChange;
use crate::web::audit::Acting;
use crate::web::extract::{App, Speaks};
use crate::web::reply;
use crate::web::ui::layout;
use crate::words::Words;

/// `GET /address/{token}`: a button for whoever reads the new address.
pub async fn ask_new(
    app: App,
    speaks: Speaks,
    token: Path<String>,
) -> Result<HttpResponse, AppError> {
    let words = speaks.0;
    let Some(change) = act::to_confirm(&app, &token).await? else { return Ok(gone(words)) };
    let address = change.address.as_str();
    let body = html! {
        p { (words.with("address-new-asks", &[("address", address.into())])) }
        form method="post" action=(href::new_address(&token)) {
            button.primary { (words.get("address-new-yes")) }
        }
    };
    Ok(page(StatusCode::OK, words, &words.get("address-new-title"), body))
}

/// `POST /address/{token}`: the address counts.
pub async fn confirm(
    app: App,
    speaks: Speaks,
    request: HttpRequest,
    token: Path<String>,
) -> Result<HttpResponse, AppError> {
    let words = speaks.0;
    Ok(match act::confirm(&app, &token, words).await? {
        Answered::Gone => gone(words),
        Answered::Taken(address) => taken(words, &address),
        Answered::Done(change) => {
            done_by(&request, &change);
            let address = change.address.as_str();
            let body = html! {
                p { (words.with("address-new-done-next", &[("address", address.into())])) }
                (sign_in(words))
            };
            page(StatusCode::OK, words, &words.get("address-new-done"), body)
        }
    })
}

/// `GET /keep-address/{token}`: a button for whoever reads the old address.
pub async fn ask_to_keep(
    app: App,
    speaks: Speaks,
    token: Path<String>,
) -> Result<HttpResponse, AppError> {
    let words = speaks.0;
    let Some(change) = act::to_take_back(&app, &token).await? else { return Ok(gone(words)) };
    let said = |key: &str| {
        let (before, address) = (change.before.as_str(), change.address.as_str());
        words.with(key, &[("before", before.into()), ("address", address.into())])
    };
    let what = match change.confirmed_at {
        None => "address-keep-waiting",
        Some(_) => "address-keep-confirmed",
    };
    let only = |key: &str| words.with(key, &[("before", change.before.as_str().into())]);
    let body = html! {
        p { (said(what)) }
        p { (only("address-keep-means")) }
        form method="post" action=(href::keep_address(&token)) {
            button.danger { (only("address-keep-yes")) }
        }
    };
    Ok(page(StatusCode::OK, words, &words.get("address-keep-title"), body))
}

/// `POST /keep-address/{token}`: the address before counts, and whoever came in since is out.
pub async fn keep(
    app: App,
    speaks: Speaks,
    request: HttpRequest,
    token: Path<String>,
) -> Result<HttpResponse, AppError> {
    let words = speaks.0;
    Ok(match act::take_back(&app, &token, words).await? {
        Answered::Gone => gone(words),
        Answered::Taken(address) => taken(words, &address),
        Answered::Done(change) => {
            done_by(&request, &change);
            let before = change.before.as_str();
            let title = words.with("address-keep-done", &[("before", before.into())]);
            let body = html! {
                p { (words.get("address-keep-done-next")) }
                (sign_in(words))
            };
            page(StatusCode::OK, words, &title, body)
        }
    })
}

/// The link says whose account it is: the log does, too.
fn done_by(request: &HttpRequest, change: &AddressChange) {
    request.extensions_mut().insert(Acting::new(change.organizer_id));
}

fn sign_in(words: Words) -> Markup {
    html! { p { a.button.primary href=(href::ACCOUNT) { (words.get("error-sign-in")) } } }
}

/// Used, too old, or followed by another change.
fn gone(words: Words) -> HttpResponse {
    let body = html! { p { (words.get("address-gone")) } (sign_in(words)) };
    page(StatusCode::GONE, words, &words.get("error-expired"), body)
}

fn taken(words: Words, address: &Email) -> HttpResponse {
    let next = words.with("address-taken-next", &[("address", address.as_str().into())]);
    let body = html! { p { (next) } (sign_in(words)) };
    page(StatusCode::CONFLICT, words, &words.get("address-taken"), body)
}

fn page(status: StatusCode, words: Words, title: &str, body: Markup) -> HttpResponse {
    let page = layout::plain(words, title, html! { .card { h1 { (title) } (body) } });
    reply::with(status, page)
}
