//! Who may do what, as a program: every operation, as each of the people, with every token.

use colloquy::acts::fill_example::fill_example;
use colloquy::domain::Role;
use colloquy::domain::api_token::Scope;
use colloquy::store::questionnaires::{self, Questionnaire};
use colloquy::store::{members, organizers};
use colloquy::web::api::operations::OPERATIONS;
use colloquy::web::routes::Who;
use reqwest::RequestBuilder;
use serde_json::json;

use super::{Program, problem};
use crate::support::TestApp;

/// An address with the questionnaire in it, and in other gaps what leads nowhere.
fn filled(path: &str, slug: &str) -> String {
    let id = "0190163d-8694-739b-aea5-966c26f8ad91";
    let mut path = path.replace("/api/v1", "").replace("{slug}", slug);
    for (gap, text) in [
        ("{id}", id),
        ("{group}", id),
        ("{participant}", id),
        ("{delivery}", id),
        ("{number}", "1"),
        ("{key}", "q1"),
        ("{file}", "responses.csv"),
        ("{name}", "guide.md"),
    ] {
        path = path.replace(gap, text);
    }
    assert!(!path.contains('{'), "{path} has a gap that this test does not know");
    path
}

fn request(program: &Program, method: &str, path: &str) -> RequestBuilder {
    let request = program.request(method, path);
    // Nothing fits: whoever may not ask is told so first all the same.
    if method == "get" { request } else { request.json(&json!({ "nothing": "fits" })) }
}

/// A program of somebody with this role.
async fn colleague(
    app: &TestApp,
    address: &str,
    of: &Questionnaire,
    role: Option<Role>,
) -> Program {
    app.another_organizer(address).await;
    let db = app.service.store.read();
    let who = organizers::by_address(db, &address.parse().unwrap()).await.unwrap().unwrap();
    if let Some(role) = role {
        let tx = app.service.store.write().await.unwrap();
        members::insert(&tx, of.id, who.id, role, app.service.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
    }
    Program::with(app, Some(address), &Scope::ALL, None).await
}

#[tokio::test]
async fn every_operation_lets_in_whom_the_table_names_with_the_scopes_it_takes_and_nobody_else() {
    let app = TestApp::signed_in().await;
    let program = Program::of(&app).await;
    program.done("post", "/examples", json!({})).await;
    let slug = program.get("/questionnaires").await["data"][0]["slug"].as_str().unwrap().to_owned();
    let db = app.service.store.read();
    let of = questionnaires::by_slug(db, &slug.parse().unwrap()).await.unwrap().unwrap();
    let mut people = vec![];
    for (address, role) in [
        ("eve@example.org", None),
        ("vera@example.org", Some(Role::Viewer)),
        ("ed@example.org", Some(Role::Editor)),
    ] {
        people.push((role, colleague(&app, address, &of, role).await));
    }
    let other = program.done("post", "/questionnaires", super::document("Other")).await;
    let other = other["slug"].as_str().unwrap().parse().unwrap();
    let other = questionnaires::by_slug(db, &other).await.unwrap().unwrap();
    let pinned = Program::with(&app, None, &Scope::ALL, Some(other.id)).await;
    let mut less = vec![];
    for missing in Scope::ALL {
        let rest: Vec<Scope> = Scope::ALL.into_iter().filter(|scope| *scope != missing).collect();
        less.push((missing, Program::with(&app, None, &rest, None).await));
    }
    let nobody = Program { visitor: app.stranger(), token: String::new() };

    assert!(OPERATIONS.len() > 90, "{}", OPERATIONS.len());
    for one in OPERATIONS {
        let line = one.address;
        let path = filled(line.path, &slug);
        let at = format!("{} {}", line.method, line.path);
        assert!(!one.scopes.is_empty(), "{at}");
        assert!(line.method == "get" || one.scopes.iter().any(|s| *s != Scope::Read), "{at}");
        problem(&nobody.send(request(&nobody, line.method, &path)).await, 401);
        for (missing, less) in less.iter().filter(|(scope, _)| one.scopes.contains(scope)) {
            let refused = less.send(request(less, line.method, &path)).await;
            let why = problem(&refused, 403);
            assert!(why["detail"].as_str().unwrap().contains(missing.word()), "{at}: {why}");
        }
        let refused = pinned.send(request(&pinned, line.method, &path)).await;
        let every = ["/api/v1/account", "/api/v1/questionnaires"].contains(&line.path);
        if every && line.method == "get" {
            assert_eq!(refused.status, 200, "{at}");
        } else {
            problem(&refused, 403);
        }
        // What changes nothing is asked by everybody, the rest only by whom it is refused to:
        // that those who may are let in, the other tests see.
        let Some(needed) = line.who.role() else {
            assert_eq!(line.who, Who::SignedIn, "{at}");
            continue;
        };
        for (role, person) in &people {
            // Whoever left would not be there for the rest.
            if line.path.ends_with("/leave") && role.is_some() {
                continue;
            }
            let page = person.send(request(person, line.method, &path)).await;
            match role {
                None => drop(problem(&page, 404)),
                Some(role) if role.may(needed) => {
                    let fine = !matches!(page.status, 401 | 403) && page.status < 500;
                    assert!(fine, "{at} as {role:?}: {} {}", page.status, page.text);
                }
                Some(_) => drop(problem(&page, 403)),
            }
        }
    }
}

#[tokio::test]
async fn a_viewer_reads_answers_without_addresses_and_takes_no_files() {
    let app = TestApp::signed_in().await;
    let program = Program::of(&app).await;
    program.done("post", "/examples", json!({})).await;
    let slug = program.get("/questionnaires").await["data"][0]["slug"].as_str().unwrap().to_owned();
    let db = app.service.store.read();
    let of = questionnaires::by_slug(db, &slug.parse().unwrap()).await.unwrap().unwrap();
    fill_example(&app.service, of.clone()).await.unwrap();
    let vera = colleague(&app, "vera@example.org", &of, Some(Role::Viewer)).await;
    let ed = colleague(&app, "ed@example.org", &of, Some(Role::Editor)).await;
    let list = format!("/questionnaires/{slug}/responses");
    let (seen, whole) = (vera.get(&list).await, ed.get(&list).await);
    assert_eq!(seen["data"].as_array().unwrap().len(), whole["data"].as_array().unwrap().len());
    assert!(whole.to_string().contains('@'), "an editor writes to people");
    assert!(!seen.to_string().contains('@'), "{seen}");
    for one in whole["data"].as_array().unwrap() {
        let one = format!("{list}/{}", one["id"].as_str().unwrap());
        assert!(!vera.get(&one).await.to_string().contains('@'));
    }
    for file in ["responses.csv", "everything.json"] {
        let file = format!("/questionnaires/{slug}/exports/{file}");
        problem(&vera.ask("get", &file).await, 403);
        assert_eq!(ed.ask("get", &file).await.status, 200);
    }
    // What somebody works with is on their list, in whoever's name it runs.
    assert_eq!(vera.get("/questionnaires").await["data"][0]["slug"], json!(slug));
}
