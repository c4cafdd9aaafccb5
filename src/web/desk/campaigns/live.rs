//! The stream by which the page of a campaign hears that something has changed.

use std::time::Duration;

use actix_web::http::header::ContentEncoding;
use actix_web::web::{Bytes, Path};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream;
use serde_json::json;
use tokio::sync::watch;
use tokio::time::Instant;

use super::{found, progress};
use crate::domain::{CampaignId, token};
use crate::error::AppError;
use crate::store::organizers;
use crate::web::extract::{App, Organizer, cookie};

/// How often it is looked whether something has changed.
const LOOK: Duration = Duration::from_secs(1);
/// How often something is said although nothing is new: whoever has gone is noticed then, and so
/// is a session that has ended.
const BEAT: Duration = Duration::from_secs(15);
/// After so long the page has to ask again.
const LONGEST: Duration = Duration::from_hours(1);

/// `GET /desk/q/{slug}/campaigns/{id}/live`: server-sent events. Each `results` carries the
/// version of the page as JSON, the first at once; `end` says not to ask again.
pub async fn stream(
    app: App,
    organizer: Organizer,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, AppError> {
    let (_, campaign) = found(&app, &organizer, &path).await?;
    let viewer = Viewer {
        closing: app.closing.subscribe(),
        session: token::hash(&cookie(&request).unwrap_or_default()),
        organizer,
        id: campaign.id,
        told: None,
        until: Instant::now() + LONGEST,
        beat: Instant::now() + BEAT,
        ended: false,
        app,
    };
    let events = stream::unfold(viewer, |mut viewer| async move {
        let event = viewer.next().await?;
        Some((Ok::<_, actix_web::Error>(event), viewer))
    });
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream; charset=utf-8")
        // Nothing between here and the page may wait for more.
        .insert_header(ContentEncoding::Identity)
        .insert_header(("x-accel-buffering", "no"))
        .streaming(events))
}

/// One open page.
struct Viewer {
    app: App,
    closing: watch::Receiver<bool>,
    organizer: Organizer,
    session: String,
    id: CampaignId,
    told: Option<String>,
    until: Instant,
    beat: Instant,
    ended: bool,
}

impl Viewer {
    /// What is sent next; nothing: the stream ends.
    async fn next(&mut self) -> Option<Bytes> {
        while !self.ended {
            // A database that does not answer ends nothing.
            match progress::version(&self.app, self.id).await {
                Ok(None) => self.ended = true,
                Ok(version) if version != self.told => {
                    self.told.clone_from(&version);
                    let news = json!({ "version": version.unwrap_or_default() });
                    return Some(Bytes::from(format!("event: results\ndata: {news}\n\n")));
                }
                Ok(_) | Err(_) => {}
            }
            tokio::select! {
                biased;
                // The page asks again, of the next process.
                _ = self.closing.wait_for(|closing| *closing) => return None,
                () = tokio::time::sleep_until(self.until) => return None,
                () = tokio::time::sleep(LOOK) => {}
            }
            if Instant::now() < self.beat {
                continue;
            }
            self.beat = Instant::now() + BEAT;
            self.ended |= !self.is_signed_in().await;
            if !self.ended {
                return Some(Bytes::from_static(b":\n\n"));
            }
        }
        // Once only: then the stream is over.
        self.told.take().map(|_| Bytes::from_static(b"event: end\ndata:\n\n"))
    }

    async fn is_signed_in(&self) -> bool {
        let (db, now) = (self.app.store.read(), self.app.clock.now());
        match organizers::by_session(db, &self.session, now).await {
            Ok(found) => found.is_some_and(|found| found.id == self.organizer.0.id),
            Err(_) => true,
        }
    }
}
