//! Which program asks, for whom, and what its token allows.

use std::collections::BTreeSet;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage as _, HttpRequest};

use super::operations::{self, Operation};
use super::{is_ours, repeat};
use crate::acts::make_token::note_use;
use crate::domain::api_token::{self, Scope};
use crate::domain::{Slug, token};
use crate::error::AppError;
use crate::service::Service;
use crate::store::organizers::Organizer as OrganizerRow;
use crate::store::questionnaires;
use crate::store::tokens::{self, Token};
use crate::web::extract::App;

/// Who asks by a token.
#[derive(Clone, Debug)]
pub struct Caller {
    /// For whom.
    pub organizer: OrganizerRow,
    /// By which token.
    pub token: Token,
}

impl Caller {
    /// What the token allows.
    pub fn scopes(&self) -> BTreeSet<Scope> {
        api_token::read(&self.token.scopes)
    }
}

impl FromRequest for Caller {
    type Error = AppError;
    type Future = std::future::Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let known = request.extensions().get::<Self>().cloned();
        std::future::ready(known.ok_or(AppError::NoToken))
    }
}

/// The token of a request.
fn bearer(request: &HttpRequest) -> Option<&str> {
    let sent = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = sent.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Whether a request may have a file in its body.
pub fn may_bring(request: &HttpRequest) -> bool {
    is_ours(request.path()) && bearer(request).is_some_and(api_token::is_whole)
}

/// Finds out who asks before anything is done, and lets a request that names itself be carried
/// out once.
pub async fn known(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if !is_ours(req.path()) {
        return Ok(next.call(req).await?.map_into_boxed_body());
    }
    let found = match (req.app_data::<App>().cloned(), bearer(req.request())) {
        (Some(app), Some(sent)) if api_token::is_whole(sent) => find(&app, sent).await,
        _ => Ok(None),
    };
    match found {
        Err(error) => Ok(super::refused(req, error)),
        Ok(None) => Ok(next.call(req).await?.map_into_boxed_body()),
        Ok(Some(caller)) => {
            req.extensions_mut().insert(caller.clone());
            repeat::once(req, next, caller).await
        }
    }
}

async fn find(app: &Service, sent: &str) -> Result<Option<Caller>, AppError> {
    let (db, now) = (app.store.read(), app.clock.now());
    let found = tokens::by_hash(db, &token::hash(sent), now).await?;
    let Some((token, organizer)) = found else { return Ok(None) };
    note_use(app, &token).await?;
    Ok(Some(Caller { organizer, token }))
}

/// The organizer for whom a request is made, if its token allows it.
///
/// # Errors
/// No good token; a scope that is missing; a token for another questionnaire.
pub async fn organizer(app: &Service, request: &HttpRequest) -> Result<OrganizerRow, AppError> {
    let caller = request.extensions().get::<Caller>().cloned().ok_or(AppError::NoToken)?;
    let operation = operations::of(request).ok_or(AppError::NotFound)?;
    let scopes = caller.scopes();
    if let Some(missing) = operation.scopes.iter().find(|scope| !scopes.contains(scope)) {
        let word = missing.word();
        return Err(AppError::NotAllowed(format!("This takes a token with the scope “{word}”.")));
    }
    if !within(app, &caller.token, operation, request.match_info().get("slug")).await? {
        let why = "This token is for one questionnaire only, and this is not part of it.";
        return Err(AppError::NotAllowed(why.to_owned()));
    }
    Ok(caller.organizer)
}

/// Whether a token that is for one questionnaire is for what is asked.
async fn within(
    app: &Service,
    token: &Token,
    operation: &Operation,
    slug: Option<&str>,
) -> Result<bool, AppError> {
    let Some(only) = token.questionnaire_id else { return Ok(true) };
    let Some(slug) = slug else { return Ok(operation.is_for_every_token()) };
    let Ok(slug) = slug.parse::<Slug>() else { return Ok(true) };
    let found = questionnaires::by_slug(app.store.read(), &slug).await?;
    // What is not there is told as such further on.
    Ok(found.is_none_or(|found| found.id == only))
}
