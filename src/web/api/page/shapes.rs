//! Schemas as people read them: a type in words, a table of fields, an example.

use maud::{Markup, html};
use serde_json::{Map, Value, json};

/// Examples are so deep at the most.
const DEEPEST: usize = 5;

/// The name of the place of a schema on the page.
pub fn named(name: &str) -> String {
    format!("shape-{name}")
}

fn text<'a>(schema: &'a Value, name: &str) -> &'a str {
    schema.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn reference(schema: &Value) -> Option<&str> {
    text(schema, "$ref").strip_prefix("#/components/schemas/")
}

/// The alternatives of a schema that has some.
fn either(schema: &Value) -> Option<&Vec<Value>> {
    ["oneOf", "anyOf", "allOf"].iter().find_map(|name| schema.get(*name)?.as_array())
}

/// The type of a schema in words, with links to the shapes that it names.
pub fn type_of(schema: &Value) -> Markup {
    if let Some(name) = reference(schema) {
        return html! { a href={ "#" (named(name)) } { (name) } };
    }
    if let Some(all) = either(schema) {
        return html! {
            @for (place, one) in all.iter().enumerate() {
                @if place > 0 { " or " }
                (type_of(one))
            }
        };
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return html! {
            @for (place, word) in words.iter().enumerate() {
                @if place > 0 { " or " }
                code { (word.as_str().unwrap_or_default()) }
            }
        };
    }
    let kind = match schema.get("type") {
        Some(Value::String(kind)) => kind.clone(),
        Some(Value::Array(kinds)) => {
            kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or ")
        }
        _ => "anything".to_owned(),
    };
    html! {
        @if kind == "array" {
            "list of " (type_of(schema.get("items").unwrap_or(&Value::Null)))
        } @else {
            (kind)
            @if !text(schema, "format").is_empty() { " (" (text(schema, "format")) ")" }
        }
    }
}

/// The fields of a schema, in a table; those of each alternative, where it has some.
pub fn fields(schema: &Value) -> Markup {
    if let Some(all) = either(schema) {
        return html! { @for one in all { (fields(one)) } };
    }
    let none = Map::new();
    let known = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
    if known.is_empty() {
        return html! {};
    }
    let required = schema.get("required").and_then(Value::as_array);
    let needed =
        |name: &str| required.is_some_and(|all| all.iter().any(|one| one.as_str() == Some(name)));
    html! {
        table.data.cards {
            thead { tr { th scope="col" { "Field" } th scope="col" { "Type" } th scope="col" { "About" } } }
            tbody {
                @for (name, field) in known {
                    tr {
                        th scope="row" { code { (name) } @if needed(name) { " *" } }
                        td data-label="Type" { (type_of(field)) }
                        td { (text(field, "description")) }
                    }
                }
            }
        }
    }
}

/// Something that fits a schema.
pub fn example(document: &Value, schema: &Value, depth: usize) -> Value {
    if depth > DEEPEST {
        return Value::Null;
    }
    if let Some(name) = reference(schema) {
        let place = format!("/components/schemas/{name}");
        let found = document.pointer(&place).unwrap_or(&Value::Null);
        return example(document, found, depth + 1);
    }
    if let Some(given) = schema.get("example") {
        return given.clone();
    }
    if let Some(all) = schema.get("allOf").and_then(Value::as_array) {
        let mut whole = Map::new();
        for one in all {
            if let Value::Object(part) = example(document, one, depth + 1) {
                whole.extend(part);
            }
        }
        return Value::Object(whole);
    }
    if let Some(first) = either(schema).and_then(|all| all.iter().find(|one| !is_null(one))) {
        return example(document, first, depth + 1);
    }
    if let Some(word) = schema.get("enum").and_then(|words| words.get(0)) {
        return word.clone();
    }
    let kind = match schema.get("type") {
        Some(Value::String(kind)) => kind.as_str(),
        Some(Value::Array(kinds)) => {
            kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or("null")
        }
        _ => "object",
    };
    match kind {
        "array" => {
            let items = schema.get("items").unwrap_or(&Value::Null);
            json!([example(document, items, depth + 1)])
        }
        "integer" => schema.get("minimum").cloned().unwrap_or_else(|| json!(1)),
        "number" => json!(1.5),
        "boolean" => json!(true),
        "string" => json!(word(schema)),
        "null" => Value::Null,
        _ => object(document, schema, depth),
    }
}

fn object(document: &Value, schema: &Value, depth: usize) -> Value {
    let fields = schema.get("properties").and_then(Value::as_object);
    let some = fields.into_iter().flatten().map(|(name, field)| {
        let filled = example(document, field, depth + 1);
        (name.clone(), filled)
    });
    Value::Object(some.filter(|(_, filled)| !filled.is_null()).collect())
}

fn is_null(schema: &Value) -> bool {
    text(schema, "type") == "null"
}

fn word(schema: &Value) -> &'static str {
    match text(schema, "format") {
        "uuid" => "0f8fad5b-d9cb-469f-a165-70867728950e",
        "date-time" => "2026-12-03T18:00:00Z",
        "date" => "2026-12-03",
        "email" => "ada@example.org",
        _ => "…",
    }
}
