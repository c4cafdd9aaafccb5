//! Bring an article; what was found in it.

use crate::error::AppError;
use actix_web::HttpResponse;

/// To be built.
pub async fn bring_page() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}

/// To be built.
pub async fn bring() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}

/// To be built.
pub async fn bring_example() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}

/// To be built.
pub async fn page() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}

/// To be built.
pub async fn take() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}
