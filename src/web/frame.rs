//! Which other sites may show a page of ours in a frame: none, but for the form of a
//! questionnaire whose organizer has listed them, and the receipt that it leads to. The preview at
//! the desk shows our own form in frames.

use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

use super::place;
use crate::domain::Fields;

/// The sites that may show this page: origins, as their organizer listed them.
pub async fn origins(request: &HttpRequest) -> Vec<String> {
    // An invitation is one reader's own: it has no business in a page that others see.
    if !(matches!(place::room(request.path()), "q" | "r") && is_framed(request)) {
        return vec![];
    }
    let of = place::questionnaire(request).await;
    of.map(|of| of.questionnaire.options().embed).unwrap_or_default()
}

/// Whether a page is asked for inside a frame: its address says so, or one of our own pages that
/// stands in a frame leads to it.
fn is_framed(request: &HttpRequest) -> bool {
    let says = |name: &str, value: &str| {
        request.headers().get(name).is_some_and(|said| said.as_bytes() == value.as_bytes())
    };
    Fields::parse(request.query_string().as_bytes()).has("embed", "1")
        || (says("sec-fetch-dest", "iframe") && says("sec-fetch-site", "same-origin"))
}

/// Lets the preview of the desk show our own form in its frames, and nobody else's.
pub fn allow_preview(headers: &mut HeaderMap, path: &str) {
    let Some(page) = path.strip_prefix("/desk/q/").and_then(|rest| rest.split_once('/')) else {
        return;
    };
    let change: fn(&str) -> String = match page.1 {
        // Where it cannot be published, the preview says why.
        "preview" | "publish" => |policy| format!("{policy}; frame-src 'self'"),
        "preview/form" => {
            |policy| policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
        }
        _ => return,
    };
    let policy = headers.get(header::CONTENT_SECURITY_POLICY).and_then(|said| said.to_str().ok());
    if let Ok(changed) = HeaderValue::try_from(change(policy.unwrap_or_default())) {
        headers.insert(header::CONTENT_SECURITY_POLICY, changed);
    }
}

/// Lets these sites show the page. In a frame of another site we set no cookies.
pub fn allow(headers: &mut HeaderMap, origins: &[String]) {
    let policy = headers.get(header::CONTENT_SECURITY_POLICY).and_then(|said| said.to_str().ok());
    let policy = policy.unwrap_or_default();
    let allowed =
        policy.replace("frame-ancestors 'none'", &format!("frame-ancestors {}", origins.join(" ")));
    if let Ok(allowed) = HeaderValue::try_from(allowed) {
        headers.insert(header::CONTENT_SECURITY_POLICY, allowed);
        headers.insert(
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("cross-origin"),
        );
        headers.remove("cross-origin-opener-policy");
        headers.remove(header::SET_COOKIE);
    }
}
