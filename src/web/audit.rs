//! Writes down what organizers do: every request that changes something says so in the table of
//! addresses, so no deed is forgotten.

use std::sync::{Arc, OnceLock};

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _};

use super::extract::App;
use super::routes::{Address, address_of};
use crate::acts::note_deed::{Deed, note_deed};
use crate::domain::status::Way;
use crate::domain::{OrganizerId, QuestionnaireId, Slug};
use crate::store::questionnaires;

/// Who acts, and on what; among the extensions of a request of an organizer.
#[derive(Clone, Debug)]
pub struct Acting {
    organizer: OrganizerId,
    questionnaire: Arc<OnceLock<QuestionnaireId>>,
    detail: Arc<OnceLock<String>>,
}

impl Acting {
    /// This organizer, on nothing yet.
    pub fn new(organizer: OrganizerId) -> Self {
        Self { organizer, questionnaire: Arc::default(), detail: Arc::default() }
    }

    /// On this questionnaire; what was said first stays.
    pub fn on(&self, questionnaire: QuestionnaireId) {
        let _ = self.questionnaire.set(questionnaire);
    }

    /// More of what is done: no answers, and no addresses of readers.
    pub fn detail(&self, detail: String) {
        let _ = self.detail.set(detail);
    }
}

/// Writes down what was done, once it is done.
pub async fn note(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let response = next.call(req).await?;
    let done = response.status().is_success() || response.status().is_redirection();
    let line = address_of(response.request()).filter(|line| done && !line.deed.is_empty());
    let acting = response.request().extensions().get::<Acting>().cloned();
    let app = response.request().app_data::<App>().cloned();
    if let (Some(line), Some(acting), Some(app)) = (line, acting, app) {
        let location = response.headers().get(header::LOCATION);
        let location = location.and_then(|to| to.to_str().ok()).map(str::to_owned);
        write(&app, line, &acting, location.as_deref()).await;
    }
    Ok(response)
}

/// What was done is done: if it cannot be written down, the log of the service says so.
async fn write(app: &App, line: &Address, acting: &Acting, location: Option<&str>) {
    let mut questionnaire = acting.questionnaire.get().copied();
    if let (None, Some(location)) = (questionnaire, location) {
        // What was just made is where the answer leads.
        let rooms = ["/desk/q/", "/api/v1/questionnaires/"];
        let slug = rooms.iter().find_map(|room| location.strip_prefix(room));
        let slug = slug.and_then(|rest| rest.split(['/', '?', '#']).next());
        if let Some(Ok(slug)) = slug.map(str::parse::<Slug>) {
            let found = questionnaires::by_slug(app.store.read(), &slug).await;
            questionnaire = found.ok().flatten().map(|found| found.id);
        }
    }
    let done = Deed {
        organizer: Some(acting.organizer),
        questionnaire,
        way: if line.path.starts_with("/api/") { Way::Api } else { Way::Desk },
        deed: line.deed,
        detail: acting.detail.get().map_or("", String::as_str),
    };
    if let Err(error) = note_deed(app, done).await {
        tracing::error!(error = ?error, deed = line.deed, "what was done was not written down");
    }
}
