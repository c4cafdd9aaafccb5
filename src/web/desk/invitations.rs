//! Contacts and invitations.

use crate::error::AppError;
use actix_web::HttpResponse;

/// To be built.
pub async fn page() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}

/// To be built.
pub async fn add() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}

/// To be built.
pub async fn send() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}

/// To be built.
pub async fn remind() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}
