//! The stream by which an open results page hears that something is new.

use std::time::Duration;

use actix_web::http::header::ContentEncoding;
use actix_web::web::{Bytes, Path};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::domain::{QuestionnaireId, token};
use crate::error::AppError;
use crate::insight::live::{News, watch};
use crate::store::organizers;
use crate::web::extract::{App, Organizer, cookie};

/// How often something is said although nothing is new: whoever has gone is noticed then, and
/// so is a session that has ended.
const BEAT: Duration = Duration::from_secs(15);
/// After so long the page has to ask again.
const LONGEST: Duration = Duration::from_hours(1);

/// `GET /desk/q/{slug}/insight/live`: server-sent events (WHATWG HTML, 9.2). Each `results`
/// carries [`News`] as JSON, the first at once; `end` says not to ask again.
pub async fn stream(
    app: App,
    organizer: Organizer,
    request: HttpRequest,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    let viewer = Viewer {
        news: watch(&app, questionnaire.id),
        closing: app.closing.subscribe(),
        session: token::hash(&cookie(&request).unwrap_or_default()),
        organizer,
        slug: slug.into_inner(),
        id: questionnaire.id,
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
    news: watch::Receiver<Option<News>>,
    closing: watch::Receiver<bool>,
    organizer: Organizer,
    session: String,
    slug: String,
    id: QuestionnaireId,
    until: Instant,
    beat: Instant,
    ended: bool,
}

impl Viewer {
    /// What is sent next; nothing: the stream ends.
    async fn next(&mut self) -> Option<Bytes> {
        while !self.ended {
            let is_news = tokio::select! {
                biased;
                // The page asks again, of the next process.
                _ = self.closing.wait_for(|closing| *closing) => return None,
                () = tokio::time::sleep_until(self.until) => return None,
                changed = self.news.changed() => changed.is_ok(),
                () = tokio::time::sleep_until(self.beat) => false,
            };
            self.ended = !self.may_watch().await;
            if self.ended {
                return Some(Bytes::from_static(b"event: end\ndata:\n\n"));
            }
            self.beat = Instant::now() + BEAT;
            if !is_news {
                return Some(Bytes::from_static(b":\n\n"));
            }
            let news = self.news.borrow_and_update().clone();
            if let Some(news) = news.and_then(|news| serde_json::to_string(&news).ok()) {
                return Some(Bytes::from(format!("event: results\ndata: {news}\n\n")));
            }
        }
        None
    }

    /// Whether the session has not ended and the questionnaire is still theirs. A database that
    /// does not answer ends nothing.
    async fn may_watch(&self) -> bool {
        let (db, now) = (self.app.store.read(), self.app.clock.now());
        match organizers::by_session(db, &self.session, now).await {
            Ok(Some(organizer)) if organizer.id == self.organizer.0.id => {}
            Ok(_) => return false,
            Err(_) => return true,
        }
        match self.organizer.questionnaire(&self.app, &self.slug).await {
            Ok(questionnaire) => questionnaire.id == self.id,
            Err(error) => error.cause().is_some(),
        }
    }
}
