//! Who is asking, in which language, and what they sent.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, web};

use super::answer::published::LANGUAGE;
use super::api;
use super::audit::Acting;
use super::body::{Arrived, typed};
use super::browser;
use super::routes::{Address, address_of};
use crate::acts::change_keys::Browser;
use crate::acts::sessions;
use crate::domain::{Fields, Role, Slug, token};
use crate::error::{AppError, Lacking};
use crate::service::Service;
use crate::store::organizers::{self, Organizer as OrganizerRow};
use crate::store::questionnaires::{self, Questionnaire};
use crate::store::{deletions, members};
use crate::words::Words;

/// The service, in a handler.
pub type App = web::Data<Service>;

type Extracting<T> = Pin<Box<dyn Future<Output = Result<T, AppError>>>>;

/// The organizer who is signed in, or for whom a program speaks by a token, and what the table of
/// addresses says of where they are; without one, the way to sign in.
#[derive(Clone, Debug)]
pub struct Organizer(pub OrganizerRow, Here);

/// Where an organizer is, and what they are doing.
#[derive(Clone, Debug)]
struct Here {
    line: Option<&'static Address>,
    acting: Acting,
}

impl FromRequest for Organizer {
    type Error = AppError;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            if let Some(app) = request.app_data::<App>()
                && api::is_ours(request.path())
            {
                let organizer = api::caller::organizer(app, &request).await?;
                return Ok(Self::here(organizer, &request));
            }
            let (Some(app), Some(cookie)) = (request.app_data::<App>(), cookie(&request)) else {
                return Err(AppError::SignInFirst(request.path().to_owned()));
            };
            let (db, hash, now) = (app.store.read(), token::hash(&cookie), app.clock.now());
            let idle = sessions::idle_since(app);
            let found = organizers::by_session(db, &hash, now, idle).await?;
            let (organizer, session) =
                found.ok_or_else(|| AppError::SignInFirst(request.path().to_owned()))?;
            let agent = request.headers().get(header::USER_AGENT);
            let browser = browser::name(agent.and_then(|said| said.to_str().ok()));
            // A page is shown even if that cannot be written down.
            if let Err(error) = sessions::seen(app, &session, &browser).await {
                tracing::warn!(error = ?error, "the use of a session was not written down");
            }
            Ok(Self::here(organizer, &request))
        })
    }
}

impl Organizer {
    /// This organizer, at the address that was asked for.
    pub(in crate::web) fn here(organizer: OrganizerRow, request: &HttpRequest) -> Self {
        let acting = Acting::new(organizer.id);
        request.extensions_mut().insert(acting.clone());
        Self(organizer, Here { line: address_of(request), acting })
    }

    /// More of what they have done, for the log: no answers, and no addresses of readers.
    pub fn detail(&self, detail: String) {
        self.1.acting.detail(detail);
    }

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
        // What the table does not know nobody may do.
        let needed = self.1.line.and_then(|line| line.who.role()).unwrap_or(Role::Owner);
        if !role.may(needed) {
            let owners = members::of(db, found.id).await?.into_iter();
            let owners = owners.filter(|member| member.role == Role::Owner);
            let owners = owners.map(|member| member.organizer.shown()).collect();
            return Err(AppError::NotYours(Box::new(Lacking { role, needed, owners })));
        }
        let changes = self.1.line.is_none_or(Address::changes_what_is_there);
        if changes && deletions::of(db, found.id).await?.is_some() {
            let why = "This questionnaire is deleted and waits to be erased. An owner can restore it; then go on.";
            return Err(AppError::Refused(why.to_owned()));
        }
        self.1.acting.on(found.id);
        Ok((found, role))
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

/// The browser that an organizer sits at, for what they change of their account.
#[derive(Clone, Debug)]
pub struct FromBrowser(pub Browser);

impl FromRequest for FromBrowser {
    type Error = AppError;
    type Future = std::future::Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let session = cookie(request).map(|cookie| token::hash(&cookie)).unwrap_or_default();
        std::future::ready(Ok(Self(Browser { session, words: words(request) })))
    }
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
