//! The interface for programs: tokens, what they open, how answers look, and that nothing is
//! done twice.

use colloquy::acts::change_keys::Browser;
use colloquy::acts::delete_account::{delete_account, restore_account};
use colloquy::acts::make_token::{Wanted, make_token};
use colloquy::domain::QuestionnaireId;
use colloquy::domain::api_token::Scope;
use colloquy::store::organizers;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::support::{Page, TestApp, Visitor};

mod access;
mod documented;
mod doors;
mod parity;
mod schemathesis;
mod worked;

/// A program that speaks for an organizer.
pub struct Program {
    visitor: Visitor,
    token: String,
}

impl Program {
    /// With a token for everything that the first organizer may do.
    pub async fn of(app: &TestApp) -> Self {
        Self::with(app, None, &Scope::ALL, None).await
    }

    /// With a token of the organizer with this address, or of the first.
    pub async fn with(
        app: &TestApp,
        address: Option<&str>,
        scopes: &[Scope],
        questionnaire: Option<QuestionnaireId>,
    ) -> Self {
        let db = app.service.store.read();
        let organizer = match address {
            Some(address) => organizers::by_address(db, &address.parse().unwrap()).await.unwrap(),
            None => organizers::first(db).await.unwrap(),
        };
        let wanted = Wanted {
            name: "test".to_owned(),
            scopes: scopes.iter().copied().collect(),
            questionnaire,
            expires: None,
        };
        let id = organizer.unwrap().id;
        let (token, _) = make_token(&app.service, id, wanted, &Browser::program()).await.unwrap();
        Self { visitor: app.stranger(), token }
    }

    /// The first organizer gets an address.
    async fn can_be_written_to(&self, app: &TestApp) {
        let me = organizers::first(app.service.store.read()).await.unwrap().unwrap();
        let tx = app.service.store.write().await.unwrap();
        let address = "desk@example.org".parse().unwrap();
        organizers::update(&tx, me.id, address, "Ada").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(self.get("/account").await["address"], "desk@example.org");
    }

    /// A request, to be added to.
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
        let url = self.visitor.url(&format!("/api/v1{path}"));
        self.visitor.client.request(method, url).bearer_auth(&self.token)
    }

    /// Sends a request.
    pub async fn send(&self, request: RequestBuilder) -> Page {
        self.visitor.send(request).await
    }

    /// Asks without a body.
    pub async fn ask(&self, method: &str, path: &str) -> Page {
        self.send(self.request(method, path)).await
    }

    /// Asks with a body.
    pub async fn say(&self, method: &str, path: &str, body: Value) -> Page {
        self.send(self.request(method, path).json(&body)).await
    }

    /// What is there.
    pub async fn get(&self, path: &str) -> Value {
        let page = self.ask("get", path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.text);
        value(&page)
    }

    /// Does something that must be done.
    pub async fn done(&self, method: &str, path: &str, body: Value) -> Value {
        let page = self.say(method, path, body).await;
        assert!(page.status < 300, "{method} {path}: {} {}", page.status, page.text);
        if page.text.is_empty() { Value::Null } else { value(&page) }
    }
}

/// The body of an answer.
pub fn value(page: &Page) -> Value {
    serde_json::from_str(&page.text).unwrap_or_else(|error| panic!("{error}: {}", page.text))
}

/// Whether an answer is a problem as RFC 9457 has them.
fn problem(page: &Page, status: u16) -> Value {
    assert_eq!(page.status, status, "{}: {}", page.path, page.text);
    assert_eq!(page.header("content-type"), "application/problem+json", "{}", page.path);
    let problem = value(page);
    assert_eq!(problem["status"], status, "{}", page.path);
    assert!(!problem["title"].as_str().unwrap().is_empty());
    assert!(problem["type"].as_str().unwrap().starts_with("/api#"));
    problem
}

fn document(title: &str) -> Value {
    let question =
        json!({ "kind": "single", "prompt": "Which first?", "options": ["Work", "School"] });
    json!({ "document": { "colloquy": 1, "title": title, "language": "en", "questions": [question] } })
}

#[tokio::test]
async fn a_token_is_shown_once_opens_what_its_scopes_say_and_nothing_once_it_is_revoked() {
    let app = TestApp::signed_in().await;
    let page = app.page("/desk/account/tokens").await;
    let mut form = page.form("main form[action='/desk/account/tokens']");
    form.set("name", "newsletter server");
    let made = app.submit(&form).await;
    assert_eq!((made.status, made.header("cache-control")), (200, "no-store"));
    let token = made.texts("#token")[0].clone();
    assert!(token.starts_with("colloquy_") && token.len() == 69, "{token}");
    let listed = app.page("/desk/account/tokens").await;
    assert!(!listed.text.contains(&token) && listed.text.contains(token.get(..13).unwrap()));
    assert!(listed.words().contains("newsletter server"), "{}", listed.words());

    let program = Program { visitor: app.stranger(), token: token.clone() };
    let account = program.get("/account").await;
    assert_eq!(account["token"]["scopes"], json!(["read"]));
    let refused = program.say("post", "/questionnaires", document("Not me")).await;
    assert!(problem(&refused, 403)["detail"].as_str().unwrap().contains("write"));
    let raw = std::fs::read(app.home.path().join("colloquy.db")).unwrap_or_default();
    assert!(!raw.windows(token.len()).any(|window| window == token.as_bytes()));

    let revoke = listed.form("main form[action$='/revoke']");
    assert_eq!(app.submit(&revoke).await.status, 303);
    let gone = program.ask("get", "/account").await;
    problem(&gone, 401);
    assert_eq!(gone.header("www-authenticate"), "Bearer");
    for wrong in ["", "colloquy_x", token.get(..68).unwrap(), "Basic abc"] {
        let wrong = Program { visitor: app.stranger(), token: wrong.to_owned() };
        problem(&wrong.ask("get", "/account").await, 401);
    }
    // A cookie is no token.
    problem(&app.get("/api/v1/account").await, 401);
}

#[tokio::test]
async fn a_token_ends_when_it_should_and_makes_none_that_allows_more() {
    let app = TestApp::signed_in().await;
    let program = Program::with(&app, None, &[Scope::Read, Scope::Write], None).await;
    let until = app.service.clock.now() + chrono::TimeDelta::days(2);
    let wanted = json!({ "name": "short", "scopes": ["read", "write"], "expires_at": until });
    let made = program.done("post", "/tokens", wanted).await;
    let short = made["token"].as_str().unwrap().to_owned();
    let short = Program { visitor: app.stranger(), token: short };
    let child = json!({ "name": "child", "scopes": ["read"] });
    let child = short.done("post", "/tokens", child).await;
    assert_eq!(child["about"]["expires_at"], json!(until));
    let more = json!({ "name": "more", "scopes": ["read", "send"] });
    problem(&short.say("post", "/tokens", more).await, 403);

    app.service.clock.advance(chrono::TimeDelta::days(3));
    problem(&short.ask("get", "/account").await, 401);
    let id = made["about"]["id"].as_str().unwrap();
    assert_eq!(program.ask("delete", &format!("/tokens/{id}")).await.status, 204);
    problem(&program.ask("delete", &format!("/tokens/{id}")).await, 404);
}

#[tokio::test]
async fn a_token_neither_takes_the_account_over_nor_outlives_it() {
    let app = TestApp::signed_in().await;
    let program = Program::of(&app).await;
    program.can_be_written_to(&app).await;
    let named = program.done("patch", "/account", json!({ "name": "Ada L." })).await;
    assert_eq!((&named["name"], &named["address"]), (&json!("Ada L."), &json!("desk@example.org")));
    let stolen = json!({ "name": "Eve", "address": "eve@example.org" });
    problem(&program.say("patch", "/account", stolen).await, 422);
    assert_eq!(program.get("/account").await["address"], "desk@example.org");

    let me = organizers::first(app.service.store.read()).await.unwrap().unwrap();
    delete_account(&app.service, me.id, "").await.unwrap();
    problem(&program.ask("get", "/account").await, 401);
    problem(&program.say("post", "/questionnaires", document("Late")).await, 401);
    restore_account(&app.service, me.id).await.unwrap();
    assert_eq!(program.get("/account").await["name"], "Ada L.");
}

#[tokio::test]
async fn whatever_goes_wrong_is_a_problem_that_says_what() {
    let app = TestApp::signed_in().await;
    let program = Program::of(&app).await;
    problem(&program.ask("get", "/nowhere").await, 404);
    problem(&program.ask("get", "/questionnaires/not-there").await, 404);
    problem(&program.ask("get", "/contacts/no-id").await, 404);
    let method = program.ask("delete", "/account").await;
    problem(&method, 405);
    assert_eq!(method.header("allow"), "GET, PATCH");
    let typed = program.request("post", "/questionnaires").body("title=x");
    problem(&program.send(typed).await, 415);
    for (body, says) in [
        ("{", "no JSON"),
        (r#"{"document": {"colloquy": 1, "title": "A", "titel": "B"}}"#, "titel"),
        (r#"{"dokument": {}}"#, "dokument"),
        (r#"{"document": {"colloquy": 9, "title": "A"}}"#, "colloquy"),
    ] {
        let sent = program.request("post", "/questionnaires");
        let sent = sent.header("content-type", "application/json").body(body);
        let refused = problem(&program.send(sent).await, 422);
        assert!(refused["detail"].as_str().unwrap().contains(says), "{refused}");
    }
    problem(&program.ask("get", "/questionnaires?limit=0").await, 422);
    problem(&program.ask("get", "/questionnaires?cursor=%00").await, 422);
    problem(&program.ask("get", "/questionnaires?page=2").await, 422);
    let large = "x".repeat(18 << 20);
    problem(&program.say("post", "/articles", json!({ "text": large })).await, 413);
}

#[tokio::test]
async fn a_program_that_asks_too_often_is_told_how_long_to_wait() {
    let app = TestApp::spawn_with(|settings| settings.limits.api_requests = 20).await;
    app.sign_in().await;
    let (program, other) = (Program::of(&app).await, Program::of(&app).await);
    for _ in 0..20 {
        program.get("/account").await;
    }
    let wait = program.ask("get", "/account").await;
    problem(&wait, 429);
    let seconds: u32 = wait.header("retry-after").parse().unwrap();
    assert!((1..=31).contains(&seconds), "{seconds}");
    other.get("/account").await;
}

#[tokio::test]
async fn a_request_that_names_itself_is_carried_out_once() {
    let app = TestApp::signed_in().await;
    let program = Program::of(&app).await;
    let named = |name: &str, body: Value| {
        let post = program.request("post", "/questionnaires");
        program.send(post.header("Idempotency-Key", name).json(&body))
    };
    let first = named("one", document("Once")).await;
    let again = named("one", document("Once")).await;
    assert_eq!((first.status, again.status), (201, 201), "{}", again.text);
    assert_eq!((&first.text, first.location()), (&again.text, again.location()));
    assert_eq!(first.header("idempotent-replayed"), "");
    assert_eq!(again.header("idempotent-replayed"), "true");
    problem(&named("one", document("Another")).await, 422);
    let twice = named("two", document("Once")).await;
    assert_ne!(twice.location(), first.location());
    // Who was refused, and nothing was done, may try again under the same name.
    problem(&named("three", document("")).await, 422);
    assert_eq!(named("three", document("Better")).await.status, 201);
    problem(&named(&"x".repeat(256), document("Long")).await, 422);

    // Of two at once, one is carried out; the other gets its answer, or is told to wait.
    let both =
        futures_util::future::join_all((0..6).map(|_| named("four", document("Both")))).await;
    let made: Vec<_> = both.iter().filter(|page| page.status == 201).collect();
    assert!(!made.is_empty() && both.iter().all(|page| matches!(page.status, 201 | 409)));
    assert!(made.iter().all(|page| page.text == made[0].text));
    let all = program.get("/questionnaires?limit=200").await;
    let titles = all["data"].as_array().unwrap().iter().map(|one| one["title"].as_str().unwrap());
    assert_eq!(titles.filter(|title| *title == "Both").count(), 1);

    // A token is shown once, also to who asks twice.
    let token = || {
        let post = program.request("post", "/tokens").header("Idempotency-Key", "five");
        program.send(post.json(&json!({ "name": "n", "scopes": ["read"] })))
    };
    assert_eq!(token().await.status, 201);
    problem(&token().await, 409);

    // A day later the name is free again.
    app.service.clock.advance(chrono::TimeDelta::days(2));
    colloquy::jobs::forget::forget_stale(&app.service).await.unwrap();
    let later = named("one", document("Once")).await;
    assert_eq!(later.status, 201);
    assert_ne!(later.location(), first.location());
}

#[tokio::test]
async fn a_list_is_read_to_its_end_and_what_was_seen_is_not_sent_again() {
    let app = TestApp::signed_in().await;
    let program = Program::of(&app).await;
    for number in 0..7 {
        program.done("post", "/questionnaires", document(&format!("Number {number}"))).await;
        app.service.clock.advance(chrono::TimeDelta::seconds(1));
    }
    let (mut seen, mut path) = (vec![], "/questionnaires?limit=3".to_owned());
    loop {
        let part = program.get(&path).await;
        seen.extend(part["data"].as_array().unwrap().iter().map(|one| one["slug"].clone()));
        let Some(next) = part["next"].as_str() else { break };
        path = format!("/questionnaires?limit=3&cursor={next}");
    }
    assert_eq!(seen.len(), 7);
    assert_eq!(seen[0], "number-6");

    let first = program.ask("get", "/questionnaires/number-1").await;
    let tag = first.header("etag").to_owned();
    let asked = program.request("get", "/questionnaires/number-1").header("If-None-Match", &tag);
    let same = program.send(asked).await;
    assert_eq!((same.status, same.text.as_str()), (304, ""));
}

#[tokio::test]
async fn a_document_comes_back_as_it_went_and_is_not_written_over_unseen() {
    let app = TestApp::signed_in().await;
    let program = Program::of(&app).await;
    program.done("post", "/questionnaires", document("What next?")).await;
    let path = "/questionnaires/what-next/document";
    let shown = program.ask("get", path).await;
    let (tag, mut changed) = (shown.header("etag").to_owned(), value(&shown));
    assert_eq!(changed["questions"][0]["options"][1]["text"], "School");
    changed["title"] = json!("What now?");
    let put = |tag: &str, body: &Value| {
        let put = program.request("put", path).header("If-Match", tag).json(body);
        program.send(put)
    };
    let kept = put(&tag, &changed).await;
    assert_eq!(kept.status, 200, "{}", kept.text);
    assert_eq!(value(&kept)["title"], "What now?");
    assert_ne!(kept.header("etag"), tag);
    changed["title"] = json!("Mine");
    problem(&put(&tag, &changed).await, 412);
    problem(&put("nonsense", &changed).await, 412);
    assert_eq!(program.get(path).await["title"], "What now?");
    let unseen = program.done("put", path, changed).await;
    assert_eq!(unseen["title"], "Mine");
    let wordings = program.get("/questionnaires/what-next/wordings").await;
    assert_eq!(wordings["data"][0]["question"], "q1");
}
