//! What is refused at several addresses, in the same words at each.

use chrono_tz::Tz;

use crate::domain::email::Email;
use crate::error::AppError;
use crate::web::desk::campaigns::LANGUAGES;

/// Several things that stand in the way, one sentence each, as one problem.
pub fn all(sentences: impl IntoIterator<Item = String>) -> AppError {
    AppError::Refused(sentences.into_iter().collect::<Vec<_>>().join("\n"))
}

/// A body that has to say exactly one of several things: “a text or a file”.
pub fn one_of(things: &str) -> AppError {
    AppError::Refused(format!("Send either {things}."))
}

/// A mail address.
///
/// # Errors
/// What is none.
pub fn address(typed: &str) -> Result<Email, AppError> {
    typed.parse().map_err(|_no_address| {
        AppError::Refused("This is not a mail address, such as ada@example.org.".to_owned())
    })
}

/// The language of a mail, as its tag.
///
/// # Errors
/// One in which no mails are written.
pub fn language(tag: String) -> Result<String, AppError> {
    if LANGUAGES.contains(&tag.as_str()) {
        return Ok(tag);
    }
    Err(AppError::Refused("Mails are written in en or zh.".to_owned()))
}

/// A time zone, by its name in the IANA's list.
///
/// # Errors
/// What is none.
pub fn zone(name: &str) -> Result<Tz, AppError> {
    name.parse().map_err(|_no_zone| no_zone())
}

/// What is no time zone.
pub fn no_zone() -> AppError {
    AppError::Refused("This is no time zone. Write it as Europe/Berlin.".to_owned())
}
