//! An organizer reminds those who were invited and have not answered: twice at the most, and
//! never soon after another mail.

use super::plan_campaign::{Queued, begin_campaign};
use crate::domain::campaign::Aim;
use crate::service::Service;
use crate::store::organizers::Organizer;
use crate::store::questionnaires::Questionnaire;

/// Reminds everybody who may be reminded; `None`: the questionnaire is not open, nothing was done.
///
/// # Errors
/// A database that refuses; nobody was reminded.
pub async fn remind_contacts(
    service: &Service,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
) -> anyhow::Result<Option<Queued>> {
    begin_campaign(service, organizer, questionnaire, Aim::Remind).await
}
