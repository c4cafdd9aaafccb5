//! The stream by which an open results page hears that something is new.

use actix_web::web::{Bytes, Path};
use actix_web::{HttpRequest, HttpResponse};
use tokio::sync::watch;
use tokio::time::Instant;

use crate::domain::QuestionnaireId;
use crate::error::AppError;
use crate::insight::live::{News, watch};
use crate::web::desk::events::{self, BEAT, END, STILL_HERE, Watcher};
use crate::web::extract::{App, Organizer};

/// `GET /desk/q/{slug}/insight/live`: server-sent events. Each `results` carries [`News`] as JSON,
/// the first at once; `end` says not to ask again.
pub async fn stream(
    app: App,
    organizer: Organizer,
    request: HttpRequest,
    slug: Path<String>,
) -> Result<HttpResponse, AppError> {
    let questionnaire = organizer.questionnaire(&app, &slug).await?;
    Ok(events::answer(Viewer {
        news: watch(&app, questionnaire.id),
        who: Watcher::new(app, organizer, &request),
        slug: slug.into_inner(),
        id: questionnaire.id,
        beat: Instant::now() + BEAT,
        ended: false,
    }))
}

/// One open page.
struct Viewer {
    news: watch::Receiver<Option<News>>,
    who: Watcher,
    slug: String,
    id: QuestionnaireId,
    beat: Instant,
    ended: bool,
}

impl events::Viewer for Viewer {
    async fn next(&mut self) -> Option<Bytes> {
        while !self.ended {
            let is_news = tokio::select! {
                biased;
                () = self.who.over() => return None,
                changed = self.news.changed() => changed.is_ok(),
                () = tokio::time::sleep_until(self.beat) => false,
            };
            self.ended = !self.may_watch().await;
            if self.ended {
                return Some(END);
            }
            self.beat = Instant::now() + BEAT;
            if !is_news {
                return Some(STILL_HERE);
            }
            let news = self.news.borrow_and_update().clone();
            if let Some(event) = news.and_then(|news| events::results(&news)) {
                return Some(event);
            }
        }
        None
    }
}

impl Viewer {
    /// Whether the session has not ended and the questionnaire is still theirs. A database that
    /// does not answer ends nothing.
    async fn may_watch(&self) -> bool {
        if !self.who.is_signed_in().await {
            return false;
        }
        match self.who.organizer.questionnaire(&self.who.app, &self.slug).await {
            Ok(questionnaire) => questionnaire.id == self.id,
            Err(error) => error.cause().is_some(),
        }
    }
}
