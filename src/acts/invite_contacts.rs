//! An organizer invites their contacts: one invitation and one mail for each, all or none.

use super::plan_campaign::begin_campaign;
use crate::domain::campaign::Aim;
use crate::service::Service;
use crate::store::organizers::Organizer;
use crate::store::questionnaires::Questionnaire;

pub use super::campaign::{LeftOut, token_of};
pub use super::plan_campaign::Queued;

/// Invites everybody who may be invited; `None`: the questionnaire is not open, nothing was done.
///
/// # Errors
/// A database that refuses; nobody was invited.
pub async fn invite_contacts(
    service: &Service,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
) -> anyhow::Result<Option<Queued>> {
    begin_campaign(service, organizer, questionnaire, Aim::Invite).await
}
