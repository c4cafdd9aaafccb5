//! The interface for programs, `/api/v1`: the same acts as the desk, with tokens instead of
//! cookies and JSON instead of pages. The operations stand in one table.

use actix_web::HttpResponse;
use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};

use crate::error::AppError;

pub mod account;
pub mod answered;
pub mod articles;
pub mod asked;
pub mod brief;
pub mod caller;
pub mod campaigns;
pub mod contacts;
pub mod described;
pub mod discussion;
pub mod document;
pub mod documents;
pub mod echo;
pub mod forms;
pub mod history;
pub mod images;
pub mod imports;
pub mod lists;
pub mod look;
pub mod mail;
pub mod members;
pub mod newer;
pub mod operations;
pub mod page;
pub mod problem;
pub mod questionnaires;
pub mod refusals;
pub mod repeat;
pub mod responses;
pub mod results;
pub mod settings;
pub mod themes;
pub mod tokens;
pub mod webhooks;
pub mod words;

/// Whether an address is one of the interface.
pub fn is_ours(path: &str) -> bool {
    path == "/api/v1" || path.starts_with("/api/v1/")
}

/// An answer that says why nothing was done; the guard writes it out.
fn refused(req: ServiceRequest, why: AppError) -> ServiceResponse<BoxBody> {
    // `ServiceRequest::into_response` would forget the error.
    let (request, _) = req.into_parts();
    ServiceResponse::new(request, HttpResponse::from_error(why))
}
