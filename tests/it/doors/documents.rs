//! A questionnaire as one document: out, in again, changed.

use colloquy::acts::make_questionnaire::{Refused, make_questionnaire, save_document};
use colloquy::acts::publish_questionnaire::publish_questionnaire;
use colloquy::acts::sign_in;
use colloquy::domain::Document;
use colloquy::domain::document::DocumentQuestion;
use colloquy::domain::status::Mode;
use colloquy::store::{documents, questionnaires};
use serde_json::json;

use crate::support::{TestApp, every_kind};

fn with(questions: serde_json::Value) -> Document {
    Document::read(json!({ "colloquy": 1, "title": "What next?", "questions": questions })).unwrap()
}

#[actix_web::test]
async fn a_questionnaire_of_every_kind_goes_through_a_document_unchanged() {
    let app = TestApp::spawn().await;
    let organizer = sign_in::first_organizer(&app.service).await.unwrap();
    let of = app.published(&every_kind()).await;
    let read = app.service.store.read();
    let document = documents::of(read, &of).await.unwrap();
    assert!(document.article.is_some());
    let text = serde_json::to_string_pretty(&document).unwrap();
    let again = Document::parse(&text).unwrap();
    assert_eq!(again, document);
    let made = make_questionnaire(&app.service, organizer, again, None).await.unwrap().unwrap();
    assert_ne!(made.slug, of.slug);
    assert_eq!(documents::of(read, &made).await.unwrap(), document);
}

#[actix_web::test]
async fn a_questionnaire_without_an_article_is_answered_without_a_way_to_one() {
    let app = TestApp::spawn().await;
    let organizer = sign_in::first_organizer(&app.service).await.unwrap();
    let document = with(json!([
        { "key": "which", "kind": "single", "prompt": "Which first?", "options": ["Work", "School"] },
        { "kind": "open", "prompt": "Why?", "shown_if": { "question": "which", "any_of": ["o1"] } },
    ]));
    let slug = Some("plain".parse().unwrap());
    let made = make_questionnaire(&app.service, organizer, document.clone(), slug.clone()).await;
    let made = made.unwrap().unwrap();
    let taken = make_questionnaire(&app.service, organizer, document, slug).await.unwrap();
    assert_eq!(taken, Err(Refused::Taken));
    publish_questionnaire(&app.service, made).await.unwrap().unwrap();
    let form = app.page("/q/plain").await;
    assert_eq!(form.texts("h1"), ["What next?"]);
    assert!(form.attributes("a", "href").iter().all(|href| !href.contains("/article")));
    assert_eq!(app.get("/q/plain/article").await.status, 404);
    let db = app.service.store.read();
    let of = questionnaires::by_slug(db, &"plain".parse().unwrap()).await.unwrap().unwrap();
    let kept = documents::of(db, &of).await.unwrap();
    assert_eq!(kept.questions[1].wording.shown_if.as_ref().unwrap().question, "q1");
}

#[actix_web::test]
async fn a_changed_document_makes_further_wordings_and_keeps_what_was_answered() {
    let app = TestApp::spawn().await;
    let of = app.published(&every_kind()).await;
    let read = app.service.store.read();
    let before = documents::of(read, &of).await.unwrap();
    let print = before.print();
    let same = save_document(&app.service, of.clone(), before.clone(), Some(&print)).await;
    assert!(!same.unwrap().unwrap().changed);

    let mut changed = before.clone();
    changed.questions[1].wording.prompt = "Which surface matters?".to_owned();
    changed.questions[1].wording.kind.lines_mut().unwrap().0.remove(2);
    let gone = changed.questions.remove(2).key.unwrap();
    changed.questions.push(DocumentQuestion::from(crate::support::open("Anything else?")));
    let saved = save_document(&app.service, of.clone(), changed.clone(), Some(&print)).await;
    assert!(saved.unwrap().unwrap().changed);
    let late = save_document(&app.service, of.clone(), changed, Some(&print)).await.unwrap();
    assert_eq!(late.unwrap_err(), Refused::Changed);

    let asked = questionnaires::all_asked(read, of.id).await.unwrap();
    let second = asked.iter().find(|asked| asked.key == "q2").unwrap();
    assert_eq!((second.version, second.wording.kind.lines().len()), (2, 2));
    let off = asked.iter().find(|asked| asked.key == gone).unwrap();
    assert_eq!(off.position, None);
    assert!(asked.iter().any(|asked| asked.key == "q13" && asked.position == Some(11)));
    let others = asked.iter().filter(|asked| asked.key != "q2");
    assert!(others.map(|asked| asked.version).all(|version| version == 1));

    // What a published questionnaire must not become is refused, and nothing of it is kept.
    let now = documents::of(read, &of).await.unwrap();
    let mut anonymous = now.clone();
    anonymous.mode = Mode::Anonymous;
    anonymous.title = "Another title".to_owned();
    let refused = save_document(&app.service, of.clone(), anonymous, None).await.unwrap();
    assert!(refused.unwrap_err().to_string().contains("name and address"));
    let mut foreign = now.clone();
    foreign.language = "zh".to_owned();
    assert!(save_document(&app.service, of.clone(), foreign, None).await.unwrap().is_err());
    let present = questionnaires::by_id(read, of.id).await.unwrap().unwrap();
    assert_eq!(documents::of(read, &present).await.unwrap(), now);
}

#[actix_web::test]
async fn a_copy_has_everything_but_the_answers() {
    let app = TestApp::signed_in().await;
    let of = app.published(&every_kind()).await;
    let before = documents::of(app.service.store.read(), &of).await.unwrap();
    let copied = app.page(&format!("/desk/q/{}", of.slug)).await.form_with_button("Make a copy");
    let page = app.submit(&copied).await.location();
    let slug = page.split('/').nth(3).unwrap().parse().unwrap();
    let db = app.service.store.read();
    let copy = questionnaires::by_slug(db, &slug).await.unwrap().unwrap();
    assert!(copy.published_at.is_none());
    let mut after = documents::of(db, &copy).await.unwrap();
    assert_eq!(after.title, "An article (copy)");
    after.title.clone_from(&before.title);
    assert_eq!(after, before);
    let other = app.another_organizer("other@example.org").await;
    assert_eq!(other.post_form(&format!("/desk/q/{}/duplicate", of.slug), &[]).await.status, 404);
}
