//! Who works with a questionnaire, and what each may do. Whoever it runs in the name of is always
//! an owner, and stays until somebody else has taken it over: so there is always one, whatever
//! two people do at once.

use crate::domain::campaign::State;
use crate::domain::{OrganizerId, QuestionnaireId, Role};
use crate::service::Service;
use crate::store::{campaigns, handovers, members, questionnaires};

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It is so now.
    Done,
    /// They are no member.
    NotThere,
    /// The questionnaire runs in their name.
    InTheirName,
}

/// Gives a member another role.
///
/// # Errors
/// A database that refuses.
pub async fn set_role(
    service: &Service,
    of: QuestionnaireId,
    who: OrganizerId,
    role: Role,
) -> anyhow::Result<Changed> {
    change(service, of, who, Some(role)).await
}

/// Takes a member out, or lets one leave. Campaigns that they have prepared are called off: nothing
/// is sent any more to their contacts.
///
/// # Errors
/// A database that refuses.
pub async fn remove(
    service: &Service,
    of: QuestionnaireId,
    who: OrganizerId,
) -> anyhow::Result<Changed> {
    change(service, of, who, None).await
}

async fn change(
    service: &Service,
    of: QuestionnaireId,
    who: OrganizerId,
    role: Option<Role>,
) -> anyhow::Result<Changed> {
    let now = service.clock.now();
    let tx = service.store.write().await?;
    let Some(held) = questionnaires::hold(&tx, of).await? else { return Ok(Changed::NotThere) };
    if members::role_of(&tx, of, who).await?.is_none() {
        return Ok(Changed::NotThere);
    }
    if held.organizer_id == who {
        return Ok(Changed::InTheirName);
    }
    if let Some(role) = role {
        members::keep(&tx, of, who, role, now).await?;
    } else {
        members::delete(&tx, of, who).await?;
        if handovers::of(&tx, of).await?.is_some_and(|offer| offer.organizer_id == who) {
            handovers::delete(&tx, of).await?;
        }
    }
    if !role.is_some_and(|role| role.may(Role::Editor)) {
        let why = Some("Whoever prepared it does not send for this questionnaire any more.");
        for campaign in campaigns::of_questionnaire(&tx, of).await? {
            if campaign.created_by == who {
                let open = [State::Draft, State::Scheduled, State::Running, State::Paused];
                campaigns::turn(&tx, campaign.id, &open, State::Cancelled, why, now).await?;
            }
        }
    }
    tx.commit().await?;
    Ok(Changed::Done)
}
