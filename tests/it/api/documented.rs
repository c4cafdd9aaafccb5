//! The document about the interface: it is of this program, whole, and on a page for people.

use std::collections::BTreeSet;

use colloquy::web::api::operations::{self, OPERATIONS};
use serde_json::Value;

use super::value;
use crate::support::TestApp;

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(to)) = fields.get("$ref") {
                found.insert(to.clone());
            }
            fields.values().for_each(|inner| references(inner, found));
        }
        Value::Array(all) => all.iter().for_each(|inner| references(inner, found)),
        _ => {}
    }
}

#[tokio::test]
async fn the_document_has_every_operation_and_whatever_it_names() {
    let app = TestApp::spawn().await;
    let document = value(&app.page("/api/v1/openapi.json").await);
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let paths = document["paths"].as_object().unwrap();
    let there: usize = paths.values().map(|item| item.as_object().unwrap().len()).sum();
    assert_eq!(there, OPERATIONS.len());
    let mut names = BTreeSet::new();
    for one in OPERATIONS {
        let operation = &document["paths"][one.address.path][one.address.method];
        let at = format!("{} {}", one.address.method, one.address.path);
        assert!(operation["summary"].as_str().unwrap().ends_with('.'), "{at}");
        assert!(names.insert(operation["operationId"].as_str().unwrap()), "{at}");
        let answers = operation["responses"].as_object().unwrap();
        assert!(answers.keys().any(|status| status.starts_with('2')), "{at}");
        assert!(answers.contains_key("401") && answers.contains_key("500"), "{at}");
        let gaps = one.address.path.matches('{').count();
        let given = operation["parameters"]
            .as_array()
            .map_or(0, |all| all.iter().filter(|parameter| parameter["in"] == "path").count());
        assert_eq!(gaps, given, "{at}");
    }
    let mut pointers = BTreeSet::new();
    references(&document, &mut pointers);
    assert!(pointers.len() > 50);
    for name in pointers {
        let place = name.trim_start_matches('#');
        assert!(document.pointer(place).is_some(), "{name} is nowhere");
    }
}

#[test]
fn no_two_shapes_have_one_name() {
    let mut known: Vec<(String, String)> = vec![];
    for (one, description) in operations::described() {
        for (name, schema) in description.schemas {
            let schema = serde_json::to_string(&schema).unwrap();
            match known.iter().find(|(of, _)| *of == name) {
                Some((_, before)) => assert_eq!(*before, schema, "{name} in {}", one.address.path),
                None => known.push((name, schema)),
            }
        }
    }
}

#[tokio::test]
async fn people_read_the_same_on_a_page_that_asks_nobody_else() {
    let app = TestApp::spawn().await;
    let page = app.page("/api").await;
    let told = page.texts("article code");
    for one in OPERATIONS {
        let at = format!("{} {}", one.address.method.to_uppercase(), one.address.path);
        assert!(told.contains(&at), "{at}");
    }
    let (ids, links) = (page.attributes("[id]", "id"), page.attributes("a[href^='#']", "href"));
    let distinct: BTreeSet<_> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len());
    for link in links {
        assert!(
            distinct.contains(&link.trim_start_matches('#').to_owned()),
            "{link} leads nowhere"
        );
    }
    let outside = page.attributes("[src],link[href]", "src");
    assert!(outside.iter().all(|source| source.starts_with('/')), "{outside:?}");
}
