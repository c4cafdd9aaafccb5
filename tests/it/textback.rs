//! Whatever goes wrong after somebody has written: the text comes back, to be changed, sent again
//! and saved. This walks the statuses, each by a cause that can happen.

use base64::Engine as _;
use colloquy::domain::Slug;
use futures_util::future::join_all;
use sea_orm::ConnectionTrait as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::{Form, Page, TestApp, Visitor, open, statements};

/// An hour of writing, as it goes over the wire.
fn long() -> String {
    let piece = "一个小时的文字。 🙂👩‍👩‍👧‍👦 “Why?” <b>&amp;</b> 100% + more; é\r\n\r\nנוספת שורה\r\n";
    format!("\r\nIt begins.\r\n{}", piece.repeat(300))
}

/// The same as it stands in the text area.
fn typed() -> String {
    long().replace("\r\n", "\n")
}

/// A form that a reader has filled in.
async fn filled(reader: &Visitor, path: &str) -> Form {
    let mut form = reader.page(path).await.form("form#answers");
    form.set("a.q1", &long()).set("a.q2.s1", "agree");
    form
}

async fn questionnaire(app: &TestApp) -> (Slug, String) {
    let of = app.published(&[open("Why?"), statements(&["It grows."])]).await;
    (of.slug.clone(), format!("/q/{}", of.slug))
}

/// The text is in an editable field of a form that goes where it was sent, with everything else
/// that was sent; and it can be saved as it is.
async fn gives_back(app: &TestApp, page: &Page, status: u16, sent: &Form) {
    assert_eq!(page.status, status, "{}: {:?}", page.path, page.texts("h1"));
    let here = |what: &str| format!("{status} at {}: {what}", sent.action);
    let again = page.form("form:has(textarea)");
    assert_eq!(again.method, "post");
    assert_eq!(again.action, sent.action, "{}", here("the address"));
    let editable = page.attributes("textarea:not([readonly]):not([disabled])", "name");
    for (name, value) in &sent.fields {
        let value = value.replace("\r\n", "\n");
        // A name may stand there several times, each in its place.
        let all = |form: &Form| -> Vec<String> {
            let of_name = form.fields.iter().filter(|(of, _)| of == name);
            of_name.map(|(_, value)| value.replace("\r\n", "\n")).collect()
        };
        assert_eq!(all(&again), all(sent), "{}", here(name));
        if value == typed() {
            assert!(editable.contains(name), "{}", here("cannot be edited"));
            let id = page.attributes(&format!("textarea[name='{name}']"), "id").remove(0);
            assert_eq!(page.texts(&format!("label[for='{id}']")).len(), 1, "{}", here("label"));
        }
    }
    if status != 403 || sent.action.starts_with("/q/") {
        assert!(!page.texts("form:has(textarea) button.primary").is_empty(), "{}", here("button"));
    }
    let file = if let Some(link) = page.attributes("a[download]", "href").first() {
        let encoded = link.strip_prefix("data:text/plain;charset=utf-8;base64,").unwrap();
        let bytes = base64::engine::general_purpose::STANDARD.decode(encoded).unwrap();
        String::from_utf8(bytes).unwrap()
    } else {
        let action = page.attributes("button[formaction]", "formaction");
        assert_eq!(action, ["/text"], "{}", here("no way to save it"));
        let again = Form { action: action[0].clone(), multipart: false, ..again.clone() };
        let saved = app.submit(&again).await;
        assert_eq!(saved.status, 200);
        assert!(saved.header("content-disposition").starts_with("attachment"));
        assert_eq!(saved.header("content-type"), "text/plain; charset=utf-8");
        saved.text
    };
    assert!(file.contains(&typed()), "{}", here("the file is another"));
    assert!(page.texts("title")[0].starts_with("Error"), "{:?}", page.texts("title"));
    assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
}

/// What a socket answers to a form of which only a part comes.
async fn broken(app: &TestApp, form: &Form, keep_open: bool) -> Page {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.fields).finish();
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
        form.action,
        body.len() + 1000
    );
    let address = app.address.strip_prefix("http://").unwrap();
    let mut socket = TcpStream::connect(address).await.unwrap();
    socket.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    if !keep_open {
        socket.shutdown().await.unwrap();
    }
    let mut answer = vec![];
    socket.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8(answer).unwrap();
    let (head, text) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split_whitespace().nth(1).unwrap().parse().unwrap();
    let headers = head.lines().skip(1).filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
    Page { path: form.action.clone(), status, headers: headers.collect(), text: text.to_owned() }
}

#[tokio::test]
async fn a_form_that_breaks_off_or_takes_too_long_gives_back_what_came() {
    let app = TestApp::spawn_with(|settings| settings.server.body_idle_seconds = 1).await;
    let (_, path) = questionnaire(&app).await;
    let form = filled(&app, &path).await;
    gives_back(&app, &broken(&app, &form, false).await, 400, &form).await;
    gives_back(&app, &broken(&app, &form, true).await, 408, &form).await;
}

#[tokio::test]
async fn a_form_that_comes_from_elsewhere_gives_its_text_back() {
    let app = TestApp::spawn().await;
    let (_, path) = questionnaire(&app).await;
    let form = filled(&app, &path).await;
    let sent = app.client.post(app.url(&form.action)).header("sec-fetch-site", "cross-site");
    gives_back(&app, &app.send(sent.form(&form.fields)).await, 403, &form).await;

    // What another site wrote is not sent to the desk by a button of ours.
    let sent = app.client.post(app.url("/desk/account")).header("origin", "https://evil.example");
    let page = app.send(sent.form(&[("name", long())])).await;
    assert_eq!(page.status, 403);
    assert_eq!(page.texts_as_typed(), [typed()]);
    assert!(page.texts("button.primary").is_empty());
}

#[tokio::test]
async fn addresses_that_take_nothing_give_the_text_back() {
    let app = TestApp::spawn().await;
    let (_, path) = questionnaire(&app).await;
    let mut form = filled(&app, &path).await;
    app.sign_in().await;
    for (status, action) in [
        (404, "/nowhere/at-all?x=1"),
        (404, &format!("/desk{path}/responses/no-id")),
        (404, "/q/nobody-made-this"),
        (404, "/i/nobody"),
        (404, "/r/nobody/change"),
        (405, "/"),
        (405, &format!("{path}/article?lang=en")),
    ] {
        action.clone_into(&mut form.action);
        let page = app.submit(&form).await;
        gives_back(&app, &page, status, &form).await;
        if status == 405 {
            assert_eq!(page.header("allow"), "GET");
        }
    }
}

#[tokio::test]
async fn what_is_over_gives_the_text_back() {
    let app = TestApp::spawn().await;
    let (_, path) = questionnaire(&app).await;
    let mut form = filled(&app, &path).await;
    "/sign-in/a-link-of-last-year".clone_into(&mut form.action);
    gives_back(&app, &app.submit(&form).await, 410, &form).await;
}

#[tokio::test]
async fn a_form_that_is_too_large_gives_back_its_first_part_and_says_what_is_missing() {
    let app = TestApp::spawn_with(|settings| settings.server.body_limit = 300_000).await;
    let (_, path) = questionnaire(&app).await;
    let mut form = filled(&app, &path).await;
    let key = form.get("form_key").unwrap().to_owned();
    form.fields.retain(|(name, _)| name != "a.q2.s1");
    // The text is whole; what follows it is not.
    form.set("a.q9", &"字".repeat(100_000));
    let page = app.submit(&form).await;
    assert_eq!(page.status, 413);
    let [whole, part] = &page.texts_as_typed()[..] else { panic!("{}", page.words()) };
    assert_eq!(*whole, typed());
    assert!(part.len() > 10_000 && part.chars().all(|c| c == '字'), "{}", part.len());
    assert!(page.words().contains("thousand bytes"), "{}", page.words());
    let again = page.form("form#kept");
    assert_eq!((again.action.as_str(), again.get("form_key")), (&*form.action, Some(&*key)));
    assert!(page.attributes("a[download]", "href")[0].starts_with("data:text/plain"));
}

#[tokio::test]
async fn what_is_no_form_gives_its_text_back() {
    let app = TestApp::spawn().await;
    let (_, path) = questionnaire(&app).await;
    let form = filled(&app, &path).await;
    let own = || app.client.post(app.url(&form.action)).header("sec-fetch-site", "same-origin");

    let mut body = reqwest::multipart::Form::new();
    for (name, value) in &form.fields {
        body = body.text(name.clone(), value.clone());
    }
    let page = app.send(own().multipart(body)).await;
    gives_back(&app, &page, 415, &form).await;

    for kind in ["text/plain", "application/json", "text/plain; charset=utf-8"] {
        let page = app.send(own().header("content-type", kind).body(long())).await;
        let sent = Form { fields: vec![("text".to_owned(), long())], ..form.clone() };
        gives_back(&app, &page, 415, &sent).await;
    }

    // Sent again as it stands on that page, it is kept.
    let mut body = reqwest::multipart::Form::new();
    for (name, value) in &form.fields {
        body = body.text(name.clone(), value.clone());
    }
    let page = app.send(own().multipart(body)).await;
    let mut again = page.form("form#kept");
    again.multipart = false;
    assert_eq!(app.submit(&again).await.status, 303);
}

#[tokio::test]
async fn an_answer_that_has_to_change_can_be_saved_too() {
    let app = TestApp::spawn().await;
    let mut needed = open("And what else?");
    needed.required = true;
    let of = app.published(&[open("Why?"), statements(&["It grows."]), needed]).await;
    let form = filled(&app, &format!("/q/{}", of.slug)).await;
    let page = app.submit(&form).await;
    gives_back(&app, &page, 422, &form).await;
}

#[tokio::test]
async fn too_many_forms_from_one_network_are_given_back_until_there_is_room() {
    let app = TestApp::spawn_with(|settings| settings.limits.address_forms = 3).await;
    let (_, path) = questionnaire(&app).await;
    let form = filled(&app, &path).await;
    for _ in 0..3 {
        assert_eq!(app.submit(&form).await.status, 303);
    }
    let page = app.submit(&form).await;
    gives_back(&app, &page, 429, &form).await;
    let seconds: i64 = page.header("retry-after").parse().unwrap();
    assert!((1..=201).contains(&seconds), "{seconds}");
    // Nobody is kept from reading.
    assert_eq!(app.get(&path).await.status, 200);
    // Whoever says to be somebody else is not believed.
    let lied = app.client.post(app.url(&form.action)).header("x-forwarded-for", "9.9.9.9");
    assert_eq!(app.send(lied.form(&form.fields)).await.status, 429);

    app.service.clock.advance(chrono::TimeDelta::seconds(seconds));
    let sent = app.submit(&page.form("form#kept")).await;
    assert_eq!(sent.status, 303, "after {seconds}: {}", sent.header("retry-after"));
}

#[tokio::test]
async fn a_class_behind_one_address_is_taken_and_a_script_is_not() {
    let app = TestApp::spawn().await;
    let (_, path) = questionnaire(&app).await;
    let mut form = app.page(&path).await.form("form#answers");
    form.set("a.q1", "A short answer.");
    let pages = join_all((0..200).map(|_| app.submit(&form))).await;
    let others: Vec<_> = pages.iter().filter(|page| page.status != 303).collect();
    assert!(others.is_empty(), "{:?}", others.iter().map(|p| (p.status, p.words())).next());
    let pages = join_all((0..400).map(|_| app.submit(&form))).await;
    let taken = pages.iter().filter(|page| page.status == 303).count();
    assert_eq!(taken, 100);
}

#[tokio::test]
async fn a_personal_link_and_the_way_to_sign_in_have_limits_of_their_own() {
    let app = TestApp::spawn_with(|settings| {
        settings.limits.link_forms = 2;
        settings.limits.sign_in_mails = 2;
    })
    .await;
    let sent = [("a.q1", "An answer of some length.")];
    for status in [404, 404, 429] {
        assert_eq!(app.post_form("/i/a-link", &sent).await.status, status);
    }
    assert_eq!(app.post_form("/i/another-link", &sent).await.status, 404);
    // Mail programs that stop mails for their people come from few addresses.
    for _ in 0..5 {
        assert_eq!(app.post_form("/i/a-link/stop", &[]).await.status, 404);
    }
    for status in [200, 200, 429] {
        assert_eq!(
            app.post_form("/sign-in", &[("address", "ada@example.org")]).await.status,
            status
        );
    }
}

#[tokio::test]
async fn proxies_that_are_named_say_who_sends() {
    let app = TestApp::spawn_with(|settings| {
        settings.limits.address_forms = 1;
        settings.server.proxies = vec!["127.0.0.0/8".parse().unwrap()];
    })
    .await;
    let (_, path) = questionnaire(&app).await;
    let form = filled(&app, &path).await;
    let from = |hops: &'static str| {
        let own = app.client.post(app.url(&form.action)).header("x-forwarded-for", hops);
        app.send(own.header("sec-fetch-site", "same-origin").form(&form.fields))
    };
    assert_eq!(from("9.9.9.1").await.status, 303);
    assert_eq!(from("9.9.9.1").await.status, 429);
    assert_eq!(from("9.9.9.2").await.status, 303);
    assert_eq!(from("9.9.9.3, 9.9.9.2").await.status, 429);
}

/// A change to the database that no request of ours makes.
async fn execute(app: &TestApp, sql: &str) {
    let tx = app.service.store.write().await.unwrap();
    tx.execute_unprepared(sql).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_fault_of_ours_gives_the_text_back() {
    let app = TestApp::signed_in().await;
    let (_, path) = questionnaire(&app).await;
    let mut form = filled(&app, &path).await;
    "/i/somebody".clone_into(&mut form.action);
    execute(&app, "ALTER TABLE invitation RENAME TO invitation_gone").await;
    let page = app.submit(&form).await;
    gives_back(&app, &page, 500, &form).await;
    assert_eq!(page.texts("p > code").len(), 1, "a number to mention");
    assert!(!page.text.contains("invitation_gone") && !page.text.contains("table"));
}

#[tokio::test]
async fn a_database_that_is_closed_gives_the_text_back() {
    let app = TestApp::spawn().await;
    let (_, path) = questionnaire(&app).await;
    let mut form = filled(&app, &path).await;
    app.service.store.clone().close().await.unwrap();
    "/i/somebody".clone_into(&mut form.action);
    let page = app.submit(&form).await;
    gives_back(&app, &page, 503, &form).await;
    assert_eq!(page.header("retry-after"), "60");
    // Saving the text needs no database.
    let mut save = page.form("form#kept");
    "/text".clone_into(&mut save.action);
    assert!(app.submit(&save).await.text.contains(&typed()));
}

#[tokio::test]
async fn a_database_and_a_disk_that_refuse_give_the_text_back() {
    let app = TestApp::spawn().await;
    let (_, path) = questionnaire(&app).await;
    let form = filled(&app, &path).await;
    std::fs::write(app.home.path().join("spool"), "no folder").unwrap();
    app.service.store.clone().close().await.unwrap();
    let page = app.submit(&form).await;
    gives_back(&app, &page, 503, &form).await;
    assert_eq!(page.header("retry-after"), "60");
}

#[tokio::test]
async fn a_form_of_another_questionnaire_is_given_back() {
    let app = TestApp::spawn().await;
    let (_, path) = questionnaire(&app).await;
    let (_, other) = questionnaire(&app).await;
    let mut form = filled(&app, &path).await;
    assert_eq!(app.submit(&form).await.status, 303);
    form.action = form.action.replace(&path, &other);
    let page = app.submit(&form).await;
    // Its key is taken: with the new one on the page it is kept.
    form.fields.retain(|(name, _)| name != "form_key" && name != "form_drawn");
    gives_back(&app, &page, 409, &form).await;
    assert_eq!(app.submit(&page.form("form#answers")).await.status, 303);
}

#[tokio::test]
async fn a_full_disk_gives_the_organizers_text_back() {
    if std::env::var("TEST_POSTGRES").is_ok() {
        return;
    }
    let app = TestApp::signed_in().await;
    let (slug, _) = questionnaire(&app).await;
    let path = format!("/desk/q/{slug}/questionnaire");
    let mut form = app.page(&path).await.form("form.editor");
    form.set("introduction", &long());
    // SQLite then says what it says of a full disk; the pragma lasts as long as the connection.
    execute(&app, "PRAGMA max_page_count = 1").await;
    let page = app.submit(&form).await;
    gives_back(&app, &page, 507, &form).await;
}

#[tokio::test]
async fn an_organizers_texts_come_back_too() {
    let app = TestApp::signed_in().await;
    let (slug, _) = questionnaire(&app).await;
    let stranger = app.stranger();

    // The session has ended meanwhile: in the same page, after signing in again, it is kept.
    let mut form = app.page(&format!("/desk/q/{slug}/questionnaire")).await.form("form.editor");
    form.set("introduction", &long());
    let page = stranger.submit(&form).await;
    gives_back(&app, &page, 401, &form).await;
    assert_eq!(app.submit(&page.form("form#kept")).await.status, 303);

    let mut form = app.page("/desk/new").await.form("main form");
    "/desk/new".clone_into(&mut form.action);
    form.set("text", &long());
    let page = stranger.submit(&form).await;
    gives_back(&app, &page, 401, &form).await;
    let again = page.form("form#kept");
    assert!(again.multipart);
    assert_eq!(app.submit(&again).await.status, 303);

    let mut form = app.page("/desk/account").await.form("main form");
    "/desk/account".clone_into(&mut form.action);
    form.set("name", "Ada Lovelace").set("address", "no address");
    let page = app.submit(&form).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.form("main form").get("name"), Some("Ada Lovelace"));
    assert_eq!(page.attributes("main button[formaction]", "formaction"), ["/text"]);
}

#[tokio::test]
async fn the_page_speaks_the_language_of_the_form() {
    let app = TestApp::spawn().await;
    let (_, path) = questionnaire(&app).await;
    let mut form = app.page(&format!("{path}?lang=zh")).await.form("form#answers");
    form.set("a.q1", "我的想法");
    "/q/none".clone_into(&mut form.action);
    let page = app.stranger().submit(&form).await;
    assert_eq!(page.attributes("html", "lang"), ["zh"]);
    assert_eq!(page.texts("label"), ["您对第 1 题的回答"]);
    // Where the questionnaire is known, the question itself names the text.
    path.clone_into(&mut form.action);
    let kind = ("content-type", "multipart/form-data; boundary=x");
    let body = "--x\r\nContent-Disposition: form-data; name=\"a.q1\"\r\n\r\n我的想法\r\n--x--\r\n";
    let page = app.send(app.client.post(app.url(&path)).header(kind.0, kind.1).body(body)).await;
    assert_eq!((page.status, page.texts("label")), (415, vec!["Why?".to_owned()]));
    assert_eq!(page.texts("h1"), ["您的文字都在这里"]);
}
