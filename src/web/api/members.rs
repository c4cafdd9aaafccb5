//! Who works with a questionnaire, and whether it is there at all: members, colleagues who are
//! asked, handing over, deleting with a grace.

use actix_web::web::Path;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answered::{Begun, Done, Listed, Shown};
use super::asked::{Json, Paging, Query};
use super::refusals;
use super::words::MemberRole;
use crate::acts::change_members::{self, Changed};
use crate::acts::delete_questionnaire::{delete_questionnaire, restore_questionnaire};
use crate::acts::hand_over;
use crate::acts::invite_colleague::{Invited, invite_colleague, take_back};
use crate::domain::{ColleagueId, OrganizerId};
use crate::error::AppError;
use crate::store::{colleagues, members};
use crate::web::extract::{App, Organizer};
use crate::words::Words;

/// Somebody who works with a questionnaire.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Member {
    /// Names them.
    pub id: OrganizerId,
    /// How they are called.
    pub name: String,
    /// What they may do.
    pub role: MemberRole,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// Somebody who was asked to work with a questionnaire.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Colleague {
    /// Names the invitation.
    pub id: ColleagueId,
    /// Who was asked.
    pub address: String,
    /// What they would be allowed to do.
    pub role: MemberRole,
    /// Until when the link is good.
    pub expires_at: DateTime<Utc>,
}

/// What a member may do from now on.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetRole {
    /// The role.
    pub role: MemberRole,
}

/// A colleague who is asked by mail.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskColleague {
    /// Their address.
    #[schema(format = Email, max_length = 254, example = "bo@example.org")]
    pub address: String,
    /// What they would be allowed to do.
    pub role: MemberRole,
}

/// Who is asked to take over.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// A member.
    pub to: OrganizerId,
}

/// When something that was deleted goes for good.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct GoneAt {
    /// The moment; until then it can be restored.
    pub erased_at: DateTime<Utc>,
}

fn changed(outcome: Changed) -> Result<Done, AppError> {
    match outcome {
        Changed::Done => Ok(Done),
        Changed::NotThere => Err(AppError::NotFound),
        Changed::InTheirName => Err(AppError::Refused(
            "The questionnaire runs in this name: hand it over first.".to_owned(),
        )),
    }
}

/// `GET /api/v1/questionnaires/{slug}/members`
pub async fn list(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Query(paging): Query<Paging>,
) -> Result<Listed<Member>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let see = |one: members::Member| Member {
        id: one.organizer.id,
        name: one.organizer.shown(),
        role: one.role.into(),
        since: one.since,
    };
    let all = members::of(app.store.read(), of.id).await?.into_iter().map(see).collect();
    Listed::of(all, |one: &Member| one.id.to_string(), &paging)
}

/// `PATCH /api/v1/questionnaires/{slug}/members/{id}`
pub async fn set_role(
    app: App,
    me: Organizer,
    path: Path<(String, String)>,
    Json(wanted): Json<SetRole>,
) -> Result<Done, AppError> {
    let (slug, who) = path.into_inner();
    let of = me.questionnaire(&app, &slug).await?;
    changed(change_members::set_role(&app, of.id, who.parse()?, wanted.role.into()).await?)
}

/// `DELETE /api/v1/questionnaires/{slug}/members/{id}`
pub async fn remove(
    app: App,
    me: Organizer,
    path: Path<(String, String)>,
) -> Result<Done, AppError> {
    let (slug, who) = path.into_inner();
    let of = me.questionnaire(&app, &slug).await?;
    changed(change_members::remove(&app, of.id, who.parse()?).await?)
}

/// `POST /api/v1/questionnaires/{slug}/leave`
pub async fn leave(app: App, me: Organizer, slug: Path<String>) -> Result<Done, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    changed(change_members::remove(&app, of.id, me.0.id).await?)
}

/// `GET /api/v1/questionnaires/{slug}/colleagues`
pub async fn asked(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Query(paging): Query<Paging>,
) -> Result<Listed<Colleague>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let all = colleagues::of(app.store.read(), of.id, app.clock.now()).await?;
    let see = |one: colleagues::Colleague| Colleague {
        id: one.id,
        address: one.address.to_string(),
        role: one.role.into(),
        expires_at: one.expires_at,
    };
    Listed::of(all.into_iter().map(see).collect(), |one: &Colleague| one.id.to_string(), &paging)
}

/// `POST /api/v1/questionnaires/{slug}/colleagues`
pub async fn ask(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Json(wanted): Json<AskColleague>,
) -> Result<Done, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let address = refusals::address(&wanted.address)?;
    let whom = (&address, wanted.role.into());
    let refused = |why: &str| Err(AppError::Refused(why.to_owned()));
    match invite_colleague(&app, &me.0, &of, whom, Words::of("en")).await? {
        Invited::Sent => Ok(Done),
        Invited::Member => refused("Somebody with this address works here already."),
        Invited::TooMany => Err(AppError::TooMany(86_400)),
        Invited::Unreachable => refused("The address cannot be one that gets mail."),
    }
}

/// `DELETE /api/v1/questionnaires/{slug}/colleagues/{id}`
pub async fn unask(
    app: App,
    me: Organizer,
    path: Path<(String, String)>,
) -> Result<Done, AppError> {
    let (slug, id) = path.into_inner();
    let of = me.questionnaire(&app, &slug).await?;
    if take_back(&app, of.id, id.parse()?).await? { Ok(Done) } else { Err(AppError::NotFound) }
}

/// `PUT /api/v1/questionnaires/{slug}/handover`
pub async fn offer(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Json(wanted): Json<HandOver>,
) -> Result<Done, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    if hand_over::offer(&app, of.id, me.0.id, wanted.to).await? {
        Ok(Done)
    } else {
        Err(AppError::Conflict)
    }
}

/// `DELETE /api/v1/questionnaires/{slug}/handover`
pub async fn keep(app: App, me: Organizer, slug: Path<String>) -> Result<Done, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    if hand_over::end(&app, of.id, me.0.id).await? { Ok(Done) } else { Err(AppError::Conflict) }
}

/// `POST /api/v1/questionnaires/{slug}/handover/accept`
pub async fn take_over(app: App, me: Organizer, slug: Path<String>) -> Result<Done, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let taken = hand_over::take_over(&app, of.id, me.0.id).await?;
    if taken { Ok(Done) } else { Err(AppError::Conflict) }
}

/// `DELETE /api/v1/questionnaires/{slug}`
pub async fn delete(
    app: App,
    me: Organizer,
    slug: Path<String>,
) -> Result<Begun<GoneAt>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    Ok(Begun(GoneAt { erased_at: delete_questionnaire(&app, of.id).await? }))
}

/// `POST /api/v1/questionnaires/{slug}/restore`
pub async fn restore(
    app: App,
    me: Organizer,
    slug: Path<String>,
) -> Result<Shown<Restored>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    Ok(Shown(Restored { restored: restore_questionnaire(&app, of.id).await? }))
}

/// Whether something was restored.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Restored {
    /// `false`: it was not deleted.
    pub restored: bool,
}
