//! What an organizer has done is written down: who, what, when, by which door; no answers, and no
//! addresses of readers.

use chrono::TimeDelta;

use crate::domain::status::Way;
use crate::domain::{AuditId, OrganizerId, QuestionnaireId, text};
use crate::service::Service;
use crate::store::audit::{self, Line};

/// The longest detail, in characters.
const LONGEST: usize = 300;

/// What was done.
#[derive(Clone, Copy, Debug)]
pub struct Deed<'a> {
    /// By whom; nobody where the command line did it for the service.
    pub organizer: Option<OrganizerId>,
    /// With which questionnaire.
    pub questionnaire: Option<QuestionnaireId>,
    /// By which door.
    pub way: Way,
    /// To follow a name: "published the questionnaire".
    pub deed: &'a str,
    /// More of it: "vera@example.org, as editor". May be empty.
    pub detail: &'a str,
}

/// Adds the line.
///
/// # Errors
/// A database that refuses.
pub async fn note_deed(service: &Service, done: Deed<'_>) -> anyhow::Result<()> {
    let tx = service.store.write().await?;
    let line = Line {
        id: AuditId(service.clock.name()),
        organizer_id: done.organizer,
        questionnaire_id: done.questionnaire,
        way: done.way,
        deed: done.deed.to_owned(),
        detail: text::shortened(done.detail, LONGEST),
        at: service.clock.now(),
    };
    audit::insert(&tx, line).await?;
    Ok(tx.commit().await?)
}

/// Removes the lines whose time is over.
///
/// # Errors
/// A database that refuses.
pub async fn forget_deeds(service: &Service) -> anyhow::Result<()> {
    let days = i64::from(service.settings.audit.days);
    let until = service.clock.now() - TimeDelta::days(days);
    if days == 0 || !audit::is_any_before(service.store.read(), until).await? {
        return Ok(());
    }
    let tx = service.store.write().await?;
    audit::forget(&tx, until).await?;
    Ok(tx.commit().await?)
}
