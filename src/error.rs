//! What can go wrong while answering a request, in the few kinds a person can tell apart.

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use chrono::{DateTime, Utc};
use sea_orm::DbErr;

use crate::acts::fill_example::FillError;
use crate::domain::Role;
use crate::domain::slug::InvalidSlug;
use crate::store::refusal::Refusal;
use crate::store::repeats;

/// Why a page cannot be shown. `web::guard` draws the page for it.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Nothing is at this address.
    #[error("not found")]
    NotFound,
    /// The questionnaire is not open.
    #[error("closed")]
    Closed,
    /// The desk is for organizers who have signed in; the path to come back to.
    #[error("sign in first")]
    SignInFirst(String),
    /// Programs need a token that is neither revoked nor ended.
    #[error("no good token")]
    NoToken,
    /// What a token does not allow; a sentence for whoever wrote the program.
    #[error("not with this token")]
    NotAllowed(String),
    /// What the organizer's role on this questionnaire does not include.
    #[error("not with this role")]
    NotYours(Box<Lacking>),
    /// The questionnaire is deleted, and will be erased then.
    #[error("taken away")]
    Withdrawn(DateTime<Utc>),
    /// The link was used or is too old.
    #[error("this link is used or too old")]
    Expired,
    /// The form came from another site's page.
    #[error("from another site")]
    OtherSite,
    /// Nothing can be sent to this address; what can be done there, for the header `Allow`.
    #[error("not in this way")]
    WrongMethod(String),
    /// It contradicts what somebody else has done meanwhile.
    #[error("out of date")]
    Conflict,
    /// It was changed since whoever asks saw it.
    #[error("changed meanwhile")]
    Changed,
    /// What was sent is no form.
    #[error("not a form")]
    WrongType,
    /// Too many forms in a short time; how many seconds to wait.
    #[error("too many")]
    TooMany(i64),
    /// The form is larger than what is taken.
    #[error("too large")]
    TooLarge,
    /// The form did not arrive in time.
    #[error("too slow")]
    TooSlow,
    /// The form broke off.
    #[error("broken off")]
    BrokenOff,
    /// More forms are on their way than can be taken.
    #[error("crowded")]
    Crowded,
    /// The form cannot be understood; a sentence for the person who sent it.
    #[error("{0}")]
    Refused(String),
    /// The database cannot be reached just now.
    #[error("the database does not answer")]
    Unavailable(#[source] anyhow::Error),
    /// The disk is full.
    #[error("the disk is full")]
    NoRoom(#[source] anyhow::Error),
    /// Nothing the person did: logged with its causes, shown as an incident number.
    #[error("something went wrong on our side")]
    Unexpected(#[source] anyhow::Error),
}

/// What somebody's role was not enough for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    /// Their role.
    pub role: Role,
    /// The role that it takes.
    pub needed: Role,
    /// Who can give it to them.
    pub owners: Vec<String>,
}

impl AppError {
    /// What lies behind a fault of ours, for the log.
    pub fn cause(&self) -> Option<&anyhow::Error> {
        match self {
            Self::Unavailable(cause) | Self::NoRoom(cause) | Self::Unexpected(cause) => Some(cause),
            _ => None,
        }
    }

    /// In how many seconds it is worth another try, where that can be said.
    pub fn retry_after(&self) -> Option<i64> {
        match self {
            Self::TooMany(seconds) => Some(*seconds),
            Self::Crowded => Some(30),
            Self::Unavailable(_) => Some(60),
            Self::NoRoom(_) => Some(600),
            _ => None,
        }
    }
}

/// What an act could not do is mostly the database's doing.
impl From<anyhow::Error> for AppError {
    fn from(cause: anyhow::Error) -> Self {
        let refused = cause.chain().find_map(|error| error.downcast_ref::<DbErr>());
        if refused.is_some_and(repeats::is_twice) {
            return Self::Conflict;
        }
        match refused.map(Refusal::of) {
            Some(Refusal::NoRoom) => Self::NoRoom(cause),
            Some(Refusal::Unavailable) => Self::Unavailable(cause),
            Some(Refusal::Other) | None => Self::Unexpected(cause),
        }
    }
}

/// What is no address cannot be found.
impl From<InvalidSlug> for AppError {
    fn from(_: InvalidSlug) -> Self {
        Self::NotFound
    }
}

/// What is no id cannot be found.
impl From<uuid::Error> for AppError {
    fn from(_: uuid::Error) -> Self {
        Self::NotFound
    }
}

impl From<FillError> for AppError {
    fn from(error: FillError) -> Self {
        match error {
            FillError::Unexpected(error) => error.into(),
            refused => Self::Refused(refused.to_string()),
        }
    }
}

impl From<DbErr> for AppError {
    fn from(error: DbErr) -> Self {
        anyhow::Error::from(error).into()
    }
}

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Closed | Self::Expired | Self::Withdrawn(_) => StatusCode::GONE,
            Self::SignInFirst(_) | Self::NoToken => StatusCode::UNAUTHORIZED,
            Self::BrokenOff => StatusCode::BAD_REQUEST,
            Self::OtherSite | Self::NotYours(_) | Self::NotAllowed(_) => StatusCode::FORBIDDEN,
            Self::WrongMethod(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict => StatusCode::CONFLICT,
            Self::Changed => StatusCode::PRECONDITION_FAILED,
            Self::WrongType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Crowded | Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::NoRoom(_) => StatusCode::INSUFFICIENT_STORAGE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unexpected(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    // No body here: the guard draws it, as it alone knows the person's language.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}
