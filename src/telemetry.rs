//! Logs: one line for each request, without personal data. The path is logged as its pattern,
//! since links carry tokens; no addresses, no answers, no names.

use std::io::IsTerminal as _;

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use tracing::Span;
use tracing_actix_web::{RequestId, RootSpanBuilder};
use tracing_subscriber::EnvFilter;

use crate::config::Log;

/// Starts logging to standard error, once; a second call leaves the first in force.
///
/// # Errors
/// A filter that cannot be read.
pub fn start(log: &Log) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&log.filter)?;
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    let _ = if log.json { lines.json().try_init() } else { lines.try_init() };
    Ok(())
}

/// The span of a request: method, pattern of the address, status.
pub struct Spans;

impl RootSpanBuilder for Spans {
    fn on_request_start(request: &ServiceRequest) -> Span {
        use actix_web::HttpMessage as _;
        let id = request.extensions().get::<RequestId>().copied();
        let pattern = request.match_pattern().unwrap_or_else(|| "none".to_owned());
        tracing::info_span!(
            "request",
            method = %request.method(),
            route = %pattern,
            id = %id.map(|id| id.to_string()).unwrap_or_default(),
            status = tracing::field::Empty,
        )
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let status = match outcome {
            Ok(response) => response.status(),
            Err(error) => error.as_response_error().status_code(),
        };
        span.record("status", status.as_u16());
        let _entered = span.enter();
        tracing::debug!("answered");
    }
}
