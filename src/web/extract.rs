//! Who is asking, in which language, and what they sent.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, web};
use futures_util::StreamExt as _;

use crate::domain::{Fields, Slug, token};
use crate::error::AppError;
use crate::service::Service;
use crate::store::organizers::{self, Organizer as OrganizerRow};
use crate::store::questionnaires::{self, Questionnaire};
use crate::words::Words;

/// The service, in a handler.
pub type App = web::Data<Service>;

type Extracting<T> = Pin<Box<dyn Future<Output = Result<T, AppError>>>>;

/// The organizer who is signed in; without one, the way to sign in.
#[derive(Clone, Debug)]
pub struct Organizer(pub OrganizerRow);

impl FromRequest for Organizer {
    type Error = AppError;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        // A session may have ended while its organizer wrote: the page that says so gives the
        // text back. Browsers drop the cookie of a session that has ended.
        let form = request.content_type() == "application/x-www-form-urlencoded";
        let lost = (form && cookie(&request).is_none()).then(|| payload.take());
        Box::pin(async move {
            if let Some(payload) = lost {
                let typed = Fields::parse(&body(&request, payload).await?);
                request.extensions_mut().insert(typed);
            }
            let found = match (request.app_data::<App>(), cookie(&request)) {
                (Some(app), Some(cookie)) => {
                    let now = app.clock.now();
                    organizers::by_session(app.store.read(), &token::hash(&cookie), now).await?
                }
                _ => None,
            };
            found.map(Self).ok_or_else(|| AppError::SignInFirst(request.path().to_owned()))
        })
    }
}

impl Organizer {
    /// The organizer's own questionnaire at `slug`. Somebody else's is not there at all.
    pub async fn questionnaire(
        &self,
        app: &Service,
        slug: &str,
    ) -> Result<Questionnaire, AppError> {
        let slug: Slug = slug.parse()?;
        questionnaires::by_slug(app.store.read(), &slug)
            .await?
            .filter(|found| found.organizer_id == self.0.id)
            .ok_or(AppError::NotFound)
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
    let query = Fields::parse(request.query_string().as_bytes());
    let remembered = request.cookie(LANGUAGE_COOKIE).map(|cookie| cookie.value().to_owned());
    let accepts =
        request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Words::negotiate(query.get("lang").or(remembered.as_deref()), accepts)
}

/// A form as it was sent. A copy stays with the request, so that whatever goes wrong later, the
/// error page can give back what was typed.
#[derive(Clone, Debug)]
pub struct Form(pub Fields);

impl FromRequest for Form {
    type Error = AppError;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            let body = body(&request, payload).await?;
            let fields = Fields::parse(&body);
            request.extensions_mut().insert(fields.clone());
            Ok(Self(fields))
        })
    }
}

/// The whole body, within the limits on size and time: actix has none for the time, and 16 KiB
/// for the size of a form, which two thousand Chinese characters exceed.
pub async fn body(request: &HttpRequest, mut payload: Payload) -> Result<Vec<u8>, AppError> {
    let (limit, seconds) = request.app_data::<App>().map_or((1 << 20, 120), |app| {
        let server = &app.settings.server;
        (server.body_limit, server.body_seconds)
    });
    let gather = async {
        let mut body = vec![];
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_broken| AppError::TooSlow)?;
            if body.len() + chunk.len() > limit {
                return Err(AppError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    };
    let deadline = Duration::from_secs(seconds);
    tokio::time::timeout(deadline, gather).await.unwrap_or(Err(AppError::TooSlow))
}
