//! Signing in: by a link that works once, never by looking at it.

use chrono::TimeDelta;
use colloquy::acts::sign_in;

use super::support::{Page, TestApp, location};

async fn link(app: &TestApp) -> String {
    let organizer = sign_in::first_organizer(&app.service).await.unwrap();
    let link = sign_in::make_link(&app.service, organizer).await.unwrap();
    link[link.find("/sign-in").unwrap()..].to_owned()
}

#[actix_web::test]
async fn a_link_is_not_used_up_by_looking_and_works_once() {
    let app = TestApp::start().await;
    let link = link(&app).await;
    for _ in 0..3 {
        assert_eq!(app.get(&link).await.status(), 200);
    }
    let first = app.post(&link, &[]).await;
    let cookie = first.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    assert_eq!(location(&first), "/desk");
    assert_eq!(app.get("/desk").await.status(), 200);
    let again = app.post(&link, &[]).await;
    assert_ne!(again.status(), 303);
    assert!(Page::of(&again.text().await.unwrap()).text().contains("used already"));
}

#[actix_web::test]
async fn a_link_is_good_for_an_hour() {
    let app = TestApp::start().await;
    let link = link(&app).await;
    app.service.clock.advance(TimeDelta::minutes(61));
    assert_ne!(app.post(&link, &[]).await.status(), 303);
    assert_eq!(app.get("/desk").await.status(), 303);
}

#[actix_web::test]
async fn signing_out_ends_the_session() {
    let app = TestApp::start().await;
    app.sign_in().await;
    assert_eq!(app.get("/desk").await.status(), 200);
    assert_eq!(app.post("/sign-out", &[]).await.status(), 303);
    assert_eq!(app.get("/desk").await.status(), 303);
}

#[actix_web::test]
async fn an_empty_installation_shows_two_ways_to_begin() {
    let app = TestApp::start().await;
    app.sign_in().await;
    let page = app.page("/desk").await;
    assert_eq!(page.texts("main .primary"), ["Bring an article"]);
    assert_eq!(page.texts("main form button"), ["Try the example"]);
}

#[actix_web::test]
async fn the_service_says_that_it_is_well() {
    let app = TestApp::start().await;
    assert_eq!(app.get("/health").await.status(), 200);
}
