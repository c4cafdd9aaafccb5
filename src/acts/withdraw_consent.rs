//! A respondent takes back something they allowed, whenever they like: also after the close.

use super::leave_seat::leave_seat;
use crate::domain::consent::Consent;
use crate::domain::status::Mode;
use crate::domain::token::{self, Opens};
use crate::service::Service;
use crate::store::mixing;
use crate::store::questionnaires::Questionnaire;
use crate::store::responses::Response;
use crate::store::{discussions, own_seat, withdrawing};

/// Takes a consent back; what followed from it ends: who no longer wants to join gives the seat
/// back. `false`: it was not given.
///
/// # Errors
/// A database that refuses.
pub async fn withdraw_consent(
    service: &Service,
    questionnaire: &Questionnaire,
    response: &Response,
    consent: Consent,
) -> anyhow::Result<bool> {
    // First the seat: the appointment is called off by a mail to an address that the organizer
    // may not see once the consent is gone. Stopped in between, it can simply be asked again.
    if consent == Consent::Join
        && let Some(seat) = own_seat::of(service.store.read(), response.id).await?
    {
        let hash = token::hash(&service.secret.link(Opens::Seat, seat.0));
        if let Some((seat, whole)) = discussions::by_token(service.store.read(), &hash).await? {
            leave_seat(service, &seat, &whole).await?;
        }
    }
    let now = service.clock.now();
    let at = if questionnaire.mode == Mode::Anonymous { mixing::day(now) } else { now };
    let tx = service.store.write().await?;
    let withdrawn = withdrawing::withdraw(&tx, response.id, consent, at).await?;
    tx.commit().await?;
    service.insights.forget(questionnaire.id);
    Ok(withdrawn)
}
