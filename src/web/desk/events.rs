//! Server-sent events (WHATWG HTML, 9.2) for pages of the desk that stay open.

use std::time::Duration;

use actix_web::http::header::ContentEncoding;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream;
use serde::Serialize;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::acts::sessions::idle_since;
use crate::domain::token;
use crate::store::organizers;
use crate::web::extract::{App, Organizer, cookie};

/// How often something is said although nothing is new: whoever has gone is noticed then, and
/// so is a session that has ended.
pub const BEAT: Duration = Duration::from_secs(15);
/// After so long the page has to ask again.
const LONGEST: Duration = Duration::from_hours(1);

/// What is said so that the connection stays.
pub const STILL_HERE: Bytes = Bytes::from_static(b":\n\n");
/// What is said so that the page does not ask again.
pub const END: Bytes = Bytes::from_static(b"event: end\ndata:\n\n");

/// Something new, as JSON; nothing if it cannot be written.
pub fn results(news: &impl Serialize) -> Option<Bytes> {
    let news = serde_json::to_string(news).ok()?;
    Some(Bytes::from(format!("event: results\ndata: {news}\n\n")))
}

/// What one open page is told, until there is nothing more.
pub trait Viewer: 'static {
    /// What is sent next; nothing: the stream ends.
    fn next(&mut self) -> impl Future<Output = Option<Bytes>>;
}

/// The answer that goes on for as long as the page is open.
pub fn answer(viewer: impl Viewer) -> HttpResponse {
    let events = stream::unfold(viewer, |mut viewer| async move {
        let event = viewer.next().await?;
        Some((Ok::<_, actix_web::Error>(event), viewer))
    });
    HttpResponse::Ok()
        .content_type("text/event-stream; charset=utf-8")
        // Nothing between here and the page may wait for more.
        .insert_header(ContentEncoding::Identity)
        .insert_header(("x-accel-buffering", "no"))
        .streaming(events)
}

/// Who has a page open, and for how long.
pub struct Watcher {
    /// The service.
    pub app: App,
    /// Who looks.
    pub organizer: Organizer,
    session: String,
    closing: watch::Receiver<bool>,
    until: Instant,
}

impl Watcher {
    /// Whoever asked just now.
    pub fn new(app: App, organizer: Organizer, request: &HttpRequest) -> Self {
        Self {
            closing: app.closing.subscribe(),
            session: token::hash(&cookie(request).unwrap_or_default()),
            until: Instant::now() + LONGEST,
            organizer,
            app,
        }
    }

    /// Returns when the page has to ask again: of the next process, or because an hour is over.
    pub async fn over(&mut self) {
        tokio::select! {
            _ = self.closing.wait_for(|closing| *closing) => {}
            () = tokio::time::sleep_until(self.until) => {}
        }
    }

    /// Whether the session has not ended. A database that does not answer ends nothing.
    pub async fn is_signed_in(&self) -> bool {
        let (db, now) = (self.app.store.read(), self.app.clock.now());
        match organizers::by_session(db, &self.session, now, idle_since(&self.app)).await {
            Ok(found) => found.is_some_and(|(found, _)| found.id == self.organizer.0.id),
            Err(_) => true,
        }
    }
}
