//! The interface on a page.

use actix_web::HttpResponse;

/// `GET /api`
pub async fn page() -> HttpResponse {
    HttpResponse::Ok().finish()
}
