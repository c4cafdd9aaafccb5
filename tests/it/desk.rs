//! What an organizer sees once people have answered.

use colloquy::acts::bring_example::bring_example;
use colloquy::acts::fill_example::fill_example;
use colloquy::acts::sign_in;

use crate::support::{Page, TestApp};

/// A page that is there.
async fn page(app: &TestApp, path: &str) -> Page {
    let page = app.get(path).await;
    assert_eq!(page.status, 200, "{path}");
    page
}

/// The example, filled; the path of its desk.
async fn example(app: &TestApp) -> String {
    let organizer = sign_in::first_organizer(&app.service).await.unwrap();
    let questionnaire = bring_example(&app.service, organizer).await.unwrap();
    let desk = format!("/desk/q/{}", questionnaire.slug);
    fill_example(&app.service, questionnaire).await.unwrap();
    desk
}

#[actix_web::test]
async fn every_open_answer_can_be_read_and_searched() {
    let app = TestApp::signed_in().await;
    let desk = example(&app).await;
    let all = page(&app, &format!("{desk}/responses")).await;
    assert_eq!(all.texts("h1"), ["60 responses"]);
    assert_eq!(all.texts("article.entry").len(), 50);
    let found = page(&app, &format!("{desk}/responses?q=SYNTHETIC")).await;
    let entries = found.texts("article.entry");
    assert!(!entries.is_empty() && entries.len() < 50, "{}", entries.len());
    for entry in &entries {
        assert!(entry.to_lowercase().contains("synthetic"), "{entry}");
    }
    assert!(found.texts("article.entry mark").iter().all(|m| m.eq_ignore_ascii_case("synthetic")));
    let none = page(&app, &format!("{desk}/responses?q=zzzzzz")).await;
    assert!(none.texts("main").join(" ").contains("No answer holds “zzzzzz”"));
    let one = all.attributes("article.entry a", "href");
    assert!(page(&app, &one[0]).await.texts("main").join(" ").contains("made-up example"));
}

#[actix_web::test]
async fn a_search_from_filtered_results_looks_at_those_responses_only() {
    let app = TestApp::signed_in().await;
    let desk = example(&app).await;
    let results = page(&app, &format!("{desk}/insight?language=zh&group=A")).await;
    let kept: Vec<_> = results
        .attributes("form.search input[type=hidden]", "name")
        .into_iter()
        .zip(results.attributes("form.search input[type=hidden]", "value"))
        .collect();
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(kept, [pair("language", "zh"), pair("group", "A")]);

    let count = |found: &Page| {
        let said = found.texts("p[role=status]").join(" ");
        // None: "No answer holds …" stands there instead.
        said.split(' ').next().and_then(|number| number.parse::<usize>().ok()).unwrap_or(0)
    };
    let of = |query: &str| format!("{desk}/responses?q=%E6%95%B0%E6%8D%AE{query}");
    let everybodys = page(&app, &of("")).await;
    let chinese = page(&app, &of("&language=zh")).await;
    let english = page(&app, &of("&language=en")).await;
    assert!(count(&chinese) > 0 && count(&english) < count(&everybodys));
    assert_eq!(count(&chinese) + count(&english), count(&everybodys));
    assert!(chinese.words().contains("Only: Language: "));
    let whole = chinese.attributes("main p a[href*=responses]", "href");
    assert!(whole.iter().any(|href| href.ends_with("/responses?q=%E6%95%B0%E6%8D%AE#answers")));
}

#[actix_web::test]
async fn every_quote_is_a_piece_of_an_answer() {
    let app = TestApp::signed_in().await;
    let desk = example(&app).await;
    let insight = page(&app, &format!("{desk}/insight")).await;
    let quotes = insight.texts("blockquote.quote p");
    let links = insight.attributes("blockquote.quote footer a", "href");
    assert!(quotes.len() >= 10 && quotes.len() == links.len(), "{} quotes", quotes.len());
    for (quote, link) in quotes.iter().zip(links).take(40) {
        let answer = page(&app, &link).await.texts("dl.answers dd").join(" ");
        assert!(answer.contains(quote.as_str()), "{quote} is not in {answer}");
    }
}

#[actix_web::test]
async fn the_brief_says_what_it_rests_on() {
    let app = TestApp::signed_in().await;
    let desk = example(&app).await;
    let brief = page(&app, &format!("{desk}/brief")).await;
    assert!(brief.texts("main").join(" ").contains("60 people answered"));
    let sentences = brief.texts("article.brief .sentence > p").len();
    assert!(sentences > 10, "{sentences} sentences");
    assert_eq!(brief.texts("article.brief .sentence summary").len(), sentences);
}

#[actix_web::test]
async fn the_example_can_be_filled_from_the_desk() {
    let app = TestApp::signed_in().await;
    let organizer = sign_in::first_organizer(&app.service).await.unwrap();
    let questionnaire = bring_example(&app.service, organizer).await.unwrap();
    let desk = format!("/desk/q/{}", questionnaire.slug);
    let overview = page(&app, &desk).await;
    let filled = app.submit(&overview.form_with_button("Fill it with 60 made-up answers")).await;
    assert_eq!(filled.location(), format!("{desk}/insight"));
    let insight = page(&app, &filled.location()).await.texts("main").join(" ");
    assert!(insight.contains("Made from 60 responses. 60 of them are made-up examples."));
    let again = page(&app, &desk).await;
    assert!(!again.texts("button").contains(&"Fill it with 60 made-up answers".to_owned()));
}

#[actix_web::test]
async fn a_file_that_holds_no_text_is_not_taken_for_an_article() {
    let app = TestApp::signed_in().await;
    let picture: Vec<u8> =
        (0..4000u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    let file = reqwest::multipart::Part::bytes(picture).file_name("photo.md");
    let form = reqwest::multipart::Form::new().text("text", "").part("file", file);
    let sent = app.client.post(app.url("/desk/new")).header("sec-fetch-site", "same-origin");
    let answer = app.send(sent.multipart(form)).await;
    assert_eq!(answer.status, 422);
    assert!(answer.texts("main").join(" ").contains("This is no text that we can read"));
    assert!(page(&app, "/desk").await.texts("main").join(" ").contains("Nothing here yet"));
}
