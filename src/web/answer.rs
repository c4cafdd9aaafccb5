//! The reader's form.

use crate::error::AppError;
use actix_web::HttpResponse;

/// To be built.
pub async fn form() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}

/// To be built.
pub async fn submit() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}

/// To be built.
pub async fn article() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}

/// To be built.
pub async fn invited_form() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}

/// To be built.
pub async fn invited_submit() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}
