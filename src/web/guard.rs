//! What stands before every page: security headers, protection against other sites, error pages.
//!
//! Guards answer, they never return errors: an error would escape the guards outside of them,
//! and with it their headers.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, Data};
use actix_web::{Error, HttpMessage as _, HttpRequest, HttpResponse};
use chrono::TimeDelta;
use futures_util::{Stream, stream};
use tracing_actix_web::RequestId;

use super::answer::page::other_language;
use super::api;
use super::body::typed::{self, Prompt, Prompts};
use super::body::{Arrived, Bodies, Limits};
use super::extract::{App, cookie, words_of};
use super::frame;
use super::inbound;
use super::limits::Table;
use super::place;
use super::sender::{self, Numbers};
use super::ui::problem::{self, Back};
use crate::domain::Fields;
use crate::error::AppError;
use crate::store::questionnaires::Asked;
use crate::web::reply;
use crate::words::Words;

/// A body as actix hands it on.
type BoxedPayloadStream = std::pin::Pin<Box<dyn Stream<Item = Result<Bytes, PayloadError>>>>;

/// On a sound line a form is there in this time.
const QUICK: Duration = Duration::from_secs(5);
/// So many programs may speak from one address, each with a token and its budget.
const TOKENS_OF_ONE: u32 = 10;
/// The largest form with a file that an organizer may send, in bytes.
const FILES: usize = 17 << 20;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' \
     data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(&str, &str); 6] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    // `no-referrer` would make our own forms send `Origin: null`.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()"),
];

/// Puts the security headers on every answer, and decides what browsers may keep of it.
pub async fn security_headers(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let secure = req.app_data::<App>().is_some_and(|app| app.is_secure());
    // Readers' pages may be kept by the browser: with `no-store`, Back would lose their text.
    let desk = req.path().starts_with("/desk") || req.path().starts_with("/sign-in");
    let path = req.path().to_owned();
    let framed = frame::origins(req.request()).await;
    let mut response = next.call(req).await?;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if !framed.is_empty() {
        frame::allow(headers, &framed);
    }
    frame::allow_preview(headers, &path);
    if secure {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        let kept = if desk { "no-store" } else { "private, no-cache" };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    }
    Ok(response)
}

/// Refuses a write that another site's page sent with our visitor's cookies: Fetch Metadata
/// first, `Origin` where a browser does not send it. There is no token that could expire and
/// take an hour of writing with it.
pub async fn same_origin_writes(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let text = |name: HeaderName| req.headers().get(name).and_then(|v| v.to_str().ok());
    let site = text(HeaderName::from_static("sec-fetch-site"));
    let ours = match (site, text(header::ORIGIN)) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = text(header::HOST).unwrap_or_default();
            let public = req.app_data::<App>().map(|app| app.public_url.clone());
            origin.split_once("://").is_some_and(|(_, of)| of == host)
                || public.is_some_and(|public| *public == *origin)
        }
        // Not a browser: nobody's cookies are at risk (RFC 8058 one-click posts come so).
        (None, None) => true,
    };
    // A mail program may unsubscribe from its own pages (RFC 8058): the link is the permission,
    // and no cookie is looked at there.
    if reads(req.method()) || ours || is_one_click(req.path()) {
        Ok(next.call(req).await?.map_into_boxed_body())
    } else {
        Ok(refused(req, AppError::OtherSite))
    }
}

/// Lets an address and a link send only so many forms in ten minutes, and an address ask for
/// only so many mails.
pub async fn limits(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match spend(&req) {
        Ok(()) => Ok(next.call(req).await?.map_into_boxed_body()),
        Err(wait) => Ok(refused(req, AppError::TooMany(wait.num_seconds() + 1))),
    }
}

fn spend(req: &ServiceRequest) -> Result<(), TimeDelta> {
    let path = req.path();
    let room = place::room(path);
    if api::is_ours(path) {
        return spend_of_program(req);
    }
    let readers = matches!(room, "q" | "i" | "r" | "g" | "d") && !is_one_click(path);
    let (Some(app), Some(gate)) = (req.app_data::<App>(), req.app_data::<Data<Gate>>()) else {
        return Ok(());
    };
    if reads(req.method()) || !(readers || asks_to_sign_in(path)) {
        return Ok(());
    }
    let (now, limits) = (app.clock.now(), &app.settings.limits);
    let address = gate.sender(req.request(), app);
    if !readers {
        return gate.table.take(gate.numbers.of(("sign-in", address)), limits.sign_in_mails, now);
    }
    // What a page says by itself is no form, and takes nothing from those.
    if is_beginning(path) {
        return gate.table.take(gate.numbers.of(("begun", address)), limits.address_forms, now);
    }
    if room != "q" {
        let link = gate.numbers.of(("link", place::name(path)));
        gate.table.take(link, limits.link_forms, now)?;
    }
    gate.table.take(address, limits.address_forms, now)
}

/// A program has a budget for each of its tokens, whatever it asks; without one, its address has.
/// An address that shows many has one for all of them: who makes up a new one for each request
/// neither passes nor fills the table.
fn spend_of_program(req: &ServiceRequest) -> Result<(), TimeDelta> {
    let (Some(app), Some(gate)) = (req.app_data::<App>(), req.app_data::<Data<Gate>>()) else {
        return Ok(());
    };
    let (limit, now) = (app.settings.limits.api_requests, app.clock.now());
    let address = gate.sender(req.request(), app);
    let Some(token) = req.headers().get(header::AUTHORIZATION) else {
        return gate.table.take(gate.numbers.of(("program", address)), limit, now);
    };
    let all = limit.saturating_mul(TOKENS_OF_ONE);
    gate.table.take(gate.numbers.of(("programs", address)), all, now)?;
    gate.table.take(gate.numbers.of(("token", token.as_bytes())), limit, now)
}

/// What the guards know of senders, shared by all threads.
#[derive(Debug, Default)]
pub struct Gate {
    bodies: Arc<Bodies>,
    table: Table,
    numbers: Numbers,
    told: AtomicBool,
}

impl Gate {
    fn sender(&self, request: &HttpRequest, app: &App) -> u64 {
        let proxies = &app.settings.server.proxies;
        if sender::is_unnamed_proxy(request, proxies) && !self.told.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                "readers come through a proxy that server.proxies does not name: \
                 all of them share its budget"
            );
        }
        self.numbers.of(sender::address(request, proxies))
    }
}

/// Whether this is `/q/{slug}/begun`, and no other.
fn is_beginning(path: &str) -> bool {
    let slug = path.strip_prefix("/q/").and_then(|rest| rest.strip_suffix("/begun"));
    slug.is_some_and(|slug| !slug.is_empty() && !slug.contains('/'))
}

/// Whether this costs a mail, or could be a try of somebody else's key.
fn asks_to_sign_in(path: &str) -> bool {
    let path = path.strip_prefix("/sign-in");
    path.is_some_and(|rest| matches!(rest, "" | "/password" | "/passkey" | "/passkey/begin"))
}

/// Whether this is the address at which one reader stops mails, `/i/{token}/stop`, and no other.
fn is_one_click(path: &str) -> bool {
    let token = path.strip_prefix("/i/").and_then(|rest| rest.strip_suffix("/stop"));
    token.is_some_and(|token| !token.is_empty() && !token.contains(['/', '%']))
}

/// Reads what was sent before anything else looks at it, and draws the page for whatever goes
/// wrong: what was typed is on it, to be sent again or saved.
pub async fn text_back(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if reads(req.method()) {
        let response = next.call(req).await?.map_into_boxed_body();
        return Ok(drawn(response, None).await);
    }
    let payload = req.take_payload();
    let arrived = arriving(req.request(), payload).await;
    let response = if let Some(problem) = arrived.problem() {
        refused(req, problem)
    } else {
        let again: BoxedPayloadStream = Box::pin(stream::iter([Ok(arrived.bytes.clone())]));
        req.set_payload(again.into());
        req.extensions_mut().insert(arrived.clone());
        next.call(req).await?.map_into_boxed_body()
    };
    Ok(drawn(response, Some(&arrived)).await)
}

async fn arriving(request: &HttpRequest, payload: Payload) -> Arrived {
    let (Some(app), Some(gate)) = (request.app_data::<App>(), request.app_data::<Data<Gate>>())
    else {
        return Arrived::nothing();
    };
    let server = &app.settings.server;
    // Only organizers, and programs that speak for one, bring files.
    let brings = request.content_type() == typed::MULTIPART
        && request.path().starts_with("/desk/")
        && cookie(request).is_some();
    let brings = brings || api::caller::may_bring(request);
    let limits = Limits {
        size: match inbound::largest(app, request) {
            Some(largest) => largest,
            None if brings => server.body_limit.max(FILES),
            None => server.body_limit,
        },
        quick: QUICK,
        spread: QUICK,
        idle: Duration::from_secs(server.body_idle_seconds),
        total: Duration::from_secs(server.body_seconds),
        slow: server.slow_bodies,
    };
    gate.bodies.read(payload, gate.sender(request, app), limits).await
}

/// An answer that says why nothing was done; [`text_back`] draws its page.
fn refused(req: ServiceRequest, why: AppError) -> ServiceResponse<BoxBody> {
    // `ServiceRequest::into_response` would forget the error.
    let (request, _) = req.into_parts();
    ServiceResponse::new(request, HttpResponse::from_error(why))
}

fn reads(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE)
}

/// The page for an answer that is an error, unless its handler has drawn one.
async fn drawn(
    response: ServiceResponse<BoxBody>,
    arrived: Option<&Arrived>,
) -> ServiceResponse<BoxBody> {
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let request = response.request().clone();
    let error = response.response().error();
    let own = error.and_then(|error| error.as_error::<AppError>());
    if let (Some(AppError::SignInFirst(path)), &Method::GET) = (own, request.method()) {
        let next: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
        let away = reply::see(format!("/sign-in?next={next}"));
        return response.into_response(away);
    }
    // A handler's own page, or a plain answer to a program that asked.
    if error.is_none() && (arrived.is_none() || is_html(&response)) {
        return response;
    }
    let foreign = problem::of_status(status);
    let error = own.unwrap_or(&foreign);
    if let Some(cause) = error.cause() {
        tracing::error!(error = ?cause, "a request failed");
    }
    if api::is_ours(request.path()) {
        let incident = request.extensions().get::<RequestId>().copied();
        let answer = api::problem::answer(error, incident);
        return response.into_response(answer);
    }
    if request.path() == inbound::PATH {
        let (said, wait) = (error.to_string(), error.retry_after());
        return for_a_program(response, &said, wait);
    }
    let fields = match arrived {
        Some(arrived) => typed::fields(request.content_type(), request.headers(), arrived).await,
        None => Fields::default(),
    };
    let words = words_of(&request, &fields);
    let prompts = match arrived {
        Some(_) => prompts(&request, words, error).await,
        None => Prompts::new(),
    };
    let back = arrived.map(|arrived| Back {
        fields: &fields,
        prompts: &prompts,
        action: request.uri().path_and_query().map_or("/", |uri| uri.as_str()),
        multipart: request.content_type() == typed::MULTIPART,
        end: arrived.end,
    });
    let incident = request.extensions().get::<RequestId>().copied();
    let page = problem::page(words, error, incident, back.as_ref()).into_string();
    let mut answer = HttpResponse::build(status);
    answer.content_type("text/html; charset=utf-8");
    if let Some(seconds) = error.retry_after() {
        answer.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    if let AppError::WrongMethod(allowed) = error {
        answer.insert_header((header::ALLOW, allowed.clone()));
    }
    let answer = answer.body(page);
    response.into_response(answer)
}

/// What a program gets instead of a page: it keeps the mail that it brought, and tries again.
fn for_a_program(
    mut response: ServiceResponse<BoxBody>,
    said: &str,
    wait: Option<i64>,
) -> ServiceResponse<BoxBody> {
    let status = response.status();
    let mut answer = HttpResponse::build(status);
    answer.content_type("text/plain; charset=utf-8");
    if let Some(asks) = response.headers_mut().remove(header::WWW_AUTHENTICATE).next() {
        answer.insert_header((header::WWW_AUTHENTICATE, asks));
    }
    if let Some(seconds) = wait {
        answer.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    let answer = answer.body(format!("{status}: {said}\n"));
    response.into_response(answer)
}

/// What was asked, by the keys of the questions. A database that refuses is not asked, and
/// nobody who is turned away makes work with it.
async fn prompts(request: &HttpRequest, words: Words, error: &AppError) -> Prompts {
    let known = place::room(request.path()) == "q";
    if error.cause().is_some() || (!known && error.retry_after().is_some()) {
        return Prompts::new();
    }
    let Some(of) = place::questionnaire(request).await else { return Prompts::new() };
    let other = other_language(words, &of.questionnaire.language).map(str::to_owned);
    let prompt = |asked: &Asked| {
        let (wording, translated) = asked.wording.in_language(words.language());
        let language = other.clone().filter(|_| !translated);
        (asked.key.clone(), Prompt { text: wording.prompt, language })
    };
    of.asked.iter().map(prompt).collect()
}

fn is_html(response: &ServiceResponse<BoxBody>) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_stopping_mails_may_be_asked_for_from_elsewhere() {
        assert!(is_one_click("/i/abc_-9/stop"));
        for other in
            ["/i/abc", "/i//stop", "/i/a/b/stop", "/i/a%2fb/stop", "/desk/i/a/stop", "/stop"]
        {
            assert!(!is_one_click(other), "{other}");
        }
    }
}
