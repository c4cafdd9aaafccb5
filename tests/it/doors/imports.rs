//! Forms of other programs: looked at, then made.

use colloquy::domain::Document;
use colloquy::domain::status::{Mode, Status};
use colloquy::forms;
use colloquy::store::{documents, questionnaires, responses};
use reqwest::multipart::{Form, Part};

use crate::support::{Page, TestApp, every_kind};

fn sample(name: &str) -> Vec<u8> {
    let file = format!("{}/tests/data/forms/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(file).unwrap()
}

/// Chooses a file on the page and sends it.
async fn bring(app: &TestApp, name: &str, bytes: Vec<u8>) -> Page {
    let form = Form::new().part("file", Part::bytes(bytes).file_name(name.to_owned()));
    let sent = app.client.post(app.url("/desk/new/import")).header("sec-fetch-site", "same-origin");
    app.send(sent.multipart(form)).await
}

#[actix_web::test]
async fn a_form_is_looked_at_with_what_is_lost_and_then_becomes_a_draft() {
    let app = TestApp::signed_in().await;
    let shown = bring(&app, "survey.json", sample("survey.json")).await;
    assert_eq!(shown.status, 200, "{}", shown.words());
    assert!(shown.texts("h1")[0].starts_with("After the talk"));
    let notes = shown.texts("ul.notes li");
    assert!(
        notes.iter().any(|note| note.starts_with("photo: A question of the kind")),
        "{notes:?}"
    );
    let db = app.service.store.read();
    let made = app.submit(&shown.form_with_button("Make this questionnaire")).await.location();
    let slug = made.split('/').nth(3).unwrap().parse().unwrap();
    let of = questionnaires::by_slug(db, &slug).await.unwrap().unwrap();
    assert_eq!((of.status, of.title.as_str()), (Status::Draft, "After the talk"));
    let kept = documents::of(db, &of).await.unwrap();
    assert_eq!(kept.questions.len(), 12);
    assert_eq!(app.page(&made).await.status, 200);
    for name in ["lime.txt", "typeform.json"] {
        let page = bring(&app, name, sample(name)).await;
        assert!(page.words().contains("Nothing is kept yet"), "{name}");
    }
}

#[actix_web::test]
async fn answers_of_a_google_form_become_responses_that_say_where_they_come_from() {
    let app = TestApp::signed_in().await;
    let shown = bring(&app, "A talk (Responses).csv", sample("google.csv")).await;
    assert!(shown.words().contains("6 questions, 5 responses"), "{}", shown.words());
    assert!(!shown.text.contains("<script>alert(1)"));
    let made = app.submit(&shown.form_with_button("Make this questionnaire")).await.location();
    let slug = made.split('/').nth(3).unwrap().parse().unwrap();
    let db = app.service.store.read();
    let of = questionnaires::by_slug(db, &slug).await.unwrap().unwrap();
    assert_eq!(
        (of.status, of.mode, of.title.as_str()),
        (Status::Closed, Mode::Confidential, "A talk")
    );
    let given = responses::all(db, of.id).await.unwrap();
    assert_eq!(given.len(), 5);
    assert!(given.iter().all(|one| one.response.extras.contains("imported-row")));
    let mut days: Vec<String> =
        given.iter().map(|one| one.response.created_at.date_naive().to_string()).collect();
    days.sort();
    assert_eq!(days, ["2026-11-20", "2026-11-20", "2026-11-21", "2026-11-21", "2026-11-21"]);
    let insight = app.page(&made).await;
    assert!(insight.words().contains("Which surface matters most?"));
}

#[actix_web::test]
async fn what_is_no_form_is_said_to_be_none() {
    let app = TestApp::signed_in().await;
    for bytes in [
        &b"hello"[..],
        b"{\"pages\": [",
        b"PK\x03\x04",
        b"{\"colloquy\": 1, \"title\": \"<b>\", \"x\": 1}",
    ] {
        let page = bring(&app, "<script>x</script>.json", bytes.to_vec()).await;
        assert_eq!(page.status, 422);
        assert!(page.texts(".problem")[0].starts_with("Nothing was kept."), "{}", page.words());
        assert!(!page.text.contains("<script>x"));
    }
    assert_eq!(bring(&app, "x.json", vec![b'x'; 9 << 20]).await.status, 413);
}

#[actix_web::test]
async fn a_questionnaire_is_taken_along_as_a_document_and_for_survey_js() {
    let app = TestApp::signed_in().await;
    let of = app.published(&every_kind()).await;
    let desk = format!("/desk/q/{}", of.slug);
    let links = app.page(&format!("{desk}/exports")).await.attributes("ul.notes a", "href");
    let kept = documents::of(app.service.store.read(), &of).await.unwrap();
    assert_eq!(Document::parse(&app.page(&links[0]).await.text).unwrap(), kept);
    let survey = app.page(&links[1]).await.text;
    let again = forms::read(None, survey.as_bytes()).unwrap();
    // Points to share, times, and name and address are not in it.
    assert_eq!(again.document.questions.len(), kept.questions.len() - 3);
    let shown = bring(&app, "again.json", app.page(&links[0]).await.text.into_bytes()).await;
    assert!(shown.words().contains("Everything in it can be kept."));
}
