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
async fn every_open_answer_can_be_read_and_searched() {
    let app = TestApp::spawn().await;
    let desk = app.example().await;
    let page = app.page(&format!("{desk}/responses")).await;
    assert_eq!(page.texts("h1"), ["60 responses"]);
    let found = app.page(&format!("{desk}/responses?q=SYNTHETIC")).await;
    let entries = found.texts("article.entry");
    assert!(!entries.is_empty() && entries.len() < 60, "{}", entries.len());
    for entry in &entries {
        assert!(entry.to_lowercase().contains("synthetic"), "{entry}");
    }
    let none = app.page(&format!("{desk}/responses?q=zzzzzz")).await;
    assert!(none.words().contains("No answer holds “zzzzzz”"), "{}", none.words());
}

#[tokio::test]
async fn every_quote_is_a_piece_of_an_answer() {
    let app = TestApp::spawn().await;
    let desk = app.example().await;
    let insight = app.page(&format!("{desk}/insight")).await;
    let quotes = insight.texts("blockquote.quote p");
    let links = insight.attributes("blockquote.quote footer a", "href");
    assert!(quotes.len() >= 10 && quotes.len() == links.len(), "{} quotes", quotes.len());
    for (quote, link) in quotes.iter().zip(links).take(40) {
        let answer = app.page(&link).await.texts("dl.answers dd").join(" ");
        assert!(answer.contains(quote.as_str()), "{quote} is not in {answer}");
    }
}

#[tokio::test]
async fn the_brief_says_what_it_rests_on() {
    let app = TestApp::spawn().await;
    let desk = app.example().await;
    let brief = app.page(&format!("{desk}/brief")).await;
    assert!(brief.words().contains("60 people answered"), "{}", brief.words());
    let sentences = brief.texts("article.brief .sentence > p").len();
    assert!(sentences > 10, "{sentences} sentences");
    assert_eq!(brief.texts("article.brief .sentence summary").len(), sentences);
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
