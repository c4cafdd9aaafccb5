//! Doors in and out, as a program: articles and forms of every kind, copies, newer texts, the look,
//! what was edited, and webhooks.

use std::fmt::Write as _;
use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use colloquy::domain::api_token::Scope;
use colloquy::store::questionnaires;
use serde_json::{Value, json};

use super::{Program, document, problem, value};
use crate::support::{TestApp, png};

fn file(name: &str, bytes: &[u8]) -> Value {
    json!({ "file": { "name": name, "base64": STANDARD.encode(bytes) } })
}

fn sample(name: &str) -> Value {
    let path = format!("{}/tests/data/forms/{name}", env!("CARGO_MANIFEST_DIR"));
    file(name, &std::fs::read(path).unwrap())
}

/// The address of something for a program, from where it was made.
fn at(made: &Value) -> String {
    format!("/questionnaires/{}", made["slug"].as_str().unwrap())
}

/// A word processor's file with these paragraphs.
fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let mut body = String::new();
    for text in paragraphs {
        write!(body, "<w:p><w:r><w:t>{text}</w:t></w:r></w:p>").unwrap();
    }
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let whole = format!("<w:document xmlns:w=\"{space}\"><w:body>{body}</w:body></w:document>");
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(whole.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

#[tokio::test]
async fn forms_of_others_become_drafts_that_say_what_was_lost_whole_or_not_at_all() {
    let app = TestApp::signed_in().await;
    let program = Program::of(&app).await;
    for (name, source) in
        [("survey.json", "SurveyJS"), ("lime.txt", "LimeSurvey"), ("typeform.json", "Typeform")]
    {
        let made = program.done("post", "/imports", sample(name)).await;
        assert_eq!(
            (&made["source"], &made["questionnaire"]["status"]),
            (&json!(source), &json!("draft"))
        );
        assert!(!made["notes"].as_array().unwrap().is_empty(), "{name}");
    }
    let made = program.done("post", "/imports", sample("google.csv")).await;
    assert_eq!(made["source"], "Google Forms");
    let of = &made["questionnaire"];
    assert_eq!((&of["status"], &of["mode"]), (&json!("closed"), &json!("confidential")));
    assert_eq!(of["responses"], 5);
    let responses = program.get(&format!("{}/responses", at(of))).await;
    assert_eq!(responses["data"].as_array().unwrap().len(), 5);

    let before = program.get("/questionnaires").await["data"].as_array().unwrap().len();
    let refused = program.say("post", "/imports", file("x.json", b"{}")).await;
    assert!(problem(&refused, 422)["detail"].as_str().unwrap().contains("no form"));
    problem(
        &program.say("post", "/imports", json!({ "file": { "name": "x", "base64": "?" } })).await,
        422,
    );
    let after = program.get("/questionnaires").await["data"].as_array().unwrap().len();
    assert_eq!(before, after);

    // Out again, and copied.
    let survey = program.get(&format!("{}/surveyjs", at(of))).await;
    assert!(survey["pages"].is_array() || survey["elements"].is_array(), "{survey}");
    let copy = program.done("post", &format!("{}/duplicate", at(of)), json!({})).await;
    assert_eq!((&copy["status"], &copy["responses"]), (&json!("draft"), &json!(0)));
    assert!(copy["title"].as_str().unwrap().ends_with(" (copy)"), "{copy}");
    let slug = of["slug"].as_str().unwrap().parse().unwrap();
    let kept = questionnaires::by_slug(app.service.store.read(), &slug).await.unwrap().unwrap();
    let pinned = Program::with(&app, None, &Scope::ALL, Some(kept.id)).await;
    problem(&pinned.ask("post", &format!("{}/duplicate", at(of))).await, 403);
}

#[tokio::test]
async fn an_article_comes_as_text_file_or_address_and_a_newer_one_is_compared_first() {
    let app = TestApp::signed_in().await;
    let program = Program::of(&app).await;
    let text = "Not a heading\n\n# What next?\n\n## Open questions\n\n- Who holds the keys?\n";
    let brought = |format: &str| json!({ "text": text, "format": format });
    let plain = program.done("post", "/articles", brought("text")).await;
    let marked = program.done("post", "/articles", brought("markdown")).await;
    assert_eq!(plain["title"], "Not a heading");
    assert_ne!(plain["title"], marked["title"]);
    let word = docx(&["The library at night", "We opened it late.", "Who should hold the keys?"]);
    let made = program.done("post", "/articles", file("article.docx", &word)).await;
    let article = program.get(&format!("{}/article", at(&made))).await;
    assert_eq!(article["title"], "The library at night");
    assert!(article["text"].as_str().unwrap().contains("<p>Who should hold the keys?</p>"));
    // Nobody inside is asked for an article.
    for inside in ["http://127.0.0.1:1/x", "http://[::1]/x", "http://169.254.169.254/", "ftp://x/"]
    {
        problem(&program.say("post", "/articles", json!({ "address": inside })).await, 422);
    }
    problem(&program.say("post", "/articles", json!({})).await, 422);
    problem(&program.say("post", "/articles", json!({ "text": "a", "address": "b" })).await, 422);

    let of = at(&marked);
    program.done("post", &format!("{of}/article/questions"), json!({ "take": [0] })).await;
    let newer = format!("{of}/article/newer");
    problem(&program.say("post", &newer, brought("markdown")).await, 422);
    let more = text.replace("keys?", "keys?\n- What would you do at midnight?");
    let shown = program.say("post", &newer, json!({ "text": more })).await;
    assert_eq!(shown.status, 201, "{}", shown.text);
    let there = shown.location().replace("/api/v1", "");
    let shown = value(&shown);
    assert_eq!(program.get(&there).await, shown);
    let changes = shown["changes"].as_array().unwrap();
    let new = changes.iter().find(|one| one["fate"] == "new").unwrap();
    assert_eq!(
        (&new["after"], &new["can_be_taken"]),
        (&json!("What would you do at midnight?"), &json!(true))
    );
    let prompts = async || {
        let document = program.get(&format!("{of}/document")).await;
        document["questions"].as_array().unwrap().iter().map(|one| one["prompt"].clone()).collect()
    };
    let before: Vec<Value> = prompts().await;
    assert!(!before.contains(&new["after"]), "{before:?}");
    let take = format!("{there}/take");
    problem(&program.say("post", &take, json!({ "take": ["nothing"] })).await, 422);
    program.done("post", &take, json!({ "take": [new["key"]] })).await;
    let after: Vec<Value> = prompts().await;
    assert!(after.contains(&new["after"]) && after.len() == before.len() + 1, "{after:?}");
    problem(&program.say("post", &take, json!({ "take": [] })).await, 404);
}

#[tokio::test]
async fn settings_and_the_picture_are_chosen_and_what_is_wrong_changes_nothing() {
    let app = TestApp::signed_in().await;
    let program = Program::of(&app).await;
    let path = at(&program.done("post", "/questionnaires", document("Look")).await);
    let wanted = json!({
        "mode": "confidential", "hidden": ["issue"], "embed": ["https://example.org"],
        "opens_at": "2027-01-02T08:00:00Z", "closes_at": "2027-02-02T08:00:00Z",
        "zone": "Europe/Berlin", "most": 30, "thanks": "Thank you.",
        "thanks_in": { "zh": "谢谢。" }, "accent": "#aa3300",
    });
    let chosen = program.done("patch", &path, wanted.clone()).await;
    for (name, value) in wanted.as_object().unwrap() {
        assert_eq!(chosen[name], *value, "{name}");
    }
    // What is left out stays; null takes away.
    let less = json!({ "closes_at": null, "most": null, "accent": null });
    let less = program.done("patch", &path, less).await;
    assert_eq!([&less["closes_at"], &less["most"], &less["accent"]], [&Value::Null; 3]);
    assert_eq!((&less["opens_at"], &less["thanks"]), (&chosen["opens_at"], &chosen["thanks"]));
    for wrong in [
        json!({ "thanks": "Else", "zone": "Nowhere" }),
        json!({ "thanks": "Else", "accent": "red" }),
        json!({ "thanks": "Else", "most": 0 }),
        json!({ "thanks": "Else", "closes_at": "2026-12-24T08:00:00Z" }),
        json!({ "thanks": "Else", "closes_at": "+12026-12-24T08:00:00Z" }),
        json!({ "thanks": "Else", "thanks_in": { "xx": "?" } }),
        json!({ "thanks": "Else", "hidden": ["No Name"] }),
    ] {
        problem(&program.say("patch", &path, wrong).await, 422);
    }
    assert_eq!(program.get(&path).await["thanks"], "Thank you.");

    let logo = format!("{path}/logo");
    problem(&program.ask("get", &logo).await, 404);
    let png = png(120, 40);
    let put = |kind: &str, bytes: &[u8]| {
        let put = program.request("put", &logo).header("content-type", kind).body(bytes.to_vec());
        program.send(put)
    };
    problem(&put("image/png", b"GIF89a").await, 422);
    problem(&put("text/plain", &png).await, 415);
    let kept = put("image/png", &png).await;
    assert_eq!((kept.status, &value(&kept)["has_logo"]), (200, &json!(true)));
    assert_eq!(program.ask("get", &logo).await.header("content-type"), "image/png");
    assert_eq!(program.ask("delete", &logo).await.status, 204);
    problem(&program.ask("get", &logo).await, 404);
}

#[tokio::test]
async fn what_was_edited_is_looked_at_put_on_the_form_dropped_and_restored() {
    let app = TestApp::signed_in().await;
    let program = Program::of(&app).await;
    let path = at(&program.done("post", "/questionnaires", document("Edited")).await);
    program.done("post", &format!("{path}/publish"), json!({})).await;
    assert_eq!(program.get(&format!("{path}/changes")).await["pending"], false);
    // A colleague edits it at the desk.
    let editor = format!("/desk{}/questionnaire", path.replace("/questionnaires", "/q"));
    let edit = async |title: &str, prompt: &str| {
        let mut form = app.page(&editor).await.form("form.editor");
        form.set("title", title).set("q0.prompt", prompt);
        assert_eq!(app.submit(&form).await.status, 303);
    };
    edit("Edited", "Who pays for all of it?").await;
    let changes = program.get(&format!("{path}/changes")).await;
    let one = &changes["questions"][0];
    assert_eq!((&changes["pending"], &one["taken_for"]), (&json!(true), &json!("replaced")));
    assert_eq!(one["before"]["prompt"], "Which first?");
    assert_eq!(one["after"]["prompt"], "Who pays for all of it?");
    let prompt = async || {
        let document = program.get(&format!("{path}/document")).await;
        document["questions"][0]["prompt"].as_str().unwrap().to_owned()
    };
    assert_eq!(prompt().await, "Which first?");
    assert_eq!(program.ask("delete", &format!("{path}/changes")).await.status, 204);
    assert_eq!(program.get(&format!("{path}/changes")).await["pending"], false);

    // What was dropped is in the history, and comes back as changes.
    let history = program.get(&format!("{path}/history")).await;
    let entries = history["data"].as_array().unwrap();
    let dropped = entries.iter().find(|one| one["on_form"] == false).unwrap();
    let state = format!("{path}/history/{}", dropped["number"]);
    assert_eq!(
        program.get(&state).await["questions"][0]["wording"]["prompt"],
        "Who pays for all of it?"
    );
    assert_eq!(program.done("post", &state, json!({})).await["pending"], true);
    assert_eq!(prompt().await, "Which first?");
    let put = json!({ "replaced": ["q1"] });
    program.done("post", &format!("{path}/changes"), put).await;
    assert_eq!(prompt().await, "Who pays for all of it?");
    problem(&program.ask("post", &format!("{path}/history/9999")).await, 404);
}

#[tokio::test]
async fn a_webhook_is_added_tried_changed_and_removed_and_its_secret_is_told_once() {
    let app = TestApp::spawn_with(|settings| {
        settings.fetch.networks = vec!["127.0.0.0/8".parse().unwrap()];
        settings.fetch.ports = vec![];
    })
    .await;
    app.sign_in().await;
    let program = Program::of(&app).await;
    let path = at(&program.done("post", "/questionnaires", document("Told")).await);
    let hooks = format!("{path}/webhooks");
    let wrong = json!({ "address": "ftp://x", "events": [] });
    let refused = problem(&program.say("post", &hooks, wrong).await, 422);
    assert_eq!(refused["errors"].as_array().unwrap().len(), 2);
    problem(
        &program
            .say("post", &hooks, json!({ "address": "http://127.0.0.1:1/x", "events": ["test"] }))
            .await,
        422,
    );
    let wanted = json!({ "address": "http://127.0.0.1:1/x", "events": ["questionnaire.closed"] });
    let made = program.say("post", &hooks, wanted).await;
    assert_eq!((made.status, made.header("cache-control")), (201, "no-store"), "{}", made.text);
    let (one, made) = (made.location().replace("/api/v1", ""), value(&made));
    let secret = made["secret"].as_str().unwrap();
    assert!(secret.starts_with("whsec_"));
    let shown = program.get(&one).await;
    assert_eq!(shown, made["webhook"]);
    assert_eq!(program.get(&hooks).await["data"], json!([shown]));
    assert!(!shown.to_string().contains("whsec_"));
    let newer = program.done("post", &format!("{one}/secret"), json!({})).await;
    assert_ne!(newer["secret"], secret);

    let changed = json!({ "events": ["brief.published", "response.erased"], "on": false });
    let changed = program.done("patch", &one, changed).await;
    assert_eq!((&changed["on"], &changed["address"]), (&json!(false), &shown["address"]));
    assert_eq!(changed["events"], json!(["response.erased", "brief.published"]));
    let told = program.done("post", &format!("{one}/test"), json!({})).await;
    assert_eq!(told["event"], "test");
    let list = program.get(&format!("{one}/deliveries")).await;
    assert_eq!(list["data"][0]["id"], told["id"]);
    let again = format!("{one}/deliveries/{}/again", told["id"].as_str().unwrap());
    assert_eq!(program.done("post", &again, json!({})).await["state"], "paused");
    assert_eq!(program.ask("delete", &one).await.status, 204);
    problem(&program.ask("get", &one).await, 404);
}
