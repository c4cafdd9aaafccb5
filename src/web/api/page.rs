//! The interface on a page for people, drawn from the document for programs: every operation with
//! what it takes and answers, and an example.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use maud::{Markup, html};
use serde_json::Value;

use self::shapes::{example, fields, named, type_of};
use super::document::DOCUMENT;
use super::operations::{OPERATIONS, Operation};
use super::problem::KINDS;
use crate::domain::api_token::Scope;
use crate::href;
use crate::web::ui::layout;

mod shapes;

/// It is the same for everybody and as long as the program runs: drawn once.
static PAGE: LazyLock<String> = LazyLock::new(|| whole().into_string());

/// `GET /api`
pub async fn page() -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(PAGE.as_str())
}

fn whole() -> Markup {
    let document = serde_json::to_value(&*DOCUMENT).unwrap_or_default();
    let mut tags: Vec<&str> = OPERATIONS.iter().map(|one| one.tag).collect();
    tags.dedup();
    let body = html! {
        h1 { "For programs" }
        p.lede { "What an organizer does at the desk, over HTTP and JSON." }
        (introduction(&document))
        nav aria-label="Parts" {
            ul { @for tag in &tags { li { a href={ "#" (anchor(tag)) } { (tag) } } } }
        }
        @for tag in &tags {
            section aria-labelledby=(anchor(tag)) {
                h2 id=(anchor(tag)) { (tag) }
                @for one in OPERATIONS.iter().filter(|one| one.tag == *tag) {
                    (operation(&document, one))
                }
            }
        }
        (problems())
        (schemas(&document))
    };
    layout::reference("For programs", body)
}

fn anchor(tag: &str) -> String {
    tag.to_lowercase().replace(' ', "-")
}

fn introduction(document: &Value) -> Markup {
    let about = document.pointer("/info/description").and_then(Value::as_str).unwrap_or_default();
    html! {
        @for paragraph in about.split("\n\n") { p { (code(paragraph)) } }
        dl.facts {
            @for (scope, says) in Scope::ALL.into_iter().zip(SCOPES) {
                dt { code { (scope.word()) } }
                dd { (says) }
            }
        }
        p { a href=(href::API_DOCUMENT) { "The same as a document for programs (OpenAPI 3.1)" } }
        pre { "curl -H \"Authorization: Bearer $TOKEN\" \"$HOST/api/v1/questionnaires\"" }
    }
}

/// What each scope is for.
const SCOPES: [&str; 4] = [
    "Look at questionnaires, responses, results, briefs and discussions.",
    "Change them.",
    "Let mails go to other people.",
    "Look at the addresses of contacts and at mails; with write, change contacts.",
];

/// A text in which what stands between backticks is code.
fn code(text: &str) -> Markup {
    html! {
        @for (place, piece) in text.split('`').enumerate() {
            @if place % 2 == 1 { code { (piece) } } @else { (piece) }
        }
    }
}

fn operation(document: &Value, one: &Operation) -> Markup {
    let at = document
        .get("paths")
        .and_then(|paths| paths.get(one.address.path)?.get(one.address.method));
    let at = at.unwrap_or(&Value::Null);
    let none = vec![];
    let parameters = at.get("parameters").and_then(Value::as_array).unwrap_or(&none);
    let body = at.pointer("/requestBody/content/application~1json/schema");
    html! {
        article.panel id=(one.name()) {
            h3 { (code(one.says)) }
            p { code { (one.address.method.to_uppercase()) " " (one.address.path) } }
            @if !one.more.is_empty() { p { (code(one.more)) } }
            p.small.quiet {
                "Scopes: " (one.scopes.iter().map(|scope| scope.word()).collect::<Vec<_>>().join(", "))
                @if let Some(role) = one.address.who.role() { ". Role on the questionnaire: " (role.word()) " or more" }
                "."
            }
            details {
                summary { "What it takes and answers" }
                @if !parameters.is_empty() {
                    table.data.cards {
                        thead { tr { th scope="col" { "Parameter" } th scope="col" { "In" } th scope="col" { "Type" } th scope="col" { "About" } } }
                        tbody {
                            @for parameter in parameters {
                                tr {
                                    th scope="row" { code { (text(parameter, "name")) } }
                                    td data-label="In" { (text(parameter, "in")) }
                                    td data-label="Type" { (type_of(parameter.get("schema").unwrap_or(&Value::Null))) }
                                    td { (code(said(parameter))) }
                                }
                            }
                        }
                    }
                }
                @if let Some(schema) = body {
                    h4 { "Body" }
                    p { (type_of(schema)) }
                    (fields(schema))
                    h4 { "For example" }
                    pre { (call(document, one, schema)) }
                }
                h4 { "Answers" }
                ul {
                    @for (status, response) in at.get("responses").and_then(Value::as_object).into_iter().flatten() {
                        @if response.get("$ref").is_none() {
                            li {
                                code { (status) } " " (text(response, "description")) " "
                                @if let Some(schema) = response.pointer("/content/application~1json/schema") { (type_of(schema)) }
                            }
                        }
                    }
                    li { "Otherwise a " a href="#problems" { "problem" } "." }
                }
            }
        }
    }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn said(parameter: &Value) -> &str {
    let own = text(parameter, "description");
    if own.is_empty() {
        parameter.get("schema").map_or("", |of| text(of, "description"))
    } else {
        own
    }
}

fn call(document: &Value, one: &Operation, schema: &Value) -> String {
    let body = serde_json::to_string_pretty(&example(document, schema, 0)).unwrap_or_default();
    format!(
        "curl -X {} -H \"Authorization: Bearer $TOKEN\" -H \"Content-Type: application/json\" \\\n  \
         \"$HOST{}\" -d '{}'",
        one.address.method.to_uppercase(),
        one.address.path,
        body.replace('\'', "’"),
    )
}

fn problems() -> Markup {
    html! {
        section aria-labelledby="problems" {
            h2 id="problems" { "Problems" }
            p { "Whatever goes wrong is told as " code { "application/problem+json" } " (RFC 9457): type, title, status, and what is wrong this time." }
            @for (status, name, title, next) in KINDS {
                h3 id=(name) { (title) }
                p { code { (status) } " " (next) }
            }
        }
    }
}

fn schemas(document: &Value) -> Markup {
    let all = document.pointer("/components/schemas").and_then(Value::as_object);
    html! {
        section aria-labelledby="shapes" {
            h2 id="shapes" { "Shapes" }
            @for (name, schema) in all.into_iter().flatten() {
                details id=(named(name)) {
                    summary { (name) }
                    @let about = text(schema, "description");
                    @if !about.is_empty() { p { (code(about)) } }
                    (fields(schema))
                }
            }
        }
    }
}
