//! One-click opt-out.

use crate::error::AppError;
use actix_web::HttpResponse;

/// To be built.
pub async fn ask() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}

/// To be built.
pub async fn stop() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}
