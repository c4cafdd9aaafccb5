//! Webhooks: told once, signed, tried again, and silent about who answered.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use chrono::TimeDelta;
use colloquy::acts::choose_mode::choose_mode;
use colloquy::acts::choose_options::{Chosen, choose_options};
use colloquy::acts::publish_questionnaire::{close_due, close_questionnaire};
use colloquy::acts::set_up_webhook::{Wish, make_webhook};
use colloquy::domain::status::Mode;
use colloquy::domain::webhook::Event;
use colloquy::jobs::webhooks::tell_due;
use colloquy::store::questionnaires::Questionnaire;
use colloquy::store::webhooks::{self, Webhook, notices};

use super::receiver::{Heard, Receiver};
use crate::support::{TestApp, open};

/// A service that may tell programs on this machine.
async fn spawn() -> TestApp {
    TestApp::spawn_with(|settings| {
        settings.fetch.networks = vec!["127.0.0.0/8".parse().unwrap()];
        settings.fetch.ports = vec![];
    })
    .await
}

async fn hook(app: &TestApp, of: &Questionnaire, receiver: &Receiver) -> Webhook {
    let wish = Wish { address: receiver.address.clone(), events: Event::ALL.to_vec() };
    make_webhook(&app.service, of, &wish).await.unwrap().unwrap()
}

/// Answers the one question; the path of the receipt.
async fn answer(app: &TestApp, of: &Questionnaire, text: &str) -> String {
    let mut form = app.page(&format!("/q/{}", of.slug)).await.form("form#answers");
    form.set("a.q1", text);
    app.submit(&form).await.location()
}

/// What the library of the specification takes for signed with this secret: the types.
fn judged(secret: &str, heard: &[Heard]) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut judge = Command::new(root.join("target/judges/bin/python3"))
        .arg(root.join("tests/judges/webhook.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("tests/run gets the judge");
    let mut input = judge.stdin.take().unwrap();
    for one in heard {
        let line = serde_json::json!({
            "secret": secret, "headers": one.headers, "body": one.body
        });
        writeln!(input, "{line}").unwrap();
    }
    drop(input);
    let said = judge.wait_with_output().unwrap();
    assert!(said.status.success(), "the judge takes them for forged");
    String::from_utf8(said.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[actix_web::test]
async fn everything_that_happens_is_told_once_and_signed_as_others_check_it() {
    let app = spawn().await;
    app.sign_in().await;
    let receiver = Receiver::start().await;
    let of = app.published(&[open("Why?")]).await;
    let desk = format!("/desk/q/{}/webhooks", of.slug);
    let nothing = app.post_form(&desk, &[("address", "ftp://x"), ("event", "test")]).await;
    assert_eq!((nothing.status, nothing.texts(".problem").len()), (422, 2));
    let mut fields = vec![("address", receiver.address.as_str())];
    fields.extend(Event::ALL.map(|event| ("event", event.word())));
    let page = app.post_form(&desk, &fields).await.location();
    let secret = app.page(&page).await.texts("details code")[0].clone();

    let receipt = answer(&app, &of, "Because.").await;
    let mut form = app.page(&format!("{receipt}/change")).await.form("form#answers");
    form.set("a.q1", "Because of it.");
    assert_eq!(app.submit(&form).await.status, 303);
    // The very same once more is nothing new.
    assert_eq!(app.submit(&form).await.status, 303);
    close_questionnaire(&app.service, of.clone()).await.unwrap();
    app.post_form(&page, &[("then", "try")]).await;
    let heard = receiver.heard(4).await;
    let mut told = judged(&secret, &heard);
    told.sort();
    assert_eq!(told, ["questionnaire.closed", "response.changed", "response.submitted", "test"]);
    for one in &heard {
        let said = one.json();
        assert_eq!(said["data"]["questionnaire"], of.slug.as_str());
        assert!(!one.body.contains("Because"), "{}", one.body);
        assert!(one.headers["webhook-id"].starts_with("msg_"));
    }

    // A new secret: both sign for a day, then the new one alone.
    app.post_form(&page, &[("then", "rotate")]).await;
    let newer = app.page(&page).await.texts("details code")[0].clone();
    assert_ne!(newer, secret);
    app.post_form(&page, &[("then", "try")]).await;
    let both = receiver.heard(5).await.split_off(4);
    assert_eq!((judged(&secret, &both).len(), judged(&newer, &both).len()), (1, 1));
    app.service.clock.advance(TimeDelta::hours(25));
    app.post_form(&page, &[("then", "try")]).await;
    let alone = receiver.heard(6).await.split_off(5);
    assert_eq!(judged(&newer, &alone), ["test"]);
    assert_eq!(alone[0].headers["webhook-signature"].split(' ').count(), 1);

    // What is erased is forgotten here too: only that it was erased is told.
    let mut erased =
        app.page(&format!("{receipt}/erase")).await.form_with_button("Erase everything");
    assert_eq!(app.submit(erased.set("sure", "yes")).await.status, 200);
    let last = receiver.heard(7).await.split_off(6);
    assert_eq!(last[0].event(), "response.erased");
    let kept = app.page(&page).await.texts("th code");
    assert_eq!(kept.iter().filter(|event| event.starts_with("response")).count(), 1, "{kept:?}");
}

#[actix_web::test]
async fn who_does_not_answer_is_tried_eight_times_then_switched_off_and_the_organizer_is_told() {
    let app = spawn().await;
    app.sign_in().await;
    app.post_form("/desk/account", &[("name", "Ada"), ("address", "ada@example.org")]).await;
    let receiver = Receiver::start().await;
    receiver.answer(500);
    let of = app.published(&[open("Why?")]).await;
    let hook = hook(&app, &of, &receiver).await;
    answer(&app, &of, "Because.").await;
    receiver.heard(1).await;
    for (attempt, hours) in (2..).zip([1, 1, 1, 3, 6, 11, 11]) {
        // The worker writes the attempt down before the clock moves on.
        while last(&app, &hook).await.attempts < attempt - 1 {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        app.service.clock.advance(TimeDelta::hours(hours));
        receiver.heard(usize::try_from(attempt).unwrap()).await;
    }
    let desk = format!("/desk/q/{}/webhooks/{}", of.slug, hook.id);
    let page = loop {
        let page = app.page(&desk).await;
        if !page.texts(".warning").is_empty() {
            break page;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    };
    assert!(page.texts(".warning")[0].contains("status 500"));
    let mails = app.page("/desk/outbox").await.words();
    assert!(mails.contains("A webhook of “An article” was switched off"), "{mails}");
    let ids: std::collections::BTreeSet<String> =
        receiver.heard(8).await.iter().map(|one| one.headers["webhook-id"].clone()).collect();
    assert_eq!(ids.len(), 1, "the same notice has the same name each time");

    // Nothing is told while it is off; what it was not told can be sent again.
    close_questionnaire(&app.service, of.clone()).await.unwrap();
    assert_eq!(tell_due(&app.service).await.unwrap(), 0);
    receiver.answer(204);
    app.post_form(&desk, &[("then", "on")]).await;
    let id = last(&app, &hook).await.id.to_string();
    app.post_form(&desk, &[("then", "again"), ("notice", &id)]).await;
    assert_eq!(receiver.heard(9).await[8].event(), "response.submitted");
}

#[actix_web::test]
async fn a_questionnaire_that_closes_by_its_time_is_told_of_once_whoever_notices_it() {
    let app = spawn().await;
    app.sign_in().await;
    let receiver = Receiver::start().await;
    let of = app.published(&[open("Why?")]).await;
    let hook = hook(&app, &of, &receiver).await;
    let closes_at = Some(app.service.clock.now() + TimeDelta::hours(2));
    let chosen = Chosen { closes_at, ..Chosen::of(&of) };
    choose_options(&app.service, of.clone(), chosen).await.unwrap();
    let url = app.service.settings.database.url.clone();
    let other = TestApp::spawn_with(|settings| {
        settings.database.url = url;
        settings.fetch.networks = vec!["127.0.0.0/8".parse().unwrap()];
        settings.fetch.ports = vec![];
    })
    .await;
    let told = async || {
        let told = notices::last_of(app.service.store.read(), hook.id, 9).await.unwrap();
        told.into_iter().filter(|one| one.event == "questionnaire.closed").count()
    };
    app.service.clock.advance(TimeDelta::minutes(119));
    assert_eq!((close_due(&app.service).await.unwrap(), told().await), (0, 0), "a minute is left");
    for node in [&app, &other] {
        node.service.clock.advance(TimeDelta::minutes(121));
    }
    let (one, two) = tokio::join!(close_due(&app.service), close_due(&other.service));
    // Their own watches may have come before; nobody comes twice.
    assert!(one.unwrap() + two.unwrap() <= 1);
    let heard = receiver.heard(1).await;
    assert_eq!(heard[0].event(), "questionnaire.closed");
    assert_eq!(heard[0].json()["data"]["questionnaire"], of.slug.as_str());
    for node in [&app, &other] {
        node.service.clock.advance(TimeDelta::hours(1));
        assert_eq!(close_due(&node.service).await.unwrap(), 0);
    }
    assert_eq!(told().await, 1);
    assert_eq!(receiver.heard(1).await.len(), 1);
}

async fn last(app: &TestApp, hook: &Webhook) -> webhooks::Notice {
    notices::last_of(app.service.store.read(), hook.id, 1).await.unwrap().remove(0)
}

#[actix_web::test]
async fn what_a_process_had_in_hand_when_it_died_is_told_by_another_under_the_same_name() {
    let app = spawn().await;
    let receiver = Receiver::start().await;
    let of = app.published(&[open("Why?")]).await;
    let hook = hook(&app, &of, &receiver).await;
    // Claimed in the transaction that says so, before any worker has seen it.
    let now = app.service.clock.now();
    let tx = app.service.store.write().await.unwrap();
    webhooks::tell_test(&tx, &hook, "slug", "one", now).await.unwrap();
    let claimed = notices::claim(&tx, now).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(claimed.len(), 1);
    assert_eq!(tell_due(&app.service).await.unwrap(), 0, "somebody else has it");
    app.service.clock.advance(TimeDelta::minutes(3));
    let heard = receiver.heard(1).await;
    assert_eq!(heard[0].headers["webhook-id"], format!("msg_{}", claimed[0].1.id));
}

#[actix_web::test]
async fn of_anonymous_answers_nobody_is_told() {
    let app = spawn().await;
    app.sign_in().await;
    let receiver = Receiver::start().await;
    let of = app.published(&[open("Why?")]).await;
    let of = choose_mode(&app.service, of, Mode::Anonymous).await.unwrap().unwrap();
    let hook = hook(&app, &of, &receiver).await;
    for number in 0..6 {
        answer(&app, &of, &format!("Answer {number}")).await;
    }
    close_questionnaire(&app.service, of.clone()).await.unwrap();
    assert_eq!(receiver.heard(1).await[0].event(), "questionnaire.closed");
    app.service.clock.advance(TimeDelta::days(2));
    colloquy::jobs::mix::mix_due(&app.service).await.unwrap();
    assert_eq!(notices::last_of(app.service.store.read(), hook.id, 9).await.unwrap().len(), 1);
    let page = app.page(&format!("/desk/q/{}/webhooks", of.slug)).await;
    assert!(page.attributes("input[name=event]", "value").iter().all(|e| !e.starts_with("resp")));
}
