//! The front page, whether the service is well, and pages that are not there.

use crate::support::TestApp;

#[tokio::test]
async fn a_service_is_well_while_its_database_answers() {
    let app = TestApp::spawn().await;
    let page = app.get("/health").await;
    assert_eq!((page.status, page.text.as_str()), (200, "ok\n"));

    app.service.store.clone().close().await.unwrap();
    assert_eq!(app.get("/health").await.status, 503);
}

#[tokio::test]
async fn the_front_page_speaks_the_visitors_language() {
    let app = TestApp::spawn().await;
    let english = app.get_in("de, en;q=0.5", "/").await;
    assert_eq!(english.attributes("html", "lang"), ["en"]);
    let chinese = app.get_in("zh-CN, en;q=0.5", "/").await;
    assert_eq!(chinese.attributes("html", "lang"), ["zh"]);
    assert_eq!(app.get_in("en", "/?lang=zh").await.attributes("html", "lang"), ["zh"]);
}

#[tokio::test]
async fn an_organizer_who_is_signed_in_goes_to_the_desk() {
    let app = TestApp::signed_in().await;
    let page = app.get("/").await;
    assert_eq!((page.status, page.location()), (303, "/desk".to_owned()));
}

#[tokio::test]
async fn an_unknown_address_has_a_page_of_its_own() {
    let app = TestApp::spawn().await;
    for path in ["/nowhere", "/q/none", "/q/Not%20A%20Slug", "/q/%00", "/q/%ff", "/i/x", "/r/x"] {
        let page = app.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert_eq!(page.texts("h1").len(), 1, "{path}: {}", page.text);
    }
}

#[tokio::test]
async fn what_pages_are_made_of_may_be_kept_for_good() {
    let app = TestApp::spawn().await;
    let page = app.get("/").await;
    let mut parts = page.attributes("link[rel=stylesheet], link[rel=icon]", "href");
    parts.extend(page.attributes("script", "src"));
    assert_eq!(parts.len(), 3);
    for part in parts {
        let file = app.get(&part).await;
        assert_eq!(file.status, 200, "{part}");
        assert!(part.contains("?v="), "{part}");
        assert!(file.header("cache-control").contains("immutable"), "{part}");
    }
}
