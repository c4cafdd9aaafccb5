//! A participant's group and guide.

use crate::error::AppError;
use actix_web::HttpResponse;

/// To be built.
pub async fn participant() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}
