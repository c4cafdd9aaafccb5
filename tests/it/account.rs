//! Signing in with a link that works once, and out again.

use chrono::TimeDelta;

use crate::support::{Page, TestApp, Visitor};

#[tokio::test]
async fn a_link_signs_in_once() {
    let app = TestApp::spawn().await;
    let link = app.sign_in_link().await;
    assert_eq!(app.get("/desk").await.status, 303);

    let first = app.post_form(&link, &[]).await;
    assert_eq!((first.status, first.location()), (303, "/desk".to_owned()));
    assert_eq!(app.get("/desk").await.status, 200);

    let stranger = app.stranger();
    let second = stranger.post_form(&link, &[]).await;
    assert_eq!(second.status, 410);
    assert_eq!(second.header("set-cookie"), "");
    assert_eq!(stranger.get(&link).await.status, 410);
}

#[tokio::test]
async fn two_who_use_a_link_at_once_do_not_both_get_in() {
    let app = TestApp::spawn().await;
    let link = app.sign_in_link().await;
    let strangers: Vec<_> = (0..8).map(|_| app.stranger()).collect();
    let tries = strangers.iter().map(|stranger| stranger.post_form(&link, &[]));
    let pages = futures_util::future::join_all(tries).await;
    assert_eq!(pages.iter().filter(|page| page.status == 303).count(), 1);
}

#[tokio::test]
async fn looking_at_a_link_uses_nothing_up() {
    let app = TestApp::spawn().await;
    let link = app.sign_in_link().await;
    for _ in 0..5 {
        let page = app.stranger().get(&link).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.header("set-cookie"), "");
    }
    let page = app.get(&link).await;
    assert_eq!(app.submit(&page.form("form")).await.status, 303);
}

#[tokio::test]
async fn a_wrong_link_leads_nowhere() {
    let app = TestApp::spawn().await;
    let link = app.sign_in_link().await;
    let mut wrong = link.clone();
    let last = wrong.pop().unwrap();
    wrong.push(if last == 'A' { 'B' } else { 'A' });
    for path in [wrong.as_str(), "/sign-in/x", "/sign-in/%00", "/sign-in/%E4%B8%AD"] {
        assert_eq!(app.get(path).await.status, 410, "{path}");
        assert_eq!(app.post_form(path, &[]).await.status, 410, "{path}");
    }
    assert_eq!(app.get(&link).await.status, 200);
}

#[tokio::test]
async fn a_link_grows_too_old() {
    let app = TestApp::spawn().await;
    let link = app.sign_in_link().await;
    app.service.clock.advance(TimeDelta::minutes(59));
    assert_eq!(app.get(&link).await.status, 200);
    app.service.clock.advance(TimeDelta::minutes(2));
    assert_eq!(app.get(&link).await.status, 410);
    assert_eq!(app.post_form(&link, &[]).await.status, 410);
}

#[tokio::test]
async fn a_session_ends_by_itself() {
    let app = TestApp::signed_in().await;
    for days in [13, 13, 3] {
        app.service.clock.advance(TimeDelta::days(days));
        assert_eq!(app.get("/desk").await.status, 200);
    }
    // However often it was used.
    app.service.clock.advance(TimeDelta::days(2));
    assert_eq!(app.get("/desk").await.status, 303);
}

#[tokio::test]
async fn who_signs_out_is_out_even_with_the_old_cookie() {
    let app = TestApp::spawn().await;
    let signed_in = app.post_form(&app.sign_in_link().await, &[]).await;
    let cookie = signed_in.header("set-cookie").split(';').next().unwrap().to_owned();
    let replay = || {
        let stranger = app.stranger();
        let request = stranger.client.get(stranger.url("/desk")).header("cookie", &cookie);
        async move { stranger.send(request).await.status }
    };
    assert_eq!(replay().await, 200);

    assert_eq!(app.post_form("/sign-out", &[]).await.status, 303);
    assert_eq!(app.get("/desk").await.status, 303);
    assert_eq!(replay().await, 303);
}

#[tokio::test]
async fn the_sessions_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let app = TestApp::spawn().await;
    let page = app.post_form(&app.sign_in_link().await, &[]).await;
    let cookie = page.header("set-cookie").to_owned();
    for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure") && !cookie.contains("Domain"), "{cookie}");

    let app = TestApp::spawn_with(|settings| {
        settings.server.public_url = "https://talk.example.org".to_owned();
    })
    .await;
    let page = app.post_form(&app.sign_in_link().await, &[]).await;
    let cookie = page.header("set-cookie");
    assert!(cookie.starts_with("__Host-") && cookie.contains("Secure"), "{cookie}");
}

#[tokio::test]
async fn asking_for_a_link_does_not_tell_who_is_an_organizer() {
    let app = TestApp::signed_in().await;
    let saved =
        app.post_form("/desk/account", &[("name", "Ada"), ("address", "ada@example.org")]).await;
    assert_eq!(saved.status, 303);
    let stranger = app.stranger();
    let known = stranger.post_form("/sign-in", &[("address", "ada@example.org")]).await;
    let unknown = stranger.post_form("/sign-in", &[("address", "eve@example.org")]).await;
    // The pages differ in what each is known by, and in nothing else.
    let request = |page: &Page| page.form("form").get("request").unwrap().to_owned();
    let [a, b] = [request(&known), request(&unknown)];
    assert_ne!(a, b);
    assert_eq!((known.status, known.text.replace(&a, &b)), (unknown.status, unknown.text));
    assert_eq!(known.status, 200);
}

/// Asks for a mail in the name of `address`: the page that comes, and the code in the mail.
async fn asked(app: &TestApp, stranger: &Visitor, address: &str) -> (Page, String) {
    let page = stranger.post_form("/sign-in", &[("address", address)]).await;
    let before = app.get("/desk/outbox").await.attributes("tbody a", "href");
    let text = app.get(&format!("{}?as=eml", before[0])).await.text;
    let (_, after) = text.split_once("where you asked: ").unwrap();
    (page, after.chars().take(7).collect())
}

#[tokio::test]
async fn the_digits_in_a_mail_sign_in_where_it_was_asked_for() {
    let app = TestApp::signed_in().await;
    app.post_form("/desk/account", &[("name", "Ada"), ("address", "ada@example.org")]).await;
    let stranger = app.stranger();
    let (page, code) = asked(&app, &stranger, "ada@example.org").await;
    let mut form = page.form("form");
    let wrong = if code == "000 000" { "000001" } else { "000000" };
    form.set("code", wrong);
    let refused = stranger.submit(&form).await;
    assert_eq!((refused.status, refused.header("set-cookie")), (422, ""));
    let mut form = refused.form("form");
    assert_eq!(form.get("code"), Some(wrong), "what was typed is there");
    form.set("code", &code);
    // Elsewhere the same digits are worth nothing.
    let (other, _) = asked(&app, &app.stranger(), "eve@example.org").await;
    let mut elsewhere = other.form("form");
    elsewhere.set("code", &code);
    assert_eq!(stranger.submit(&elsewhere).await.status, 422);
    let signed_in = stranger.submit(&form).await;
    assert_eq!((signed_in.status, signed_in.location()), (303, "/desk".to_owned()));
    assert_eq!(stranger.get("/desk").await.status, 200);
    let again = app.stranger().submit(&form).await;
    assert_eq!((again.status, again.header("set-cookie")), (422, ""), "once");
}

#[tokio::test]
async fn nobody_guesses_a_code_by_trying() {
    let app = TestApp::signed_in().await;
    app.post_form("/desk/account", &[("name", "Ada"), ("address", "ada@example.org")]).await;
    let stranger = app.stranger();
    let (page, code) = asked(&app, &stranger, "ada@example.org").await;
    let mut form = page.form("form");
    form.set("code", if code == "000 000" { "000001" } else { "000000" });
    for _ in 0..5 {
        assert_eq!(stranger.submit(&form).await.status, 422);
    }
    form.set("code", &code);
    assert_eq!(stranger.submit(&form).await.status, 422, "the sixth try is none");
}

#[tokio::test]
async fn an_account_is_kept_and_mistakes_are_given_back() {
    let app = TestApp::signed_in().await;
    let wrong = app.post_form("/desk/account", &[("name", "Ada"), ("address", "ada@")]).await;
    assert_eq!(wrong.status, 422);
    assert_eq!(wrong.form("form").get("address"), Some("ada@"));

    let mut form = wrong.form("form");
    form.set("address", "ada@example.org");
    assert_eq!(app.submit(&form).await.status, 303);
    let page = app.get("/desk/account").await;
    assert_eq!(page.form("form").get("name"), Some("Ada"));
    assert_eq!(page.form("form").get("address"), Some("ada@example.org"));

    let other = app.another_organizer("bob@example.org").await;
    let taken = other.post_form("/desk/account", &[("name", "B"), ("address", "ADA@example.org")]);
    assert_eq!(taken.await.status, 422);
}
