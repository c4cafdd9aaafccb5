//! A request that names itself by the header `Idempotency-Key` is carried out once
//! (draft-ietf-httpapi-idempotency-key-header-07): its name is kept in the transaction of what it
//! does, its answer behind it, for a day.

use actix_web::body::{self, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, HttpResponse};
use serde::{Deserialize, Serialize};

use super::answered::KeptNowhere;
use super::caller::Caller;
use super::refused;
use crate::acts::keep_answer::keep_answer;
use crate::domain::token;
use crate::error::AppError;
use crate::store::repeats::{self, Kept, Named};
use crate::web::body::Arrived;
use crate::web::extract::App;

/// The header with the name.
pub const HEADER: &str = "idempotency-key";
/// The longest name, in characters.
const LONGEST: usize = 255;
/// The largest answer that is kept, in bytes.
const LARGEST: usize = 1 << 20;

/// What is kept of an answer besides its status and its body.
#[derive(Debug, Default, Deserialize, Serialize)]
struct Head {
    kind: String,
    location: String,
}

/// Carries a request out, once if it names itself.
pub async fn once(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    caller: Caller,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let sent = req.headers().get(HEADER).filter(|_| req.method() == Method::POST);
    let (Some(sent), Some(app)) = (sent, req.app_data::<App>().cloned()) else {
        return Ok(next.call(req).await?.map_into_boxed_body());
    };
    let key = sent.to_str().unwrap_or_default().trim();
    if key.is_empty() || key.chars().count() > LONGEST {
        let why = format!("An Idempotency-Key has 1 to {LONGEST} printable characters.");
        return Ok(refused(req, AppError::Refused(why)));
    }
    let arrived = req.extensions().get::<Arrived>().map(|arrived| arrived.bytes.clone());
    let named = Named {
        organizer: caller.organizer.id,
        key: key.to_owned(),
        print: token::print(&[
            caller.token.token_hash.as_bytes(),
            req.uri().to_string().as_bytes(),
            &arrived.unwrap_or_default(),
        ]),
        at: app.clock.now(),
    };
    match repeats::by_key(app.store.read(), named.organizer, &named.key).await {
        Err(error) => return Ok(refused(req, error.into())),
        Ok(Some(kept)) => return Ok(again(req, &named, kept)),
        Ok(None) => {}
    }
    let (response, begun) = repeats::named(named.clone(), next.call(req)).await;
    let response = response?.map_into_boxed_body();
    // Who was refused, and nothing was done, may try again under the same name.
    if !begun && !response.status().is_success() {
        return Ok(response);
    }
    keep(&app, named, begun, response).await
}

/// What was answered the first time.
fn again(req: ServiceRequest, named: &Named, kept: Kept) -> ServiceResponse<BoxBody> {
    if kept.print != named.print {
        let why = "This Idempotency-Key was used for another request.";
        return refused(req, AppError::Refused(why.to_owned()));
    }
    let status = kept.status.and_then(|status| u16::try_from(status).ok());
    let Some(status) = status.and_then(|status| StatusCode::from_u16(status).ok()) else {
        // It is being carried out, or was, and its answer got lost.
        return refused(req, AppError::Conflict);
    };
    let head: Head = serde_json::from_str(&kept.head).unwrap_or_default();
    let mut answer = HttpResponse::build(status);
    answer.insert_header(("idempotent-replayed", "true"));
    if !head.location.is_empty() {
        answer.insert_header((header::LOCATION, head.location));
    }
    if !head.kind.is_empty() {
        answer.content_type(head.kind);
    }
    req.into_response(answer.body(kept.body))
}

async fn keep(
    app: &App,
    named: Named,
    begun: bool,
    response: ServiceResponse<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let (request, response) = response.into_parts();
    if response.extensions().get::<KeptNowhere>().is_some() || response.error().is_some() {
        return Ok(ServiceResponse::new(request, response));
    }
    let of = |name: header::HeaderName| {
        let value = response.headers().get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let head = Head { kind: of(header::CONTENT_TYPE), location: of(header::LOCATION) };
    let status = response.status().as_u16();
    let (response, whole) = response.into_parts();
    let bytes = body::to_bytes(whole).await.map_err(Into::<Error>::into)?;
    if let (true, Ok(text)) = (bytes.len() <= LARGEST, std::str::from_utf8(&bytes)) {
        let head = serde_json::to_string(&head).unwrap_or_default();
        // What was done is done: an answer that cannot be kept is given all the same.
        if let Err(error) = keep_answer(app, named, begun, (status, head, text.to_owned())).await {
            tracing::warn!(error = ?error, "an answer could not be kept for a repetition");
        }
    }
    Ok(ServiceResponse::new(request, response.set_body(BoxBody::new(bytes))))
}
