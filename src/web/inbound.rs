//! Mail is handed over by a program: a mail server, or what it calls for each mail.

use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse};
use secrecy::ExposeSecret as _;

use super::body::Arrived;
use super::extract::App;
use crate::acts::receive_mail::{Envelope, Kept, LARGEST, Parcel, receive_mail};
use crate::domain::Fields;
use crate::domain::status::Arrival;
use crate::error::AppError;
use crate::service::Service;

/// The address at which mails are handed over.
pub const PATH: &str = "/inbound/mail";

/// `POST /inbound/mail?from=…&to=…`: a mail as it is (message/rfc822). What is answered 200 is on
/// disk; on anything else the mail stays with whoever brings it.
pub async fn mail(app: App, request: HttpRequest) -> Result<HttpResponse, AppError> {
    if app.settings.inbound.token.expose_secret().is_empty() {
        return Err(AppError::NotFound);
    }
    if !may(&app, &request) {
        let asks = (header::WWW_AUTHENTICATE, "Bearer");
        return Ok(HttpResponse::Unauthorized().insert_header(asks).finish());
    }
    let raw: Bytes = request
        .extensions()
        .get::<Arrived>()
        .map_or_else(Bytes::new, |arrived| arrived.bytes.clone());
    if raw.is_empty() {
        return Err(AppError::Refused("There is no mail in this.".to_owned()));
    }
    let query = Fields::parse(request.query_string().as_bytes());
    let envelope = Envelope {
        from: query.get("from").map(str::to_owned),
        to: query.all("to").map(str::to_owned).collect(),
    };
    let parcel = Parcel { way: "http", envelope, raw: raw.to_vec() };
    let kept = receive_mail(&app, parcel).await?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(told(&kept)))
}

fn told(kept: &Kept) -> String {
    let kind = match kept.kind {
        Arrival::Waiting => "kept",
        Arrival::Bounce => "bounce",
        Arrival::Notice => "notice",
        Arrival::Complaint => "complaint",
        Arrival::Answer => "answer",
        Arrival::Stop => "stop",
        Arrival::Automatic => "automatic",
        Arrival::Letter => "letter",
        Arrival::Forged => "forged",
        Arrival::Unreadable => "unreadable",
    };
    let again = if kept.is_new { "" } else { " (it had come before)" };
    format!("{kind}{again}: {}\n", kept.said)
}

/// Whether whoever asks has shown what is set.
pub fn may(service: &Service, request: &HttpRequest) -> bool {
    let set = service.settings.inbound.token.expose_secret();
    let shown = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let shown = shown.and_then(|shown| {
        let (kind, token) = shown.split_once(' ')?;
        kind.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    !set.is_empty() && shown.is_some_and(|shown| service.secret.are_same(shown, set))
}

/// How large a mail may be that comes with this request; `None`: it brings none, or may not.
pub fn largest(service: &Service, request: &HttpRequest) -> Option<usize> {
    (request.path() == PATH && may(service, request)).then_some(LARGEST)
}
