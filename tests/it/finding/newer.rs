//! A newer text of the article: what became of its questions, and what of that the form takes.

use colloquy::acts::bring_article::{bring_article, draft_of};
use colloquy::acts::publish_questionnaire::publish_questionnaire;
use colloquy::acts::save_questionnaire::save_questionnaire;
use colloquy::acts::sign_in;
use colloquy::article::{self, Format};
use colloquy::store::articles;
use colloquy::store::questionnaires::{self, Asked, Questionnaire};

use crate::support::{Page, TestApp};

const TEXT: &str = "# The new line\n\nThe old bridge is closed.\n\n## Open questions\n\n\
                    - Where should the line end?\n- Who pays for the new bridge, and when?\n\
                    - Is the old harbour kept?\n- How often do trains run?\n";
const NEWER: &str = "# The new line\n\nThe old bridge was pulled down on Monday.\n\n\
                     ## Open questions\n\n- How often do trains run?\n- Where should the line end?\n\
                     - Who pays for the new bridge, and until when?\n- What about ferries at night?\n";

/// An article with its questions on the form, open to readers or not.
async fn brought(app: &TestApp, open: bool) -> Questionnaire {
    let organizer = sign_in::first_organizer(&app.service).await.unwrap();
    let of = bring_article(&app.service, organizer, TEXT, Format::Markdown, false).await.unwrap();
    let mut found = article::candidates(&article::read(TEXT, Format::Markdown).unwrap());
    found.retain(|candidate| candidate.suggested);
    let edited = draft_of(&of, &found, app.service.clock.now());
    let of = save_questionnaire(&app.service, of, edited).await.unwrap();
    if !open {
        return of;
    }
    publish_questionnaire(&app.service, of).await.unwrap().unwrap()
}

/// The page that compares this text with the one that is there.
async fn compared(app: &TestApp, of: &Questionnaire, text: &str) -> Page {
    let address = format!("/desk/q/{}/article/newer", of.slug);
    let mut form = app.page(&address).await.form_with_button("Compare");
    address.clone_into(&mut form.action);
    form.fields.retain(|(name, _)| name != "file");
    let brought = app.submit(form.set("text", text)).await;
    assert_eq!(brought.status, 303, "{}", brought.text);
    app.page(&brought.location()).await
}

async fn asked(app: &TestApp, of: &Questionnaire) -> Vec<Asked> {
    questionnaires::asked(app.service.store.read(), of.id).await.unwrap()
}

async fn now(app: &TestApp, of: &Questionnaire) -> Questionnaire {
    questionnaires::by_slug(app.service.store.read(), &of.slug).await.unwrap().unwrap()
}

/// The prompt and the number of its wording, of each question that comes from the article.
fn prompts(asked: &[Asked]) -> Vec<(&str, i32)> {
    let asked = asked.iter().take_while(|asked| asked.wording.prompt.ends_with('?'));
    asked.map(|asked| (asked.wording.prompt.as_str(), asked.version)).take(4).collect()
}

#[actix_web::test]
async fn a_newer_text_says_what_became_of_the_questions_and_changes_none_by_itself() {
    let app = TestApp::signed_in().await;
    let of = brought(&app, true).await;
    let before = asked(&app, &of).await;
    let page = compared(&app, &of, NEWER).await;
    let said = page.words();
    for words in [
        "1 kept, 1 moved, 1 reworded, 1 new and 1 gone",
        "Before: Who pays for the new bridge, and when?",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    // Until it is taken, readers see the text that is there.
    let seen = app.page(&format!("/q/{}/article", of.slug)).await;
    assert!(seen.words().contains("The old bridge is closed."));

    // Published words are not ticked: nothing of the form changes.
    let taken = app.submit(&page.form_with_button("Use the newer text")).await;
    assert_eq!(taken.location(), format!("/desk/q/{}/article", of.slug));
    let after = asked(&app, &of).await;
    let words = |all: &[Asked]| {
        all.iter().map(|one| (one.wording.clone(), one.version)).collect::<Vec<_>>()
    };
    assert_eq!(words(&before), words(&after));
    let seen = app.page(&format!("/q/{}/article", of.slug)).await;
    assert!(seen.words().contains("The old bridge was pulled down on Monday."));

    // Each passage is where its question stands now; what is gone has none.
    let passages: Vec<Option<&str>> = after
        .iter()
        .take(4)
        .map(|one| one.passage.map(|(start, end)| NEWER.get(start..end).unwrap()))
        .collect();
    let there = [
        Some("Where should the line end?"),
        Some("Who pays for the new bridge, and until when?"),
        None,
        Some("How often do trains run?"),
    ];
    assert_eq!(passages, there);

    // The earlier text is kept; the page says so.
    let kept = articles::by_id(app.service.store.read(), now(&app, &of).await.article_id).await;
    let kept = kept.unwrap().unwrap();
    assert_eq!(kept.earlier_id, Some(of.article_id));
    let family = articles::family(app.service.store.read(), kept.id).await.unwrap();
    assert_eq!(family.len(), 2);
    let page = app.page(&format!("/desk/q/{}/article", of.slug)).await;
    assert!(page.words().contains("the newest of 2"), "{}", page.words());
}

#[actix_web::test]
async fn what_is_taken_of_a_published_question_is_a_further_wording() {
    let app = TestApp::signed_in().await;
    let of = brought(&app, true).await;
    let page = compared(&app, &of, NEWER).await;
    let boxes = page.attributes("input[name=take]", "value");
    assert_eq!(boxes.len(), 2, "{boxes:?}");
    let fields: Vec<(&str, &str)> = boxes.iter().map(|key| ("take", key.as_str())).collect();
    let taken = app.post_form(&page.path, &fields).await;
    assert_eq!(taken.location(), format!("/desk/q/{}/questionnaire", of.slug));
    let after = asked(&app, &of).await;
    let wanted = [
        ("Where should the line end?", 1),
        ("Who pays for the new bridge, and until when?", 2),
        ("Is the old harbour kept?", 1),
        ("How often do trains run?", 1),
    ];
    assert_eq!(prompts(&after), wanted);
    let new =
        after.iter().find(|one| one.wording.prompt == "What about ferries at night?").unwrap();
    assert_eq!(
        new.passage.map(|(start, end)| NEWER.get(start..end).unwrap()),
        Some("What about ferries at night?")
    );
    // Sent again, it is there already.
    let again = app.post_form(&page.path, &fields).await;
    assert_eq!(again.location(), format!("/desk/q/{}/article", of.slug));
    assert_eq!(asked(&app, &of).await, after);
}

#[actix_web::test]
async fn a_text_that_another_one_has_replaced_meanwhile_is_not_taken() {
    let app = TestApp::signed_in().await;
    let of = brought(&app, false).await;
    let first = compared(&app, &of, NEWER).await;
    let second = compared(&app, &of, &NEWER.replace("Monday", "Tuesday")).await;
    // In a draft what changed is ticked.
    assert_eq!(second.form_with_button("Use the newer text").fields.len(), 2);
    app.submit(&second.form_with_button("Use the newer text")).await.location();
    let late = app.submit(&first.form_with_button("Use the newer text")).await;
    assert_eq!(late.status, 404);
    let article = articles::by_id(app.service.store.read(), now(&app, &of).await.article_id).await;
    assert!(article.unwrap().unwrap().body.contains("Tuesday"));
    // The same text once more is none.
    let mut form =
        app.page(&format!("/desk/q/{}/article/newer", of.slug)).await.form_with_button("Compare");
    form.fields.retain(|(name, _)| name != "file");
    form.action = format!("/desk/q/{}/article/newer", of.slug);
    let same = app.submit(form.set("text", &NEWER.replace("Monday", "Tuesday"))).await;
    assert!(same.words().contains("letter for letter"), "{}", same.words());
}
