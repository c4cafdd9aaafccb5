//! A questionnaire is handed over: whoever it runs in the name of asks a member, and nothing
//! changes until that one says yes.

use crate::domain::{OrganizerId, QuestionnaireId, Role};
use crate::service::Service;
use crate::store::{handovers, members, questionnaires};

/// Asks a member to take the questionnaire over; `false`: it does not run in the name of `from`,
/// or `to` is no member.
///
/// # Errors
/// A database that refuses.
pub async fn offer(
    service: &Service,
    of: QuestionnaireId,
    from: OrganizerId,
    to: OrganizerId,
) -> anyhow::Result<bool> {
    let tx = service.store.write().await?;
    let held = questionnaires::hold(&tx, of).await?;
    let own = held.is_some_and(|held| held.organizer_id == from);
    if !own || from == to || members::role_of(&tx, of, to).await?.is_none() {
        return Ok(false);
    }
    handovers::keep(&tx, of, from, to, service.clock.now()).await?;
    tx.commit().await?;
    Ok(true)
}

/// Calls it off: whoever asked takes it back, or whoever was asked says no; `false`: there is no
/// offer that `by` has anything to do with.
///
/// # Errors
/// A database that refuses.
pub async fn end(service: &Service, of: QuestionnaireId, by: OrganizerId) -> anyhow::Result<bool> {
    let tx = service.store.write().await?;
    questionnaires::hold(&tx, of).await?;
    let offer = handovers::of(&tx, of).await?;
    let concerned = offer.is_some_and(|offer| [offer.organizer_id, offer.offered_by].contains(&by));
    if concerned {
        handovers::delete(&tx, of).await?;
    }
    tx.commit().await?;
    Ok(concerned)
}

/// Says yes: from now on the questionnaire runs in the name of `me`. Whoever had it stays an owner.
/// `false`: they are not asked, or not any more.
///
/// # Errors
/// A database that refuses.
pub async fn take_over(
    service: &Service,
    of: QuestionnaireId,
    me: OrganizerId,
) -> anyhow::Result<bool> {
    let tx = service.store.write().await?;
    let Some(held) = questionnaires::hold(&tx, of).await? else { return Ok(false) };
    let offer = handovers::of(&tx, of).await?;
    let asked = offer
        .is_some_and(|offer| offer.organizer_id == me && offer.offered_by == held.organizer_id);
    if !asked || members::role_of(&tx, of, me).await?.is_none() {
        return Ok(false);
    }
    members::keep(&tx, of, me, Role::Owner, service.clock.now()).await?;
    questionnaires::hand_over(&tx, of, me).await?;
    handovers::delete(&tx, of).await?;
    tx.commit().await?;
    service.forms.changed();
    Ok(true)
}
