//! The outbox.

use crate::error::AppError;
use actix_web::HttpResponse;

/// To be built.
pub async fn page() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}

/// To be built.
pub async fn one() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}
