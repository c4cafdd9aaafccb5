//! What stands before every page: this walks the table of all addresses.

use colloquy::web::routes::ADDRESSES;
use reqwest::RequestBuilder;

use crate::support::{TestApp, Visitor};

/// An address with something in its gaps that leads nowhere.
fn filled(address: &str) -> String {
    let id = "0190163d-8694-739b-aea5-966c26f8ad91";
    let mut path = address.to_owned();
    for (gap, text) in [
        ("{slug}", "none"),
        ("{token}", "none"),
        ("{name}", "none.css"),
        ("{id}", id),
        ("{number}", "1"),
        ("{file}", "none.csv"),
        ("{group}", id),
        ("{key}", "q1"),
        ("{participant}", id),
        ("{delivery}", id),
    ] {
        path = path.replace(gap, text);
    }
    assert!(!path.contains('{'), "{address} has a gap that this test does not know");
    path
}

fn request(visitor: &Visitor, method: &str, address: &str) -> RequestBuilder {
    let url = visitor.url(&filled(address));
    match method {
        "get" => visitor.client.get(url),
        "head" => visitor.client.head(url),
        "post" => visitor.client.post(url),
        "put" => visitor.client.put(url),
        "patch" => visitor.client.patch(url),
        "delete" => visitor.client.delete(url),
        other => panic!("{other} {address}: a method that this test does not know"),
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let app = TestApp::spawn().await;
    assert!(ADDRESSES.len() > 40);
    let known = ADDRESSES.iter().map(|line| (line.method, line.path));
    for (method, address) in known.chain([("get", "/nowhere")]) {
        let page = app.send(request(&app, method, address)).await;
        assert!(page.status < 500, "{method} {address}: {}", page.status);
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{method} {address}: {policy}");
        assert!(!policy.contains("unsafe"), "{method} {address}: {policy}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{method} {address}");
        assert_eq!(page.header("referrer-policy"), "same-origin", "{method} {address}");
        assert_eq!(page.header("cross-origin-opener-policy"), "same-origin", "{method} {address}");
        let kept = page.header("cache-control");
        assert!(!kept.is_empty(), "{method} {address}");
        if address.starts_with("/desk") || address.starts_with("/sign-in") {
            assert_eq!(kept, "no-store", "{method} {address}");
        } else if !address.starts_with("/assets") && address != "/favicon.ico" {
            // With `no-store`, Back would lose what a reader has typed.
            assert!(!kept.contains("no-store"), "{method} {address}: {kept}");
        }
    }
}

#[tokio::test]
async fn another_sites_form_is_refused_everywhere() {
    let app = TestApp::spawn().await;
    let signs = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ];
    for address in ADDRESSES.iter().filter(|line| line.method == "post").map(|line| line.path) {
        // Mail programs ask for this one on a person's behalf (RFC 8058); it needs no cookie.
        let one_click = address == "/i/{token}/stop";
        for (name, value) in signs {
            let page = app.send(request(&app, "post", address).header(name, value)).await;
            assert!(page.status == 403 || one_click, "{address} {name}: {value}: {}", page.status);
            assert!(!page.header("content-security-policy").is_empty(), "{address}");
        }
    }
}

#[tokio::test]
async fn our_own_forms_and_mail_programs_are_not_refused() {
    let app = TestApp::spawn().await;
    let host = app.address.clone();
    for address in ADDRESSES.iter().filter(|line| line.method == "post").map(|line| line.path) {
        let own = request(&app, "post", address).header("sec-fetch-site", "same-origin");
        assert_ne!(app.send(own).await.status, 403, "{address}");
        let old_browser = request(&app, "post", address).header("origin", &host);
        assert_ne!(app.send(old_browser).await.status, 403, "{address}");
    }
    let one_click =
        request(&app, "post", "/i/{token}/stop").form(&[("List-Unsubscribe", "One-Click")]);
    assert_ne!(app.send(one_click).await.status, 403);
}

#[tokio::test]
async fn the_desk_is_for_organizers() {
    let app = TestApp::spawn().await;
    for line in ADDRESSES.iter().filter(|line| line.path.starts_with("/desk")) {
        let (method, address) = (line.method, line.path);
        let page = app.send(request(&app, method, address)).await;
        if method == "get" {
            assert_eq!(page.status, 303, "{address}");
            let next = filled(address).replace('/', "%2F");
            assert_eq!(page.location(), format!("/sign-in?next={next}"), "{address}");
        } else {
            assert_eq!(page.status, 401, "{address}");
        }
    }
}

#[tokio::test]
async fn what_was_typed_is_on_the_page_that_asks_to_sign_in_first() {
    let app = TestApp::spawn().await;
    let typed = "An hour of writing <&> 一个小时";
    let page = app.post_form("/desk/account", &[("name", typed)]).await;
    assert_eq!(page.status, 401);
    assert_eq!(page.texts("textarea"), [typed]);
}

#[tokio::test]
async fn a_form_that_is_too_large_has_a_page_of_its_own() {
    let app = TestApp::spawn().await;
    let large = "x".repeat(app.service.settings.server.body_limit + 1);
    let page = app.post_form("/sign-in", &[("address", &large)]).await;
    assert_eq!(page.status, 413);
    assert_eq!(page.texts("h1").len(), 1);
}

#[tokio::test]
async fn a_service_behind_tls_asks_browsers_to_stay_there() {
    let app = TestApp::spawn_with(|settings| {
        settings.server.public_url = "https://talk.example.org".to_owned();
    })
    .await;
    let page = app.get("/").await;
    assert!(page.header("strict-transport-security").contains("max-age=31536000"));
    let plain = TestApp::spawn().await;
    assert_eq!(plain.get("/").await.header("strict-transport-security"), "");
}
