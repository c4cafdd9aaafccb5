//! What an organizer sees once people have answered.

use crate::support::{TestApp, open};

#[tokio::test]
async fn an_empty_installation_shows_two_ways_to_begin() {
    let app = TestApp::signed_in().await;
    let page = app.page("/desk").await;
    assert_eq!(page.texts("main .primary"), ["Bring an article"]);
    assert_eq!(page.texts("main form button"), ["Try the example"]);
}

#[tokio::test]
async fn the_same_answers_give_the_same_page() {
    let app = TestApp::spawn().await;
    let desk = app.example().await;
    for page in ["insight", "brief"] {
        let path = format!("{desk}/{page}");
        assert_eq!(app.page(&path).await.text, app.page(&path).await.text, "{page}");
    }
}

#[tokio::test]
async fn another_organizers_questionnaire_is_not_there_at_all() {
    let app = TestApp::signed_in().await;
    let of = app.published(&[open("Why?")]).await;
    let other = app.another_organizer("eve@example.org").await;
    let pages = [
        "",
        "/article",
        "/questionnaire",
        "/preview",
        "/invitations",
        "/responses",
        "/insight",
        "/brief",
        "/discussion",
        "/echo",
    ];
    for page in pages {
        let path = format!("/desk/q/{}{page}", of.slug);
        assert_eq!(app.get(&path).await.status, 200, "{path}");
        assert_eq!(other.get(&path).await.status, 404, "{path}");
    }
    for post in ["article", "questionnaire", "publish", "close", "demo", "discussion"] {
        let path = format!("/desk/q/{}/{post}", of.slug);
        assert_eq!(other.post_form(&path, &[]).await.status, 404, "{path}");
    }
    assert!(!other.page("/desk").await.words().contains(&of.title));
}
