//! What an organizer sees once people have answered.

use colloquy::acts::bring_example::bring_example;
use colloquy::acts::fill_example::fill_example;
use colloquy::acts::sign_in;

use super::support::TestApp;

/// The example, filled; the path of its desk.
async fn example(app: &TestApp) -> String {
    let organizer = sign_in::first_organizer(&app.service).await.unwrap();
    let questionnaire = bring_example(&app.service, organizer).await.unwrap();
    let desk = format!("/desk/q/{}", questionnaire.slug);
    fill_example(&app.service, questionnaire).await.unwrap();
    app.sign_in().await;
    desk
}

#[actix_web::test]
async fn every_open_answer_can_be_read_and_searched() {
    let app = TestApp::start().await;
    let desk = example(&app).await;
    let page = app.page(&format!("{desk}/responses")).await;
    assert_eq!(page.texts("h1"), ["60 responses"]);
    assert_eq!(page.texts("article.entry").len(), 50);
    let found = app.page(&format!("{desk}/responses?q=SYNTHETIC")).await;
    let entries = found.texts("article.entry");
    assert!(!entries.is_empty() && entries.len() < 50, "{}", entries.len());
    for entry in &entries {
        assert!(entry.to_lowercase().contains("synthetic"), "{entry}");
    }
    assert!(found.texts("article.entry mark").iter().all(|m| m.eq_ignore_ascii_case("synthetic")));
    let none = app.page(&format!("{desk}/responses?q=zzzzzz")).await;
    assert!(none.text().contains("No answer holds “zzzzzz”"));
    let one = page.attributes("article.entry a", "href");
    assert!(app.page(&one[0]).await.text().contains("made-up example"));
}

#[actix_web::test]
async fn every_quote_is_a_piece_of_an_answer() {
    let app = TestApp::start().await;
    let desk = example(&app).await;
    let insight = app.page(&format!("{desk}/insight")).await;
    let quotes = insight.texts("blockquote.quote p");
    let links = insight.attributes("blockquote.quote footer a", "href");
    assert!(quotes.len() >= 10 && quotes.len() == links.len(), "{} quotes", quotes.len());
    for (quote, link) in quotes.iter().zip(links).take(40) {
        let answer = app.page(&link).await.texts("dl.answers dd").join(" ");
        assert!(answer.contains(quote.as_str()), "{quote} is not in {answer}");
    }
}

#[actix_web::test]
async fn the_brief_says_what_it_rests_on() {
    let app = TestApp::start().await;
    let desk = example(&app).await;
    let brief = app.page(&format!("{desk}/brief")).await;
    assert!(brief.text().contains("60 people answered"));
    let sentences = brief.texts("article.brief .sentence > p").len();
    assert!(sentences > 10, "{sentences} sentences");
    assert_eq!(brief.texts("article.brief .sentence summary").len(), sentences);
}

#[actix_web::test]
async fn the_same_answers_give_the_same_page() {
    let app = TestApp::start().await;
    let desk = example(&app).await;
    let first = app.page(&format!("{desk}/insight")).await.text();
    let other = TestApp::start().await;
    other.sign_in().await;
    // The same database read by another node, which has computed nothing yet.
    let questionnaire = colloquy::store::questionnaires::by_slug(
        app.service.store.read(),
        &desk.trim_start_matches("/desk/q/").parse().unwrap(),
    )
    .await
    .unwrap()
    .unwrap();
    let material = colloquy::insight::Material::gather(app.service.store.read(), &questionnaire)
        .await
        .unwrap();
    let again = colloquy::insight::compute(material);
    for open in &again.themes {
        for theme in &open.found.themes {
            assert!(first.contains(&theme.label), "{}", theme.label);
        }
    }
}
