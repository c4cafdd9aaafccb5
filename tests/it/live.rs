//! Results that keep up: the stream, the pages that are drawn once for all, and how many were
//! reached.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use colloquy::acts::choose_mode::choose_mode;
use colloquy::acts::publish_questionnaire::close_questionnaire;
use colloquy::domain::status::Mode;
use colloquy::insight::{self, Insight, live};
use colloquy::jobs::reach::write_down;
use colloquy::store::questionnaires::{self, Questionnaire};
use colloquy::store::reach;
use reqwest::Response;
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::Value;

use crate::support::{Form, TestApp, Visitor, open};

/// One open page, as its script hears of news.
struct Stream {
    response: Response,
    heard: String,
}

impl Stream {
    async fn of(visitor: &Visitor, of: &Questionnaire) -> Self {
        let address = visitor.url(&format!("/desk/q/{}/insight/live", of.slug));
        let response = visitor.client.get(address).header("accept-encoding", "br, gzip");
        let response = response.send().await.unwrap();
        assert_eq!(response.status(), 200);
        Self { response, heard: String::new() }
    }

    /// The next event with its data; none: the stream has ended.
    async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((event, rest)) = self.heard.split_once("\n\n") {
                let named = event.strip_prefix("event: ").and_then(|e| e.split_once('\n'));
                let named = named.map(|(name, data)| (name.to_owned(), data.to_owned()));
                self.heard = String::from(rest);
                let Some((name, data)) = named else { continue };
                let data = data.strip_prefix("data:").unwrap().trim();
                return Some((name, serde_json::from_str(data).unwrap_or_default()));
            }
            let part = tokio::time::timeout(Duration::from_secs(5), self.response.chunk()).await;
            let part = part.expect("something is heard within five seconds").unwrap()?;
            self.heard.push_str(std::str::from_utf8(&part).unwrap());
        }
    }

    /// The first news that speak of so many responses, and how long that took.
    async fn hears_of(&mut self, responses: u64) -> (Value, Duration) {
        let began = Instant::now();
        loop {
            let (name, news) = self.next().await.expect("the stream goes on");
            assert_eq!(name, "results");
            if news["responses"] == responses {
                return (news, began.elapsed());
            }
        }
    }
}

/// Hears news until they are of this version: that somebody opened the form is written down
/// a moment later, and makes one of its own.
async fn hears_of_version(stream: &mut Stream, news: Value, version: &str) {
    let mut news = news;
    while news["version"] != version {
        news = stream.next().await.expect("the stream goes on").1;
    }
}

async fn answer(reader: &Visitor, of: &Questionnaire, text: &str) -> String {
    let mut form = reader.page(&format!("/q/{}", of.slug)).await.form("form#answers");
    let page = reader.submit(form.set("a.q1", text)).await;
    assert_eq!(page.status, 303, "{}", page.words());
    page.location()
}

fn results(of: &Questionnaire) -> String {
    format!("/desk/q/{}/insight", of.slug)
}

/// A second node on the same database.
async fn another_node(app: &TestApp) -> TestApp {
    let url = app.service.settings.database.url.clone();
    TestApp::spawn_with(|settings| settings.database.url = url).await
}

#[tokio::test]
async fn an_open_page_hears_of_an_answer_within_two_seconds() {
    let app = TestApp::signed_in().await;
    let of = app.published(&[open("Why?")]).await;
    let mut stream = Stream::of(&app, &of).await;
    assert_eq!(stream.response.headers()["content-type"], "text/event-stream; charset=utf-8");
    assert_eq!(stream.response.headers()["cache-control"], "no-store");
    let (_, before) = stream.next().await.unwrap();
    assert_eq!((&before["responses"], &before["late"]), (&0.into(), &0.into()));
    answer(&app.stranger(), &of, "Because of the trees.").await;
    let (news, took) = stream.hears_of(1).await;
    assert!(took < Duration::from_secs(2), "{took:?}");
    assert_ne!(news["version"], before["version"]);
    let page = app.page(&results(&of)).await;
    assert_eq!(page.attributes("#results", "data-live"), [format!("{}/live", results(&of))]);
    let version = page.attributes("#results", "data-version").concat();
    hears_of_version(&mut stream, news, &version).await;
    assert!(page.text.contains("Because of the trees."));
}

#[tokio::test]
async fn an_answer_that_another_node_took_is_heard_of_too() {
    let app = TestApp::signed_in().await;
    let of = app.published(&[open("Why?")]).await;
    let other = another_node(&app).await;
    let mut stream = Stream::of(&app, &of).await;
    stream.hears_of(0).await;
    answer(&other, &of, "Heard from afar.").await;
    let (news, took) = stream.hears_of(1).await;
    assert!(took < Duration::from_secs(2), "{took:?}");
    assert!(app.page(&results(&of)).await.text.contains("Heard from afar."));
    // Whoever comes back to the other node has nothing to fetch anew.
    other.sign_in().await;
    let mut there = Stream::of(&other, &of).await;
    let (seen, _) = there.hears_of(1).await;
    hears_of_version(&mut stream, news, seen["version"].as_str().unwrap()).await;
}

#[tokio::test]
async fn only_the_organizer_hears_and_only_while_signed_in() {
    let app = TestApp::signed_in().await;
    let of = app.published(&[open("Why?")]).await;
    let address = format!("{}/live", results(&of));
    assert_eq!(app.stranger().get(&address).await.status, 303);
    let another = app.another_organizer("another@example.org").await;
    assert_eq!(another.get(&address).await.status, 404);
    let mut stream = Stream::of(&app, &of).await;
    stream.hears_of(0).await;
    app.post_form("/sign-out", &[]).await;
    answer(&app.stranger(), &of, "Not for everybody.").await;
    assert_eq!(stream.next().await.map(|(name, _)| name).as_deref(), Some("end"));
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn open_pages_do_not_hold_up_a_service_that_stops() {
    let app = TestApp::signed_in().await;
    let of = app.published(&[open("Why?")]).await;
    let mut stream = Stream::of(&app, &of).await;
    stream.hears_of(0).await;
    let began = Instant::now();
    app.stop().await;
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn one_task_looks_for_all_who_watch_and_none_when_they_have_gone() {
    let app = TestApp::signed_in().await;
    let of = app.published(&[open("Why?")]).await;
    let first = live::watch(&app.service, of.id);
    let second = live::watch(&app.service, of.id);
    drop((first, second));
    // The task has ended, and another one begins.
    tokio::time::sleep(Duration::from_millis(1500)).await;
    let mut again = live::watch(&app.service, of.id);
    answer(&app, &of, "Once more.").await;
    let heard = again.wait_for(|news| news.as_ref().is_some_and(|news| news.responses == 1));
    tokio::time::timeout(Duration::from_secs(2), heard).await.unwrap().unwrap();
}

/// Asks for a page that counts how often it is drawn.
async fn drawn(app: &TestApp, of: &Questionnaire, name: &str, count: &Arc<AtomicUsize>) -> String {
    let count = count.clone();
    let draw = move |insight: Arc<Insight>| {
        count.fetch_add(1, Ordering::SeqCst);
        insight.material.voices.len().to_string()
    };
    live::drawn(&app.service, of, name, draw).await.unwrap().to_string()
}

#[tokio::test]
async fn a_page_is_drawn_once_for_all_who_look_and_anew_after_an_answer() {
    let app = TestApp::spawn().await;
    let of = app.published(&[open("Why?")]).await;
    let (all, some) = (Arc::default(), Arc::default());
    let both = || async {
        tokio::join!(drawn(&app, &of, "", &all), drawn(&app, &of, "", &all));
        drawn(&app, &of, "language=en", &some).await
    };
    assert_eq!(both().await, "0");
    both().await;
    assert_eq!((all.load(Ordering::SeqCst), some.load(Ordering::SeqCst)), (1, 1));
    answer(&app, &of, "Because.").await;
    assert_eq!(both().await, "1");
    assert_eq!((all.load(Ordering::SeqCst), some.load(Ordering::SeqCst)), (2, 2));
}

#[tokio::test]
async fn a_page_that_fails_is_drawn_by_the_next_who_asks() {
    let app = TestApp::spawn().await;
    let of = app.published(&[open("Why?")]).await;
    let failing = live::drawn(&app.service, &of, "", |_| panic!("no page"));
    assert!(failing.await.is_err());
    assert_eq!(drawn(&app, &of, "", &Arc::default()).await, "0");
}

#[tokio::test]
async fn what_is_erased_is_on_no_page_any_more_here_and_on_other_nodes() {
    let app = TestApp::signed_in().await;
    let of = app.published(&[open("Why?")]).await;
    let other = another_node(&app).await;
    other.sign_in().await;
    let receipt = answer(&app, &of, "Quetzal in the canopy.").await;
    answer(&app.stranger(), &of, "Somebody else.").await;
    for node in [&app, &other] {
        assert!(node.page(&results(&of)).await.text.contains("Quetzal"));
    }
    let mut ask = app.page(&format!("{receipt}/erase")).await.form_with_button("Erase everything");
    assert_eq!(app.submit(ask.set("sure", "yes")).await.status, 200);
    for node in [&app, &other] {
        let page = node.page(&results(&of)).await;
        assert!(!page.text.contains("Quetzal") && page.text.contains("Somebody else."));
    }
}

#[tokio::test]
async fn what_is_brought_up_to_date_is_what_is_read_anew() {
    let app = TestApp::spawn().await;
    let of = app.published(&[open("Why?")]).await;
    let told = |insight: &Insight| format!("{:?}", insight.material.voices);
    let mut receipts = vec![];
    for round in 0..6 {
        // One who came later, by a clock that goes slow.
        app.service.clock.advance(TimeDelta::seconds(if round == 3 { -20 } else { 45 }));
        receipts.push(answer(&app, &of, &format!("Thought {round}.")).await);
        let mut change = app.page(&format!("{}/change", receipts[0])).await.form("form#answers");
        app.submit(change.set("a.q1", &format!("Second thought {round}."))).await;
        let known = insight::now(&app.service, &of).await.unwrap();
        assert_eq!(known.material.voices.len(), receipts.len());
        let fresh = another_node(&app).await;
        assert_eq!(told(&known), told(&insight::now(&fresh.service, &of).await.unwrap()));
        assert!(known.material.voices.is_sorted_by_key(|v| (v.response.created_at, v.response.id)));
    }
}

/// Opened, begun, by day.
async fn reached(app: &TestApp, of: &Questionnaire) -> Vec<(String, u64, u64)> {
    write_down(&app.service).await.unwrap();
    let reach = reach::of(app.service.store.read(), of.id).await.unwrap();
    reach.days.iter().map(|(day, opened, begun)| (day.to_string(), *opened, *begun)).collect()
}

#[tokio::test]
async fn opened_begun_finished_and_late_are_counted() {
    let app = TestApp::signed_in().await;
    let of = app.published(&[open("Why?")]).await;
    let path = format!("/q/{}", of.slug);
    let reader = app.stranger();
    let page = reader.page(&path).await;
    let begun = page.attributes("form#answers", "data-begun");
    assert_eq!(begun, [format!("{path}/begun")]);
    assert_eq!(reached(&app, &of).await, [("2026-11-23".to_owned(), 1, 0)]);
    assert_eq!(reader.post_raw(&begun[0], String::new()).await.status, 204);
    assert_eq!(reached(&app, &of).await, [("2026-11-23".to_owned(), 1, 1)]);

    // Nobody has opened it: the organizer's looks, a browser that fetches ahead, the form in
    // another language.
    app.page(&path).await;
    app.page(&format!("/desk/q/{}/preview", of.slug)).await;
    let ahead = reader.client.get(reader.url(&path)).header("sec-purpose", "prefetch");
    reader.send(ahead).await;
    let again = reader.client.get(reader.url(&format!("{path}?lang=zh")));
    reader.send(again.header("sec-fetch-site", "same-origin")).await;
    assert_eq!(reached(&app, &of).await, [("2026-11-23".to_owned(), 1, 1)]);

    // Without a script whoever sends has begun; once, however often the form is sent.
    app.service.clock.advance(TimeDelta::days(1));
    let quiet = app.stranger();
    let mut form = quiet.page(&path).await.form("form#answers");
    let form = form.set("a.q1", "Without a script.").clone();
    let sends = |form: &Form, accepts: &'static str| {
        let request = quiet.client.post(quiet.url(&form.action)).form(&form.fields);
        quiet.send(request.header("sec-fetch-site", "same-origin").header("accept", accepts))
    };
    for _ in 0..2 {
        assert_eq!(sends(&form, "text/html,*/*;q=0.8").await.status, 303);
    }
    // A script has told before.
    let mut form = quiet.page(&path).await.form("form#answers");
    let form = form.set("a.q1", "With one.").clone();
    assert_eq!(sends(&form, "*/*").await.status, 303);
    let days = reached(&app, &of).await;
    assert_eq!(days[1], ("2026-11-24".to_owned(), 2, 1));

    // What is late is told apart; a closed form is not opened.
    let mut late = quiet.page(&path).await.form("form#answers");
    close_questionnaire(&app.service, of.clone()).await.unwrap();
    app.service.clock.advance(TimeDelta::hours(25));
    assert_eq!(quiet.submit(late.set("a.q1", "Too late.")).await.status, 303);
    quiet.get(&path).await;
    quiet.post_raw(&begun[0], String::new()).await;
    write_down(&app.service).await.unwrap();
    let of = questionnaires::by_id(app.service.store.read(), of.id).await.unwrap().unwrap();
    let insight = insight::now(&app.service, &of).await.unwrap();
    let reach = &insight.reach;
    assert_eq!((reach.opened(), reach.begun()), (4, 2));
    assert_eq!((insight.material.voices.len(), insight.late), (2, 1));
}

#[tokio::test]
async fn what_several_nodes_count_adds_up_and_nothing_is_lost_while_the_database_refuses() {
    let app = TestApp::spawn().await;
    let of = app.published(&[open("Why?")]).await;
    let other = another_node(&app).await;
    let path = format!("/q/{}", of.slug);
    for node in [&app, &other, &other] {
        node.page(&path).await;
        write_down(&node.service).await.unwrap();
    }
    assert_eq!(reached(&app, &of).await, [("2026-11-23".to_owned(), 3, 0)]);
    let counted = app.service.reach.take();
    assert!(counted.is_empty());
    app.page(&path).await;
    let counted = app.service.reach.take();
    app.service.reach.put_back(counted);
    assert_eq!(reached(&app, &of).await, [("2026-11-23".to_owned(), 4, 0)]);
}

#[tokio::test]
async fn of_those_who_were_reached_nothing_is_kept_but_numbers_by_day() {
    let app = TestApp::spawn().await;
    let of = app.published(&[open("Why?")]).await;
    let of = choose_mode(&app.service, of, Mode::Anonymous).await.unwrap().unwrap();
    let page = app.page(&format!("/q/{}", of.slug)).await;
    // The same address for everybody, whatever link they came by.
    assert_eq!(page.attributes("form#answers", "data-begun"), [format!("/q/{}/begun", of.slug)]);
    for _ in 0..3 {
        app.post_raw(&format!("/q/{}/begun", of.slug), String::new()).await;
    }
    write_down(&app.service).await.unwrap();
    let db = app.service.store.read();
    let all = Statement::from_string(db.get_database_backend(), "SELECT * FROM reach");
    let rows = db.query_all_raw(all).await.unwrap();
    assert_eq!(rows.len(), 1);
    let mut columns = rows[0].column_names();
    columns.sort();
    assert_eq!(columns, ["begun", "day", "opened", "questionnaire_id"]);
    assert_eq!(reached(&app, &of).await, [("2026-11-23".to_owned(), 1, 3)]);
}

#[tokio::test]
async fn saying_that_one_has_begun_takes_nothing_from_the_budget_of_forms() {
    let app = TestApp::spawn_with(|settings| settings.limits.address_forms = 3).await;
    let of = app.published(&[open("Why?")]).await;
    let begun = format!("/q/{}/begun", of.slug);
    let mut told = vec![];
    for _ in 0..5 {
        told.push(app.post_raw(&begun, String::new()).await.status);
    }
    // And it has a budget of its own, or somebody could make up numbers for ever.
    assert_eq!(told, [204, 204, 204, 429, 429]);
    answer(&app, &of, "Still heard.").await;
}
