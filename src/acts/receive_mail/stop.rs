//! A reader asks by mail to get no more mails: the same as the button behind the link.

use super::nobodys;
use super::whose::organizer_of;
use crate::acts::stop_mails::stop_by_mail;
use crate::domain::InvitationId;
use crate::domain::status::Arrival;
use crate::service::Service;
use crate::store::inbound::Found;

/// Stops the mails, and says so.
pub(super) async fn asked(service: &Service, invitation: InvitationId) -> anyhow::Result<Found> {
    let Some(found) = stop_by_mail(service, invitation).await? else {
        return Ok(nobodys(Arrival::Stop, GONE));
    };
    let questionnaire = Some(found.invitation.questionnaire_id);
    let organizer = organizer_of(service, questionnaire).await?;
    Ok(Found { organizer, questionnaire, ..nobodys(Arrival::Stop, DONE) })
}

const DONE: &str =
    "They asked by mail to get no more mails. No more invitations or reminders go to this address.";
const GONE: &str = "It asks to stop mails to somebody who is not held any more; nothing was done.";
