//! What docs/api.md shows is carried out as it stands there; and one questionnaire goes its whole
//! way through the interface.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::{Program, document, problem};
use crate::support::{TestApp, png};

#[tokio::test]
async fn the_examples_of_the_manual_run_as_they_stand_there() {
    let app = TestApp::signed_in().await;
    let program = Program::of(&app).await;
    program.can_be_written_to(&app).await;
    let manual = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/api.md");
    let manual = std::fs::read_to_string(manual).unwrap();
    let blocks: Vec<&str> =
        manual.split("```sh\n").skip(1).map(|rest| rest.split_once("\n```").unwrap().0).collect();
    assert_eq!(blocks.len(), 5);
    std::fs::write(app.home.path().join("logo.png"), png(120, 40)).unwrap();
    for block in blocks {
        let done = Command::new("bash")
            .args(["-euo", "pipefail", "-c", block])
            .current_dir(app.home.path())
            .env("HOST", &app.address)
            .env("TOKEN", &program.token)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        let answered = String::from_utf8_lossy(&done.stdout);
        assert!(done.status.success(), "{block}\n{said}\n{answered}");
    }
    let night = program.get("/questionnaires/the-library-at-night").await;
    assert_eq!(night["status"], "open");
    let asked = program.get("/questionnaires/the-library-at-night/document").await;
    let asked = asked["questions"].to_string();
    assert!(asked.contains("Who should hold the keys?"), "{asked}");
    let mails = program.get("/outbox").await;
    let invited: Vec<_> = mails["data"].as_array().unwrap().iter().collect();
    assert_eq!(invited.len(), 2);
    assert!(invited.iter().all(|mail| mail["purpose"] == "invitation"), "{mails}");
    let file = std::fs::read_to_string(app.home.path().join("responses.csv")).unwrap();
    assert!(file.contains("Which evening?"), "{file}");
}

/// The example with its made-up answers.
async fn filled(program: &Program) -> String {
    let example = program.done("post", "/examples", json!({})).await;
    let path = format!("/questionnaires/{}", example["slug"].as_str().unwrap());
    program.done("post", &format!("{path}/example"), json!({})).await;
    path
}

#[tokio::test]
async fn results_themes_brief_and_discussion_are_worked_on_as_at_the_desk() {
    let app = TestApp::signed_in().await;
    let program = Program::of(&app).await;
    program.can_be_written_to(&app).await;
    let path = filled(&program).await;
    let of = |rest: &str| format!("{path}{rest}");
    assert_eq!(program.get(&path).await["responses"], 60);

    // Responses, in parts; each of them alone.
    let (mut all, mut cursor) = (vec![], String::new());
    loop {
        let part = program.get(&of(&format!("/responses?limit=25{cursor}"))).await;
        all.extend(part["data"].as_array().unwrap().clone());
        let Some(next) = part["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(all.len(), 60);
    let id = all[7]["id"].as_str().unwrap();
    assert_eq!(program.get(&of(&format!("/responses/{id}"))).await, all[7]);

    // Results, of all and of some.
    let results = program.get(&of("/results")).await;
    assert_eq!(results["responses"], 60);
    assert!(!results["opinions"]["statements"].as_array().unwrap().is_empty());
    let some = program.get(&of("/results?language=zh")).await;
    assert!(some["responses"].as_u64().unwrap() < 60);

    // Themes: an edit, and taken back; on an old state it is refused.
    let themes = &results["themes"][0];
    let key = themes["question"].as_str().unwrap();
    let first = themes["themes"][0]["id"].as_str().unwrap();
    let edits = of(&format!("/themes/{key}/edits"));
    let rename = json!({ "on": 0, "change": { "do": "rename", "theme": first, "label": "Ours" } });
    let renamed = program.done("post", &edits, rename.clone()).await;
    let labels = renamed["themes"].as_array().unwrap().iter().map(|one| &one["label"]);
    assert_eq!(labels.filter(|label| **label == "Ours").count(), 1);
    problem(&program.say("post", &edits, rename).await, 409);
    let on = renamed["edits"].as_i64().unwrap();
    let undone =
        program.done("post", &edits, json!({ "on": on, "change": { "do": "undo" } })).await;
    assert_ne!(undone["themes"][0]["label"], "Ours");

    // The brief: signed, edited, published, taken back.
    let brief = program.get(&of("/brief")).await;
    program.done("put", &of("/brief/signature"), json!({ "name": "Ada" })).await;
    let section = brief["brief"]["sections"][0]["key"].as_str().unwrap();
    let edited = json!({ "version": brief["version"], "edits": { "dropped": [section] } });
    let after = program.done("put", &of("/brief/edits"), edited.clone()).await;
    assert_eq!((&after["signed"], &after["edits"]["dropped"][0]), (&json!("Ada"), &json!(section)));
    problem(&program.say("put", &of("/brief/edits"), edited).await, 409);
    assert_eq!(program.get(&of("/brief/prospect")).await["obstacles"], json!([]));
    program.done("post", &of("/brief/versions"), json!({ "note": "First" })).await;
    let versions = program.get(&of("/brief/versions")).await;
    assert_eq!(versions["data"][0]["number"], 1);
    assert_eq!(program.get(&of("/brief/versions/1")).await["format"], "colloquy-brief");
    assert_eq!(program.ask("delete", &of("/brief/versions/1")).await.status, 204);

    // The discussion: set up, groups made, a change by hand, everybody told.
    problem(&program.ask("get", &of("/discussion")).await, 404);
    let mut slots = results["questions"].as_array().unwrap().iter();
    let slots = slots.find_map(|one| one["counts"]["slots"].as_array()).unwrap();
    let best = slots.iter().max_by_key(|slot| slot["yes"].as_u64()).unwrap();
    let set_up = json!({
        "minutes": 90, "format": "one", "low": 4, "target": 5, "high": 6, "zone": "Europe/Berlin",
        "times": [{ "starts_at": best["start"], "groups": 30 }], "silent_can": true,
    });
    program.done("put", &of("/discussion"), set_up.clone()).await;
    let made = program.say("post", &of("/discussion/groups"), json!({ "manner": "anew" })).await;
    assert_eq!(made.status, 202, "{}", made.text);
    let plan = loop {
        let plan = program.get(&of("/discussion")).await;
        assert_ne!(plan["search"]["state"], "failed", "{plan}");
        if plan["search"]["state"] == "done" {
            break plan;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    };
    let groups = plan["groups"].as_array().unwrap();
    assert!(groups.len() > 1);
    let seats = |plan: &Value| -> usize {
        let groups = plan["groups"].as_array().unwrap().iter();
        groups.map(|group| group["seats"].as_array().unwrap().len()).sum()
    };
    let before = seats(&plan);
    let who = &groups[0]["seats"][0]["participant"];
    let away = json!({ "do": "move", "people": [{ "participant": who }] });
    let moved = program.done("post", &of("/discussion/changes"), away).await;
    assert_eq!(seats(&moved), before - 1);
    let back = program.done("post", &of("/discussion/changes"), json!({ "do": "undo" })).await;
    assert_eq!(seats(&back), before);
    let added = json!({ "name": "Cy", "address": "cy@example.org" });
    let added = program.done("post", &of("/discussion/people"), added).await;
    let one = of(&format!("/discussion/people/{}", added["id"].as_str().unwrap()));
    let out = program.done("patch", &one, json!({ "takes_part": false })).await;
    assert!(out["left_at"].is_string(), "{out}");
    let group = groups[0]["id"].as_str().unwrap();
    let guide = program.get(&of(&format!("/discussion/groups/{group}/guide"))).await;
    assert!(!guide["parts"].as_array().unwrap().is_empty());
    program.done("post", &of("/discussion/invitations"), json!({})).await;
    let mails = program.get("/outbox?limit=200").await;
    assert!(mails["data"].as_array().unwrap().iter().any(|mail| mail["purpose"] == "seat"));

    // The echo: a poll, and nothing to publish yet.
    program.done("put", &of("/echo/poll"), json!({ "statements": ["It is late."] })).await;
    assert_eq!(program.get(&of("/echo")).await["poll"], json!(["It is late."]));
    problem(&program.ask("post", &of("/echo/versions")).await, 422);
}

#[tokio::test]
async fn contacts_and_campaigns_are_worked_on_as_at_the_desk() {
    let app = TestApp::signed_in().await;
    let program = Program::of(&app).await;
    program.can_be_written_to(&app).await;
    let brought = json!({ "text": "a@example.org, A\nb@example.org, B\nno address\n" });
    let import = program.done("post", "/contact-imports", brought).await;
    assert_eq!((&import["new"], &import["unusable"][0]["number"]), (&json!(2), &json!(3)));
    let at = format!("/contact-imports/{}", import["id"].as_str().unwrap());
    problem(&program.ask("post", &format!("{at}/import")).await, 422);
    let said = json!({ "basis": "known", "consent_from": "a list", "new_list": "Friends" });
    program.done("patch", &at, said).await;
    assert_eq!(program.done("post", &format!("{at}/import"), json!({})).await["new"], 2);
    let left = program.get(&at).await;
    assert_eq!((&left["kept"], &left["unusable"][0]["number"]), (&json!(2), &json!(3)));
    assert_eq!(left["name"], "A list from a program");
    let doubtful = json!({ "text": "email,language\na@example.org,fr\n" });
    let import = program.done("post", "/contact-imports", doubtful).await;
    assert_eq!((&import["unclear"][0]["text"], &import["same"]), (&json!("fr"), &json!(1)));
    let other = format!("/contact-imports/{}", import["id"].as_str().unwrap());
    program.done("delete", &other, json!({})).await;
    program.done("delete", &at, json!({})).await;
    let list = program.get("/contact-lists").await["data"][0].clone();
    assert_eq!((&list["name"], &list["contacts"]), (&json!("Friends"), &json!(2)));

    let found = program.get("/contacts?q=b@example").await["data"][0].clone();
    let contact = format!("/contacts/{}", found["id"].as_str().unwrap());
    let corrected = json!({ "name": "Bo", "zone": "Europe/Berlin", "tags": ["#VIP"] });
    let corrected = program.done("patch", &contact, corrected).await;
    assert_eq!((&corrected["name"], &corrected["tags"]), (&json!("Bo"), &json!(["vip"])));
    problem(&program.say("patch", &contact, json!({ "address": "a@example.org" })).await, 422);
    program.done("put", &format!("{contact}/suppression"), json!({})).await;
    assert_eq!(program.get(&contact).await["suppressed"], "manual");

    let of = program.done("post", "/questionnaires", document("Friends")).await;
    let path = format!("/questionnaires/{}", of["slug"].as_str().unwrap());
    assert_eq!(program.get(&format!("{path}/checks")).await["ready"], true);
    program.done("post", &format!("{path}/publish"), json!({})).await;
    let campaigns = format!("{path}/campaigns");
    let draft = program.done("post", &campaigns, json!({ "aim": "invite" })).await;
    let at = format!("{campaigns}/{}", draft["id"].as_str().unwrap());
    let forecast = program.get(&format!("{at}/forecast")).await;
    assert_eq!((&forecast["mails"], &forecast["left_out"]["barred"]), (&json!(1), &json!(1)));
    let mut edited = json!({ "version": draft["version"], "terms": draft["terms"] });
    edited["words"] = json!({ "en": { "subject": "Come", "text": "No button." } });
    problem(&program.say("put", &at, edited.clone()).await, 422);
    edited["words"]["en"]["text"] = json!("Hello {name},\n\n[Give my answers]");
    let mut late = edited.clone();
    late["terms"]["closes"] = json!("2026-11-22T12:00:00Z");
    late["not_after"] = json!("2026-11-22T12:00:00Z");
    problem(&program.say("put", &at, late).await, 422);
    app.service.clock.advance(chrono::TimeDelta::seconds(1));
    let kept = program.done("put", &at, edited.clone()).await;
    assert_eq!(kept["words"]["en"]["subject"], "Come");
    problem(&program.say("put", &at, edited).await, 409);
    // What is seen of a draft can be given back, also when its moment has passed.
    app.service.clock.advance(chrono::TimeDelta::hours(100));
    let mut seen = program.get(&at).await;
    let fields = ["version", "terms", "words", "starts_at", "not_after"];
    seen.as_object_mut().unwrap().retain(|name, _| fields.contains(&name.as_str()));
    assert!(seen["starts_at"].is_string() && seen["not_after"].is_string());
    program.done("put", &at, seen).await;
    let gone = program.done("post", &format!("{at}/turn"), json!({ "turn": "go" })).await;
    assert_ne!(gone["state"], "draft");
    problem(&program.say("post", &format!("{at}/turn"), json!({ "turn": "go" })).await, 409);
    let mail = program.get("/outbox").await["data"][0].clone();
    assert_eq!((&mail["recipient"], &mail["subject"]), (&json!("a@example.org"), &json!("Come")));
    let raw = program.ask("get", &format!("/outbox/{}/raw", mail["id"].as_str().unwrap())).await;
    assert_eq!((raw.status, raw.header("content-type")), (200, "message/rfc822"));

    let erase = program.ask("delete", &format!("{contact}?never_again=true")).await;
    assert_eq!(erase.status, 204);
    problem(&program.ask("get", &contact).await, 404);
}
