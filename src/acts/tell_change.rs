//! A plan that people were told about was changed: whoever sits elsewhere now is told, in the
//! transaction that changes it.

use sea_orm::DatabaseTransaction;

use crate::domain::ParticipantId;
use crate::service::Service;
use crate::store::discussions::Whole;
use crate::store::organizers::Organizer;
use crate::store::questionnaires::Questionnaire;

/// Who changed a plan, from what into what.
#[derive(Clone, Copy, Debug)]
pub struct Changed<'a> {
    /// Who changed it: mails are answered to them.
    pub organizer: &'a Organizer,
    /// The questionnaire.
    pub questionnaire: &'a Questionnaire,
    /// The discussion as it was told.
    pub before: &'a Whole,
    /// The discussion as it is now: groups that go on have kept their ids.
    pub after: &'a Whole,
    /// Whose seats differ: who sits elsewhere, who has none any more, who has one now.
    pub moved: &'a [ParticipantId],
}

/// Queues the mails about a change: the appointment of the old group is called off, that of the
/// new one is asked for. Does nothing yet: mails for changes come with invitations to groups.
///
/// # Errors
/// A database that refuses; the change must then not be kept.
pub async fn tell_change(
    service: &Service,
    tx: &DatabaseTransaction,
    changed: Changed<'_>,
) -> anyhow::Result<()> {
    let _ = (service, tx, changed);
    std::future::ready(Ok(())).await
}
