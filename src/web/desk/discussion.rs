//! Groups and guides.

use crate::error::AppError;
use actix_web::HttpResponse;

/// To be built.
pub async fn page() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}

/// To be built.
pub async fn make() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}

/// To be built.
pub async fn invite() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}

/// To be built.
pub async fn guide() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}
