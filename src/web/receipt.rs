//! A respondent's own page.

use crate::error::AppError;
use actix_web::HttpResponse;

/// To be built.
pub async fn page() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}

/// To be built.
pub async fn change_form() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}

/// To be built.
pub async fn change() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}
