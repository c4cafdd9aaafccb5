//! What stands before every page: security headers, protection against other sites, error pages.
//!
//! Guards answer, they never return errors: an error would escape the guards outside of them,
//! and with it their headers.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, HttpResponse, ResponseError as _};
use tracing_actix_web::RequestId;

use super::extract::{App, words};
use super::ui::problem;
use crate::domain::Fields;
use crate::error::AppError;

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
    let mut response = next.call(req).await?;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
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
    let reads = matches!(*req.method(), Method::GET | Method::HEAD | Method::OPTIONS);
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
    if reads || ours || is_one_click(req.path()) {
        Ok(next.call(req).await?.map_into_boxed_body())
    } else {
        let words = words(req.request());
        let page = problem::other_site(words).into_string();
        let refusal = HttpResponse::build(StatusCode::FORBIDDEN)
            .content_type("text/html; charset=utf-8")
            .body(page);
        Ok(req.into_response(refusal).map_into_boxed_body())
    }
}

/// Whether this is the address at which one reader stops mails, `/i/{token}/stop`, and no other.
fn is_one_click(path: &str) -> bool {
    let token = path.strip_prefix("/i/").and_then(|rest| rest.strip_suffix("/stop"));
    token.is_some_and(|token| !token.is_empty() && !token.contains(['/', '%']))
}

/// Draws the page for an error that a handler returned. What was typed is on it.
pub async fn error_pages(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = match next.call(req).await {
        Ok(response) => response.map_into_boxed_body(),
        Err(error) => return Err(error),
    };
    let Some(error) = response.response().error().and_then(|e| e.as_error::<AppError>()) else {
        return Ok(response);
    };
    let request = response.request();
    if let (AppError::SignInFirst(path), true) = (error, *request.method() == Method::GET) {
        let next: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
        let away = HttpResponse::SeeOther()
            .insert_header((header::LOCATION, format!("/sign-in?next={next}")))
            .finish();
        return Ok(response.into_response(away));
    }
    if let AppError::Unexpected(cause) = error {
        tracing::error!(error = ?cause, "a request failed");
    }
    let incident = request.extensions().get::<RequestId>().copied();
    let typed = request.extensions().get::<Fields>().cloned();
    let page = problem::page(words(request), error, incident, typed.as_ref()).into_string();
    let drawn = HttpResponse::build(error.status_code())
        .content_type("text/html; charset=utf-8")
        .body(page);
    Ok(response.into_response(drawn))
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
