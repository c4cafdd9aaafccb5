//! The stream by which the page of a campaign hears that something has changed.

use std::time::Duration;

use actix_web::web::{Bytes, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;
use tokio::time::Instant;

use super::{found, progress};
use crate::domain::CampaignId;
use crate::error::AppError;
use crate::web::desk::events::{self, BEAT, END, STILL_HERE, Watcher};
use crate::web::extract::{App, Organizer};

/// How often it is looked whether something has changed.
const LOOK: Duration = Duration::from_secs(1);

/// `GET /desk/q/{slug}/campaigns/{id}/live`: server-sent events. Each `results` carries the
/// version of the page as JSON, the first at once; `end` says not to ask again.
pub async fn stream(
    app: App,
    organizer: Organizer,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, AppError> {
    let (_, campaign) = found(&app, &organizer, &path).await?;
    Ok(events::answer(Viewer {
        who: Watcher::new(app, organizer, &request),
        id: campaign.id,
        told: None,
        beat: Instant::now() + BEAT,
        ended: false,
    }))
}

/// One open page.
struct Viewer {
    who: Watcher,
    id: CampaignId,
    told: Option<String>,
    beat: Instant,
    ended: bool,
}

impl events::Viewer for Viewer {
    async fn next(&mut self) -> Option<Bytes> {
        while !self.ended {
            // A database that does not answer ends nothing.
            match progress::version(&self.who.app, self.id).await {
                Ok(None) => self.ended = true,
                Ok(version) if version != self.told => {
                    self.told.clone_from(&version);
                    return events::results(&json!({ "version": version.unwrap_or_default() }));
                }
                Ok(_) | Err(_) => {}
            }
            tokio::select! {
                biased;
                () = self.who.over() => return None,
                () = tokio::time::sleep(LOOK) => {}
            }
            if Instant::now() < self.beat {
                continue;
            }
            self.beat = Instant::now() + BEAT;
            self.ended |= !self.who.is_signed_in().await;
            if !self.ended {
                return Some(STILL_HERE);
            }
        }
        // Once only: then the stream is over.
        self.told.take().map(|_| END)
    }
}
