//! Who is asking, in which language, and what they sent.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, web};

use super::answer::published::LANGUAGE;
use super::api;
use super::body::{Arrived, typed};
use super::routes::{Who, address_of};
use crate::domain::{Fields, Role, Slug, token};
use crate::error::{AppError, Lacking};
use crate::service::Service;
use crate::store::members;
use crate::store::organizers::{self, Organizer as OrganizerRow};
use crate::store::questionnaires::{self, Questionnaire};
use crate::words::Words;

/// The service, in a handler.
pub type App = web::Data<Service>;

type Extracting<T> = Pin<Box<dyn Future<Output = Result<T, AppError>>>>;

/// The organizer who is signed in, or for whom a program speaks by a token, and what the table of
/// addresses asks of them here; without one, the way to sign in.
#[derive(Clone, Debug)]
pub struct Organizer(pub OrganizerRow, Who);

impl FromRequest for Organizer {
    type Error = AppError;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let found = match (request.app_data::<App>(), cookie(&request)) {
                (Some(app), _) if api::is_ours(request.path()) => {
                    Some(api::caller::organizer(app, &request).await?)
                }
                (Some(app), Some(cookie)) => {
                    let now = app.clock.now();
                    organizers::by_session(app.store.read(), &token::hash(&cookie), now).await?
                }
                _ => None,
            };
            // What the table does not know nobody may do.
            let who = address_of(&request).map_or(Who::Owner, |line| line.who);
            found
                .map(|found| Self(found, who))
                .ok_or_else(|| AppError::SignInFirst(request.path().to_owned()))
        })
    }
}

impl Organizer {
    /// The questionnaire at `slug`, if this organizer's role on it is enough for this address.
    /// Where they have none, there is no such questionnaire.
    pub async fn questionnaire(
        &self,
        app: &Service,
        slug: &str,
    ) -> Result<Questionnaire, AppError> {
        Ok(self.with_role(app, slug).await?.0)
    }

    /// The same, with the role that they have.
    pub async fn with_role(
        &self,
        app: &Service,
        slug: &str,
    ) -> Result<(Questionnaire, Role), AppError> {
        let slug: Slug = slug.parse()?;
        let db = app.store.read();
        let found = questionnaires::by_slug(db, &slug).await?.ok_or(AppError::NotFound)?;
        let role = members::role_of(db, found.id, self.0.id).await?.ok_or(AppError::NotFound)?;
        let needed = self.1.role().unwrap_or(Role::Owner);
        if role.may(needed) {
            return Ok((found, role));
        }
        let owners = members::of(db, found.id).await?.into_iter();
        let owners = owners.filter(|member| member.role == Role::Owner);
        let owners = owners.map(|member| member.organizer.shown()).collect();
        Err(AppError::NotYours(Box::new(Lacking { role, needed, owners })))
    }
}

/// The name of the session's cookie; bound to the host where there is TLS.
pub fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-colloquy" } else { "colloquy" }
}

/// The session's cookie.
pub fn cookie(request: &HttpRequest) -> Option<String> {
    let secure = request.app_data::<App>().is_some_and(|app| app.is_secure());
    request.cookie(cookie_name(secure)).map(|cookie| cookie.value().to_owned())
}

/// The words in the reader's language: `?lang=` wins, then the remembered choice, then what the
/// browser asks for.
#[derive(Clone, Copy, Debug)]
pub struct Speaks(pub Words);

/// The cookie that remembers the reader's choice of language.
pub const LANGUAGE_COOKIE: &str = "lang";

impl FromRequest for Speaks {
    type Error = AppError;
    type Future = std::future::Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(Ok(Self(words(request))))
    }
}

/// The words in the language of whoever sent this request.
pub fn words(request: &HttpRequest) -> Words {
    words_of(request, &Fields::default())
}

/// The words in the language of whoever sent this form: it says in which it was drawn.
pub fn words_of(request: &HttpRequest, sent: &Fields) -> Words {
    let query = Fields::parse(request.query_string().as_bytes());
    let remembered = request.cookie(LANGUAGE_COOKIE).map(|cookie| cookie.value().to_owned());
    let accepts =
        request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let chosen = query.get("lang").or_else(|| sent.get(LANGUAGE)).or(remembered.as_deref());
    Words::negotiate(chosen, accepts)
}

/// A form as it was sent: what the guard has read before.
#[derive(Clone, Debug)]
pub struct Form(pub Fields);

impl FromRequest for Form {
    type Error = AppError;
    type Future = std::future::Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let sent = request.extensions();
        let bytes = sent.get::<Arrived>().map_or(&[][..], |arrived| &arrived.bytes);
        std::future::ready(match request.content_type() {
            typed::FORM => Ok(Self(Fields::parse(bytes))),
            _ if bytes.is_empty() => Ok(Self(Fields::default())),
            _ => Err(AppError::WrongType),
        })
    }
}
