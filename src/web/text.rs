//! What was typed, as a file to save: for pages that have to say that it could not be kept.
//! Nothing is stored, and nothing is asked of the database, which may be what is broken.

use actix_web::HttpResponse;
use actix_web::http::header::ContentDisposition;

use super::body::typed;
use super::extract::{Form, Speaks};
use crate::words::Words;

/// The file's name.
pub const NAME: &str = "colloquy.txt";

/// `POST /text`: the texts of any of our forms.
pub async fn file(speaks: Speaks, Form(fields): Form) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header(ContentDisposition::attachment(NAME))
        .body(of(speaks.0, &typed::texts(&fields, &typed::Prompts::new())))
}

/// The file: each text as it was typed, under the name of what it answers.
pub fn of(words: Words, texts: &[typed::Typed<'_>]) -> String {
    if let [only] = texts {
        return only.text.to_owned();
    }
    let mut file = String::new();
    for (place, typed) in (1..).zip(texts) {
        file.push_str(&label(words, place, typed));
        file.push_str("\n\n");
        file.push_str(typed.text);
        file.push_str("\n\n\n");
    }
    file
}

/// What a text is called: after its question, where it answers one.
pub fn label(words: Words, place: usize, typed: &typed::Typed<'_>) -> String {
    match (typed.question, typed.prompt) {
        (Some(number), Some(prompt)) => format!("{number}. {}", prompt.text),
        (None, Some(prompt)) => prompt.text.clone(),
        (Some(number), None) => words.with("error-answer-number", &[("number", number.into())]),
        (None, None) => words.with("error-text-number", &[("number", place.into())]),
    }
}
