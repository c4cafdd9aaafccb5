//! What can go wrong while answering a request, in the few kinds a person can tell apart.

use actix_web::{HttpResponse, ResponseError, http::StatusCode};

use crate::acts::fill_example::FillError;
use crate::domain::slug::InvalidSlug;

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
    /// The link was used or is too old.
    #[error("this link is used or too old")]
    Expired,
    /// The form is larger than what is taken.
    #[error("too large")]
    TooLarge,
    /// The form did not arrive in time.
    #[error("too slow")]
    TooSlow,
    /// The form cannot be understood; a sentence for the person who sent it.
    #[error("{0}")]
    Refused(String),
    /// Nothing the person did: logged with its causes, shown as an incident number.
    #[error("something went wrong on our side")]
    Unexpected(#[from] anyhow::Error),
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
            FillError::Unexpected(error) => Self::Unexpected(error),
            refused => Self::Refused(refused.to_string()),
        }
    }
}

impl From<sea_orm::DbErr> for AppError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Unexpected(error.into())
    }
}

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Closed | Self::Expired => StatusCode::GONE,
            Self::SignInFirst(_) => StatusCode::UNAUTHORIZED,
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
