//! A respondent takes back something they allowed, whenever they like: also after the close.

use super::leave_seat::leave_seat;
use super::publish_brief::{TakenBack, unquote_briefs};
use crate::domain::ResponseId;
use crate::domain::consent::Consent;
use crate::domain::token::{self, Opens};
use crate::service::Service;
use crate::store::mixing;
use crate::store::questionnaires::Questionnaire;
use crate::store::responses::{self, Response};
use crate::store::{discussions, own_seat, withdrawing};

/// Whether the response allows something, as it now stands.
async fn allows(
    tx: &sea_orm::DatabaseTransaction,
    id: ResponseId,
    consent: Consent,
) -> anyhow::Result<bool> {
    let Some(response) = responses::by_id(tx, id).await? else { return Ok(false) };
    Ok(responses::given(tx, response).await?.allows(consent))
}

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
        if let Some((one, _)) = discussions::by_token(service.store.read(), &hash).await? {
            leave_seat(service, &one, service.clock.now()).await?;
        }
    }
    let now = service.clock.now();
    let at = mixing::noted(questionnaire.mode, now);
    let tx = service.store.write().await?;
    let withdrawn = withdrawing::withdraw(&tx, response.id, consent, at).await?;
    if withdrawn && matches!(consent, Consent::Quote | Consent::QuoteNamed) {
        // Who allows the other of the two still stands in published briefs.
        let allows = |other| allows(&tx, response.id, other);
        let quoted = allows(Consent::Quote).await? || allows(Consent::QuoteNamed).await?;
        let what = match (quoted, consent) {
            (false, _) => Some(TakenBack::Words),
            (true, Consent::QuoteNamed) => Some(TakenBack::Name),
            (true, _) => None,
        };
        if let Some(what) = what {
            unquote_briefs(&tx, questionnaire.id, response.id, what).await?;
        }
    }
    tx.commit().await?;
    service.insights.forget(questionnaire.id);
    Ok(withdrawn)
}
