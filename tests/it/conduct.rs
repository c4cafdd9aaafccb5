//! What looks as if no person had written it is kept, and its organizer decides.

use chrono::TimeDelta;
use colloquy::store::questionnaires::Questionnaire;
use colloquy::store::responses;

use crate::support::{Form, TestApp, Visitor, open};

async fn guarded() -> (TestApp, Questionnaire) {
    let app = TestApp::spawn_with(|settings| settings.limits.form_seconds = 2).await;
    let of = app.published(&[open("Why?")]).await;
    (app, of)
}

async fn form(reader: &Visitor, of: &Questionnaire, text: &str) -> Form {
    let mut form = reader.page(&format!("/q/{}", of.slug)).await.form("form#answers");
    form.set("a.q1", text);
    form
}

async fn counted(app: &TestApp, of: &Questionnaire) -> usize {
    let db = app.service.store.read();
    let all = responses::all(db, of.id).await.unwrap().len();
    assert_eq!(responses::count(db, of.id).await.unwrap(), u64::try_from(all).unwrap());
    all
}

#[tokio::test]
async fn nobody_meets_the_field_that_only_scripts_fill_in() {
    let (app, of) = guarded().await;
    let page = app.page(&format!("/q/{}", of.slug)).await;
    let traps = page.attributes("form#answers div[hidden] input:not([type=hidden])", "name");
    assert_eq!(traps.len(), 1, "{traps:?}");
    let trap = format!("input[name='{}']", traps[0]);
    assert_eq!(page.attributes(&trap, "autocomplete"), ["off"]);
    assert_eq!(page.attributes(&trap, "tabindex"), ["-1"]);
}

#[tokio::test]
async fn what_is_sent_at_once_is_held_and_what_a_person_sends_counts() {
    let (app, of) = guarded().await;
    let fast = form(&app, &of, "Sent in an instant.").await;
    let sent = app.submit(&fast).await;
    // Its reader, if there is one, has a receipt all the same.
    assert!(app.page(&sent.location()).await.words().contains("Sent in an instant."));
    assert_eq!(counted(&app, &of).await, 0);

    let slow = form(&app, &of, "Thought about.").await;
    app.service.clock.advance(TimeDelta::seconds(2));
    assert_eq!(app.submit(&slow).await.status, 303);
    assert_eq!(counted(&app, &of).await, 1);

    // Two seconds are also over when a problem was corrected in a hurry.
    let mut empty = form(&app, &of, "").await;
    app.service.clock.advance(TimeDelta::seconds(30));
    let page = app.submit(&empty).await;
    assert_eq!(page.status, 422);
    empty = page.form("form#answers");
    assert_eq!(app.submit(empty.set("a.q1", "At last.")).await.status, 303);
    assert_eq!(counted(&app, &of).await, 2);
}

#[tokio::test]
async fn a_time_that_we_did_not_write_says_nothing() {
    let (app, of) = guarded().await;
    let honest = form(&app, &of, "An answer.").await;
    app.service.clock.advance(TimeDelta::minutes(5));
    let drawn = honest.get("form_drawn").unwrap().to_owned();
    let earlier = drawn.replacen(drawn.split('.').next().unwrap(), "1700000000", 1);
    for (number, forged) in ["", "1700000000", &earlier, "x.y"].into_iter().enumerate() {
        let mut form = form(&app, &of, &format!("Forged {number}")).await;
        assert_eq!(app.submit(form.set("form_drawn", forged)).await.status, 303);
    }
    // The time of one form does not speak for another.
    let mut other = form(&app, &of, "Borrowed").await;
    assert_eq!(app.submit(other.set("form_drawn", &drawn)).await.status, 303);
    assert_eq!(counted(&app, &of).await, 0);
    assert_eq!(app.submit(&honest).await.status, 303);
    assert_eq!(counted(&app, &of).await, 1);
}

#[tokio::test]
async fn who_has_a_receipt_changes_their_answers_as_fast_as_they_like() {
    let (app, of) = guarded().await;
    let first = form(&app, &of, "At first.").await;
    app.service.clock.advance(TimeDelta::seconds(60));
    let receipt = app.submit(&first).await.location();
    let mut change = app.page(&format!("{receipt}/change")).await.form("form#answers");
    assert_eq!(app.submit(change.set("a.q1", "At once.")).await.status, 303);
    assert_eq!(counted(&app, &of).await, 1);
    assert!(app.page(&receipt).await.words().contains("At once."));
}

#[tokio::test]
async fn the_organizer_decides_about_what_is_held() {
    let (app, of) = guarded().await;
    let mut bot = form(&app, &of, "Buy things.").await;
    app.service.clock.advance(TimeDelta::minutes(1));
    bot.set("form_rest", "http://things.example");
    assert_eq!(app.submit(&bot).await.status, 303);
    let quick = form(&app, &of, "I type fast.").await;
    assert_eq!(app.submit(&quick).await.status, 303);
    app.sign_in().await;
    let list = format!("/desk/q/{}/responses", of.slug);
    let page = app.page(&list).await;
    assert_eq!(page.texts("#held article").len(), 2, "{}", page.words());
    assert!(page.texts("h1")[0].contains("No responses"), "{:?}", page.texts("h1"));

    let decide = async |text: &str, decision: &str| {
        let page = app.page(&list).await;
        let articles = page.texts("#held article p.answer");
        let place = articles.iter().position(|of| of.contains(text)).unwrap();
        let action = page.attributes("#held article form", "action").remove(place);
        assert_eq!(app.post_form(&action, &[("decision", decision)]).await.status, 303);
    };
    decide("I type fast.", "count").await;
    decide("Buy things.", "leave").await;
    assert_eq!(counted(&app, &of).await, 1);
    let page = app.page(&list).await;
    assert_eq!(page.texts("#held article").len(), 1);
    assert!(page.texts("#held details article")[0].contains("Buy things."));
    assert!(page.texts("h1")[0].contains("1 response"));

    // Each can be decided again; what simply counts cannot be left out.
    decide("Buy things.", "count").await;
    assert_eq!(counted(&app, &of).await, 2);
    let slow = form(&app, &of, "Thought about.").await;
    app.service.clock.advance(TimeDelta::minutes(1));
    app.submit(&slow).await;
    let all = responses::all(app.service.store.read(), of.id).await.unwrap();
    let simply = all.last().unwrap().response.id;
    let path = format!("{list}/{simply}");
    assert_eq!(app.post_form(&path, &[("decision", "leave")]).await.status, 404);
    assert_eq!(counted(&app, &of).await, 3);

    // Another organizer decides nothing here.
    let other = app.another_organizer("other@example.org").await;
    assert_eq!(other.post_form(&path, &[("decision", "leave")]).await.status, 404);
}
