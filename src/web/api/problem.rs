//! What went wrong, as programs read it: problem details (RFC 9457).

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError as _};
use serde::Serialize;
use tracing_actix_web::RequestId;
use utoipa::ToSchema;

use crate::error::AppError;
use crate::href;

/// The type of every answer that tells of an error.
pub const KIND: &str = "application/problem+json";

/// What went wrong (RFC 9457).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// The kind of problem: the address of a paragraph about it.
    #[serde(rename = "type")]
    #[schema(example = "/api#not-found")]
    pub kind: String,
    /// The kind of problem in words, always the same.
    #[schema(example = "There is nothing at this address")]
    pub title: String,
    /// The status of the answer.
    #[schema(minimum = 400, maximum = 599, example = 404)]
    pub status: u16,
    /// What is wrong this time.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// What has to be put right, one sentence for each thing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<String>,
    /// By which a fault of ours is found in the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incident: Option<String>,
}

/// Every kind of problem: its status, its name in addresses, its title, and what to do.
pub const KINDS: [(u16, &str, &str, &str); 18] = [
    (400, "broken-off", "The request did not arrive whole", "Send it again; nothing was changed."),
    (
        401,
        "no-token",
        "A good token is missing",
        "Send the header Authorization: Bearer, with a token that is neither revoked nor ended.",
    ),
    (
        403,
        "not-allowed",
        "This token, or its organizer, may not do this",
        "A token with another scope, or an organizer with another role on the questionnaire, may.",
    ),
    (404, "not-found", "There is nothing at this address", "Look at the list above it."),
    (405, "wrong-method", "This cannot be done at this address", "The header Allow says what can."),
    (408, "too-slow", "The request came too slowly", "Send it again; nothing was changed."),
    (
        409,
        "conflict",
        "It contradicts what was done meanwhile",
        "Look at how things stand now, and then decide again.",
    ),
    (410, "gone", "This is over", "Nothing can be done here any more."),
    (
        412,
        "changed",
        "It was changed since you saw it",
        "Fetch it again: the tag in If-Match is no longer its tag.",
    ),
    (413, "too-large", "The request is too large", "Send less at once."),
    (
        415,
        "wrong-type",
        "The body is of another type",
        "Send JSON, and say so in the header Content-Type: application/json.",
    ),
    (
        422,
        "refused",
        "This cannot be done as it is asked for",
        "Put right what the problem names; nothing was changed.",
    ),
    (429, "too-many", "Too many requests", "Wait for as long as the header Retry-After says."),
    (
        500,
        "unexpected",
        "Something went wrong on our side",
        "Tell whoever runs this service the number of the incident.",
    ),
    (501, "not-here", "This service does not do this", "Whoever runs it has not set it up."),
    (
        502,
        "no-answer",
        "Another service that is needed does not answer",
        "Try again later; nothing was changed.",
    ),
    (
        503,
        "unavailable",
        "Not just now",
        "Wait for as long as the header Retry-After says; nothing was changed.",
    ),
    (507, "no-room", "The disk is full", "Nothing was changed. Tell whoever runs this service."),
];

/// An answer that tells of an error.
pub fn answer(error: &AppError, incident: Option<RequestId>) -> HttpResponse {
    let status = error.status_code();
    let problem = problem(error, status, incident);
    let mut answer = HttpResponse::build(status);
    answer.content_type(KIND);
    if let Some(seconds) = error.retry_after() {
        answer.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    match error {
        AppError::WrongMethod(allowed) => {
            answer.insert_header((header::ALLOW, allowed.clone()));
        }
        _ if status == StatusCode::UNAUTHORIZED => {
            answer.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        _ => {}
    }
    answer.body(serde_json::to_vec(&problem).unwrap_or_default())
}

fn problem(error: &AppError, status: StatusCode, incident: Option<RequestId>) -> Problem {
    let code = status.as_u16();
    let known = KINDS.iter().find(|(of, ..)| *of == code);
    let (name, title) = known.map_or(("unexpected", ""), |(_, name, title, _)| (*name, *title));
    let said = match error {
        AppError::Refused(why) | AppError::NotAllowed(why) => why.clone(),
        AppError::NotYours(lacking) => format!(
            "Your role here is {}; this needs the role {}.",
            lacking.role.word(),
            lacking.needed.word()
        ),
        _ => String::new(),
    };
    let errors: Vec<String> = said.lines().map(str::to_owned).collect();
    Problem {
        kind: format!("{}#{name}", href::API),
        title: if title.is_empty() { error.to_string() } else { title.to_owned() },
        status: code,
        detail: errors.join(" "),
        errors: if errors.len() > 1 { errors } else { vec![] },
        incident: error.cause().and(incident).map(|id| id.to_string()),
    }
}
