//! What an organizer signs in with: passkeys, a password, an account elsewhere.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::Markup;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::account::signed_in;
use super::extract::{App, Form, FromBrowser, Organizer, Speaks};
use crate::acts::use_openid::SignedIn;
use crate::acts::use_passkey::{Asked, Made};
use crate::acts::use_password::Wrong;
use crate::acts::{use_openid, use_passkey, use_password};
use crate::domain::{PasskeyId, token};
use crate::error::AppError;
use crate::href;
use crate::service::Service;
use crate::store::credentials;
use crate::web::reply;

pub mod other_ways;
mod view;

/// `GET /desk/account/keys`
pub async fn page(app: App, organizer: Organizer) -> Result<Markup, AppError> {
    show(&app, &organizer, None).await
}

async fn show(
    app: &App,
    organizer: &Organizer,
    problem: Option<view::Problem>,
) -> Result<Markup, AppError> {
    let (db, me) = (app.store.read(), &organizer.0);
    let openid = &app.settings.openid;
    Ok(view::keys(
        me,
        &view::Keys {
            passkeys: credentials::passkeys(db, me.id).await?,
            possible: use_passkey::possible(app),
            password: credentials::password(db, me.id).await?.map(|(_, since)| since),
            elsewhere: credentials::identities(db, me.id).await?,
            provider: openid.is_set().then_some(openid.name.as_str()),
            problem,
        },
    ))
}

async fn refused(
    app: &App,
    organizer: &Organizer,
    problem: view::Problem,
) -> Result<HttpResponse, AppError> {
    let page = show(app, organizer, Some(problem)).await?;
    Ok(reply::refused(page))
}

fn back_to_keys() -> HttpResponse {
    reply::see(href::KEYS)
}

/// `POST /desk/account/passkeys/begin`: what the script passes to the browser.
pub async fn begin_passkey(app: App, organizer: Organizer) -> Result<HttpResponse, AppError> {
    asked(use_passkey::begin_making(&app, &organizer.0).await?)
}

fn asked(asked: Option<Asked>) -> Result<HttpResponse, AppError> {
    let Some(asked) = asked else {
        return Err(AppError::Refused("There are no passkeys at this address.".to_owned()));
    };
    Ok(HttpResponse::Ok().json(json!({ "begun": asked.token, "publicKey": asked.asked })))
}

/// `POST /desk/account/passkeys`: keeps what the browser made.
pub async fn add_passkey(
    app: App,
    organizer: Organizer,
    browser: FromBrowser,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let field = |name: &str| fields.get(name).unwrap_or_default();
    let (begun, answer, name) = (field("begun"), field("answer"), field("name"));
    let made = use_passkey::make(&app, organizer.0.id, (begun, answer), name, &browser.0).await?;
    let said = match made {
        Made::Kept => return Ok(back_to_keys()),
        Made::TooLate => {
            "This took more than five minutes, or was sent twice. Nothing was kept: begin again."
        }
        Made::Refused if begun.is_empty() => {
            "Making a passkey needs JavaScript, which is switched off or did not load."
        }
        Made::Refused => {
            "The device’s answer was not one to what we asked. Nothing was kept: begin again."
        }
        Made::TooMany => {
            "You have twenty passkeys. Remove one that you do not use, then begin again."
        }
    };
    refused(&app, &organizer, view::Problem::Passkey(said)).await
}

/// `POST /desk/account/passkeys/{id}/remove`
pub async fn remove_passkey(
    app: App,
    organizer: Organizer,
    browser: FromBrowser,
    id: Path<String>,
) -> Result<HttpResponse, AppError> {
    let id = id.parse::<PasskeyId>()?;
    let gone = use_passkey::remove(&app, organizer.0.id, id, &browser.0).await?;
    if gone { Ok(back_to_keys()) } else { Err(AppError::NotFound) }
}

/// `POST /desk/account/password`: sets it, or gives it up.
pub async fn password(
    app: App,
    organizer: Organizer,
    browser: FromBrowser,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let field = |name: &str| fields.get(name).unwrap_or_default();
    if field("then") == "remove" {
        use_password::remove(&app, &organizer.0, &browser.0).await?;
        return Ok(back_to_keys());
    }
    let (current, new) = (field("current"), field("new"));
    match use_password::set(&app, &organizer.0, current, new, &browser.0).await? {
        Ok(()) => Ok(back_to_keys()),
        Err(Wrong::Current) => refused(&app, &organizer, view::Problem::Current).await,
        Err(Wrong::New(why)) => refused(&app, &organizer, view::Problem::New(why)).await,
    }
}

/// `POST /desk/account/elsewhere`: forgets an account elsewhere.
pub async fn forget_elsewhere(
    app: App,
    organizer: Organizer,
    browser: FromBrowser,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let issuer = fields.get("issuer").unwrap_or_default();
    use_openid::forget(&app, organizer.0.id, issuer, &browser.0).await?;
    Ok(back_to_keys())
}

/// `POST /sign-in/passkey/begin`: what the script passes to the browser.
pub async fn begin_sign_in(app: App) -> Result<HttpResponse, AppError> {
    asked(use_passkey::begin_sign_in(&app).await?)
}

/// `POST /sign-in/passkey`
pub async fn with_passkey(
    app: App,
    speaks: Speaks,
    request: HttpRequest,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let field = |name: &str| fields.get(name).unwrap_or_default();
    match use_passkey::sign_in(&app, field("begun"), field("answer")).await? {
        Some(session) => signed_in(&app, &request, session).await,
        None => Ok(other_ways::refused(&app, speaks.0, "sign-in-passkey-refused", "")),
    }
}

/// `POST /sign-in/password`
pub async fn with_password(
    app: App,
    speaks: Speaks,
    request: HttpRequest,
    Form(fields): Form,
) -> Result<HttpResponse, AppError> {
    let field = |name: &str| fields.get(name).unwrap_or_default();
    match use_password::sign_in(&app, field("address"), field("password")).await? {
        Some(session) => signed_in(&app, &request, session).await,
        None => Ok(other_ways::refused(&app, speaks.0, "sign-in-password-wrong", field("address"))),
    }
}

/// What the browser keeps while its person is at the provider.
#[derive(Debug, Deserialize, Serialize)]
struct Away {
    state: String,
    waiting: String,
}

/// The cookie that keeps it.
const AWAY: &str = "colloquy-openid";
/// The provider sends people back to this part of the address.
const AWAY_PATH: &str = "/sign-in/openid";

fn away_cookie(app: &Service, value: String, age: Duration) -> Cookie<'static> {
    Cookie::build(AWAY, value)
        .path(AWAY_PATH)
        .http_only(true)
        .secure(app.is_secure())
        // The way back begins at another site.
        .same_site(SameSite::Lax)
        .max_age(age)
        .finish()
}

/// `GET /sign-in/openid`: to the provider. Nothing is kept here; what is needed on the way back
/// goes with the browser.
pub async fn to_openid(app: App, speaks: Speaks) -> Result<HttpResponse, AppError> {
    if !app.settings.openid.is_set() {
        return Err(AppError::NotFound);
    }
    let Some(begun) = use_openid::begin(&app).await else {
        return Ok(other_ways::refused(&app, speaks.0, "sign-in-openid-failed", ""));
    };
    let away = Away { state: begun.state, waiting: begun.waiting };
    let away = serde_json::to_vec(&away).map_err(anyhow::Error::from)?;
    let away = token::base64(&away);
    Ok(HttpResponse::SeeOther()
        .insert_header((header::LOCATION, begun.address))
        .cookie(away_cookie(&app, away, Duration::minutes(10)))
        .finish())
}

/// What the provider sends people back with.
#[derive(Debug, Deserialize)]
pub struct Back {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
}

/// `GET /sign-in/openid/back`
pub async fn from_openid(
    app: App,
    speaks: Speaks,
    request: HttpRequest,
    back: web::Query<Back>,
) -> Result<HttpResponse, AppError> {
    let away = request.cookie(AWAY).and_then(|cookie| {
        let bytes = token::from_base64(cookie.value())?;
        serde_json::from_slice::<Away>(&bytes).ok()
    });
    let fits = away.filter(|away| !back.code.is_empty() && away.state == back.state);
    let signed = match fits {
        Some(away) => use_openid::finish(&app, &back.code, &away.waiting, speaks.0).await?,
        None => SignedIn::Failed,
    };
    let mut response = match signed {
        SignedIn::Session(session) => signed_in(&app, &request, session).await?,
        SignedIn::Stranger => other_ways::refused(&app, speaks.0, "sign-in-openid-stranger", ""),
        SignedIn::Failed => other_ways::refused(&app, speaks.0, "sign-in-openid-failed", ""),
    };
    let over = away_cookie(&app, String::new(), Duration::ZERO);
    response.add_cookie(&over).map_err(anyhow::Error::from)?;
    Ok(response)
}
