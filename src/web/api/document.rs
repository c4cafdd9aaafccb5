//! The interface in a document that programs read (`OpenAPI` 3.1), made of what the handlers take
//! and answer.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use utoipa::openapi::path::{
    HttpMethod, OperationBuilder, Parameter, ParameterBuilder, ParameterIn, PathItem,
};
use utoipa::openapi::schema::{ObjectBuilder, SchemaFormat, Type as JsonType};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, Content, InfoBuilder, KnownFormat, OpenApi, OpenApiBuilder, Paths, Ref,
    RefOr, Required, ResponseBuilder, ResponsesBuilder, Schema, SecurityRequirement, Server,
};
use utoipa::{PartialSchema as _, ToSchema as _};

use super::described::{Description, text};
use super::operations::{self, Operation};
use super::problem::{self, Problem};
use super::repeat;

/// The document.
pub static DOCUMENT: LazyLock<OpenApi> = LazyLock::new(whole);
static WRITTEN: LazyLock<String> = LazyLock::new(|| DOCUMENT.to_pretty_json().unwrap_or_default());

/// The name of the scheme in it.
const TOKEN: &str = "token";
/// The response to whatever went wrong.
const PROBLEM: &str = "Problem";

const ABOUT: &str = "\
From an article's open questions to a small-group discussion worth having: what an organizer does \
at the desk, for programs. All of it, but for what keeps the account itself: the address that it \
signs in with, passkeys, password, sessions, and deleting it. A token that leaks must not take \
the account over.\n\n\
A request carries a token, made on the page “Tokens” of the account: `Authorization: Bearer \
colloquy_…`. A token has scopes: `read` to look, `write` to change, `send` to let mails go to \
other people, `contacts` for the addresses of people. What its organizer may not do, it may not \
do either.\n\n\
Lists come in parts: `next` is the `cursor` of the next one. Whatever goes wrong is told as \
problem details (RFC 9457). A POST with a header `Idempotency-Key` is carried out once within a \
day, however often it is sent. An answer with a header `ETag` is not sent again to who has it \
(`If-None-Match`).";

/// `GET /api/v1/openapi.json`
pub async fn json() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, HeaderValue::from_static("public, max-age=300")))
        .content_type("application/json")
        .body(WRITTEN.as_str())
}

fn whole() -> OpenApi {
    let mut paths = Paths::new();
    let mut components = ComponentsBuilder::new()
        .schema(Problem::name(), Problem::schema())
        .security_scheme(TOKEN, scheme());
    let problem = RefOr::<Schema>::Ref(Ref::from_schema_name(Problem::name()));
    let problem = ResponseBuilder::new()
        .description("Something is wrong; the type says what kind of thing.")
        .content(problem::KIND, Content::new(Some(problem)));
    components = components.response(PROBLEM, problem.build());
    for (operation, mut description) in operations::described() {
        let schemas = std::mem::take(&mut description.schemas);
        components = components.schemas_from_iter(schemas);
        let method = match operation.address.method {
            "get" => HttpMethod::Get,
            "put" => HttpMethod::Put,
            "patch" => HttpMethod::Patch,
            "delete" => HttpMethod::Delete,
            _ => HttpMethod::Post,
        };
        let described = described(operation, description);
        let item = paths.paths.entry(operation.address.path.to_owned()).or_default();
        item.merge_operations(PathItem::new(method, described));
    }
    let info = InfoBuilder::new()
        .title("Colloquy")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(ABOUT));
    OpenApiBuilder::new()
        .info(info)
        .servers(Some([Server::new("/")]))
        .paths(paths)
        .components(Some(components.build()))
        .build()
}

fn scheme() -> SecurityScheme {
    let scheme = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("colloquy_…")
        .description(Some("A token of an organizer, made on the page “Tokens” of the account."));
    SecurityScheme::Http(scheme.build())
}

fn described(operation: &Operation, description: Description) -> OperationBuilder {
    let changes = operation.address.method != "get";
    let mut responses = ResponsesBuilder::new();
    for (status, response) in &description.answers {
        responses = responses.response(status.to_string(), response.clone());
    }
    let reads = [304_u16].into_iter().filter(|_| !changes);
    for status in reads {
        let same = ResponseBuilder::new().description("It is as you have it.");
        responses = responses.response(status.to_string(), same.build());
    }
    for status in problems(operation, description.body.is_some()) {
        responses = responses.response(status.to_string(), Ref::from_response_name(PROBLEM));
    }
    let mut built = OperationBuilder::new()
        .operation_id(Some(operation.name()))
        .summary(Some(operation.says))
        .tag(operation.tag)
        .parameters(Some(gaps(operation.address.path)))
        .parameters(Some(description.parameters))
        .request_body(description.body)
        .responses(responses.build());
    if !operation.more.is_empty() {
        built = built.description(Some(operation.more));
    }
    if operation.address.method == "post" {
        built = built.parameter(name_of_request());
    }
    if operation.also.contains(&412) {
        built = built.parameter(tag_seen());
    }
    let scopes = operation.scopes.iter().map(|scope| scope.word());
    built.security(SecurityRequirement::new(TOKEN, scopes))
}

/// The statuses with which an operation may tell that something is wrong.
fn problems(operation: &Operation, takes: bool) -> Vec<u16> {
    let mut all = vec![401, 403, 404, 422, 429, 500, 503];
    if operation.address.method != "get" {
        all.extend([400, 408, 409, 413, 507]);
    }
    if takes {
        all.push(415);
    }
    // It was deleted, and can still be restored.
    if operation.address.path.contains("{slug}") {
        all.push(410);
    }
    all.extend(operation.also);
    all.sort_unstable();
    all.dedup();
    all
}

/// The parameters of a path.
fn gaps(path: &str) -> Vec<Parameter> {
    let gaps = path.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    let gap = |(name, _): (&str, &str)| {
        ParameterBuilder::new()
            .name(name)
            .parameter_in(ParameterIn::Path)
            .required(Required::True)
            .schema(Some(schema_of(name)))
            .build()
    };
    gaps.map(gap).collect()
}

fn schema_of(gap: &str) -> Schema {
    let string = ObjectBuilder::new().schema_type(JsonType::String);
    match gap {
        "slug" => string.description(Some("The questionnaire, as in its address.")).build().into(),
        "id" | "group" | "participant" | "delivery" => {
            string.format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid))).build().into()
        }
        "number" => ObjectBuilder::new()
            .schema_type(JsonType::Integer)
            .minimum(Some(1))
            .maximum(Some(1_000_000))
            .build()
            .into(),
        "key" => string
            .description(Some("The key of a question, such as q3."))
            .pattern(Some("^[a-z0-9_-]{1,40}$"))
            .build()
            .into(),
        _ => string.pattern(Some("^[A-Za-z0-9._-]{1,100}$")).build().into(),
    }
}

/// The header by which a request names itself.
fn name_of_request() -> Parameter {
    ParameterBuilder::new()
        .name(repeat::HEADER)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("A name of this request, so that it can be sent again without harm."))
        .schema(Some(text("")))
        .build()
}

/// The header by which a change names what was seen.
fn tag_seen() -> Parameter {
    ParameterBuilder::new()
        .name("If-Match")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "The ETag of what was seen: where it has changed since, nothing is done.",
        ))
        .schema(Some(text("")))
        .build()
}
