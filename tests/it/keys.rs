//! Ways to sign in besides a mailed link: passwords here; passkeys and accounts elsewhere, which
//! need a browser, in `tests/browser/keys.mjs`.

use chrono::TimeDelta;
use colloquy::jobs::forget::forget_stale;

use crate::support::{Page, TestApp, Visitor};

const GOOD: &str = "teapot under nine green rivers";

async fn with_address(app: &TestApp) {
    let saved =
        app.post_form("/desk/account", &[("name", "Ada"), ("address", "ada@example.org")]).await;
    assert_eq!(saved.status, 303);
}

async fn set(app: &TestApp, current: &str, new: &str) -> Page {
    let fields = [("current", current), ("new", new), ("then", "set")];
    app.post_form("/desk/account/password", &fields).await
}

async fn try_to_get_in(who: &Visitor, address: &str, password: &str) -> Page {
    who.post_form("/sign-in/password", &[("address", address), ("password", password)]).await
}

#[tokio::test]
async fn a_password_is_set_signs_in_and_is_given_up() {
    let app = TestApp::signed_in().await;
    with_address(&app).await;
    assert_eq!(set(&app, "", GOOD).await.location(), "/desk/account/keys");
    let there = app.stranger();
    let signed = try_to_get_in(&there, "ADA@example.org", GOOD).await;
    assert_eq!((signed.status, signed.location()), (303, "/desk".to_owned()));
    assert_eq!(there.get("/desk").await.status, 200);
    // Whoever has one must know it to change it.
    let refused = set(&app, "another", "quite another nine rivers").await;
    assert_eq!(refused.status, 422);
    assert!(refused.words().contains("This is not your present password"), "{}", refused.words());
    assert_eq!(set(&app, GOOD, "quite another nine rivers").await.status, 303);
    assert_eq!(try_to_get_in(&app.stranger(), "ada@example.org", GOOD).await.status, 422);
    app.post_form("/desk/account/password", &[("then", "remove")]).await;
    let gone = try_to_get_in(&app.stranger(), "ada@example.org", "quite another nine rivers").await;
    assert_eq!(gone.status, 422);
}

#[tokio::test]
async fn a_password_that_is_guessed_soon_is_not_taken_and_says_why() {
    let app = TestApp::signed_in().await;
    with_address(&app).await;
    for (weak, why) in [
        ("short", "too short"),
        ("qwertyuiop", "Many people"),
        ("ada@example.org", "guessed soon"),
        ("colloquy2026", "guessed soon"),
        ("password123", "Many people have this password"),
    ] {
        let refused = set(&app, "", weak).await;
        assert_eq!(refused.status, 422, "{weak}");
        assert!(refused.words().contains(why), "{weak}: {}", refused.words());
        assert_eq!(try_to_get_in(&app.stranger(), "ada@example.org", weak).await.status, 422);
    }
}

#[tokio::test]
async fn a_wrong_password_does_not_tell_who_is_an_organizer() {
    let app = TestApp::signed_in().await;
    with_address(&app).await;
    set(&app, "", GOOD).await;
    let mut pages = vec![];
    for address in ["ada@example.org", "eve@example.org", "not an address"] {
        let page = try_to_get_in(&app.stranger(), address, "wrong wrong wrong").await;
        assert_eq!(page.header("set-cookie"), "");
        pages.push((page.status, page.text.replace(address, "")));
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(pages[0], pages[2]);
}

#[tokio::test]
async fn tries_are_counted_by_network() {
    let app = TestApp::signed_in().await;
    let statuses = futures_util::future::join_all(
        (0..24).map(|_| async { app.post_form("/sign-in/passkey", &[]).await.status }),
    );
    let statuses = statuses.await;
    assert_eq!(statuses.iter().filter(|status| **status == 422).count(), 20, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 4);
}

#[tokio::test]
async fn where_browsers_know_no_passkeys_the_page_says_so() {
    let app = TestApp::signed_in().await;
    let page = app.page("/desk/account/keys").await;
    assert!(page.words().contains("Browsers know passkeys only at an address with a name"));
    assert!(page.texts("form[data-passkey]").is_empty());
    assert_eq!(app.post_form("/desk/account/passkeys/begin", &[]).await.status, 422);
}

#[tokio::test]
async fn what_no_browser_answered_makes_no_passkey_and_lets_nobody_in() {
    let app = TestApp::spawn_with(|settings| {
        settings.server.public_url = "http://localhost:8080".to_owned();
    })
    .await;
    app.sign_in().await;
    let ask = |path: &'static str| {
        let app = &app;
        async move {
            let page = app.post_form(path, &[]).await;
            assert_eq!(page.status, 200, "{}", page.words());
            let said: serde_json::Value = serde_json::from_str(&page.text).unwrap();
            assert!(said["publicKey"]["challenge"].as_str().unwrap().len() > 20);
            said["begun"].as_str().unwrap().to_owned()
        }
    };
    for answer in
        ["", "{}", "null", r#"{"id":"YQ","rawId":"YQ","type":"public-key","response":{}}"#]
    {
        let begun = ask("/desk/account/passkeys/begin").await;
        let fields = [("begun", &*begun), ("answer", answer), ("name", "x")];
        assert_eq!(app.post_form("/desk/account/passkeys", &fields).await.status, 422);
        let begun = ask("/sign-in/passkey/begin").await;
        let fields = [("begun", &*begun), ("answer", answer)];
        let page = app.stranger().post_form("/sign-in/passkey", &fields).await;
        assert_eq!((page.status, page.header("set-cookie")), (422, ""));
    }
    assert!(app.page("/desk/account/keys").await.words().contains("You have none yet."));
    // What has begun and never ended is forgotten.
    ask("/sign-in/passkey/begin").await;
    let db = app.service.store.read();
    let later = app.service.clock.now() + TimeDelta::minutes(6);
    assert!(colloquy::store::credentials::is_any_stale(db, later).await.unwrap());
    app.service.clock.advance(TimeDelta::minutes(6));
    forget_stale(&app.service).await.unwrap();
    assert!(!colloquy::store::credentials::is_any_stale(db, later).await.unwrap());
}

#[tokio::test]
async fn nobody_comes_back_from_a_provider_to_whom_nobody_went() {
    let app = TestApp::signed_in().await;
    assert_eq!(app.get("/sign-in/openid").await.status, 404, "none is set");
    let page = app.stranger().get("/sign-in/openid/back?code=x&state=y").await;
    assert_eq!(page.status, 422);
    assert!(page.words().contains("Signing in there did not work"), "{}", page.words());
    let app = TestApp::spawn_with(|settings| {
        settings.openid.issuer = "http://127.0.0.1:9".to_owned();
        settings.openid.client_id = "colloquy".to_owned();
        settings.openid.name = "Nobody".to_owned();
    })
    .await;
    assert!(app.page("/sign-in").await.words().contains("Sign in with Nobody"));
    let page = app.get("/sign-in/openid").await;
    assert_eq!(page.status, 422, "the provider does not answer");
}
