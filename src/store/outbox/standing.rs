//! What a message hangs on, as things now stand: asked for a batch at once, when it is claimed and
//! again just before the texts are handed over.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _, SelectStatement};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, FromQueryResult, JoinType,
    QueryFilter as _, QuerySelect as _, QueryTrait as _, RelationDef,
};

use crate::domain::campaign::State;
use crate::domain::status::{Delivery, Purpose, Status};
use crate::domain::{CampaignId, InvitationId, MessageId, QuestionnaireId};
use crate::store::entity::{
    campaign, contact, identity, invitation, message, questionnaire, suppression,
};

/// One message and what it hangs on.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Standing {
    /// Its name.
    pub id: MessageId,
    /// What it is for.
    pub purpose: Purpose,
    /// Whom it is addressed to.
    pub recipient: String,
    /// What it is about, as a key.
    pub idempotency_key: String,
    /// Its own state.
    pub state: Delivery,
    /// After this it is not sent any more.
    pub not_after: DateTime<Utc>,
    /// The questionnaire it belongs to.
    pub questionnaire_id: Option<QuestionnaireId>,
    /// Whether readers can answer that.
    pub questionnaire_status: Option<Status>,
    /// The campaign it is part of.
    pub campaign_id: Option<CampaignId>,
    /// Where that stands.
    pub campaign_state: Option<State>,
    /// The invitation it carries the link of.
    pub invitation_id: Option<InvitationId>,
    /// The invitation, if it is still there.
    pub invited: Option<InvitationId>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// Whether somebody answered and gave the contact's address of themselves.
    pub answered_elsewhere: bool,
    /// When its reader asked us to stop.
    pub stopped_at: Option<DateTime<Utc>>,
    /// The address of its contact, as addresses are compared.
    pub address_folded: Option<String>,
    /// The time zone of its contact; empty: unknown.
    pub zone: Option<String>,
    /// Whether any of the addresses that were asked about is suppressed.
    pub suspects: bool,
}

/// How these messages stand, and whether an address with one of these hashes is suppressed.
///
/// # Errors
/// A database that refuses.
pub async fn of(
    db: &impl ConnectionTrait,
    ids: &[MessageId],
    addresses: &[String],
) -> Result<HashMap<MessageId, Standing>, DbErr> {
    let found = message::Entity::find()
        .select_only()
        .columns([
            message::Column::Id,
            message::Column::Purpose,
            message::Column::Recipient,
            message::Column::IdempotencyKey,
            message::Column::State,
            message::Column::NotAfter,
            message::Column::QuestionnaireId,
            message::Column::CampaignId,
            message::Column::InvitationId,
        ])
        .column_as(questionnaire::Column::Status, "questionnaire_status")
        .column_as(campaign::Column::State, "campaign_state")
        .column_as(invitation::Column::Id, "invited")
        .columns([invitation::Column::AnsweredAt, invitation::Column::StoppedAt])
        .column_as(Expr::exists(given()), "answered_elsewhere")
        .columns([contact::Column::AddressFolded, contact::Column::Zone])
        .column_as(Expr::exists(suppressed(addresses)), "suspects")
        .join(JoinType::LeftJoin, its_questionnaire())
        .join(JoinType::LeftJoin, its_campaign())
        .join(JoinType::LeftJoin, its_invitation())
        .join(JoinType::LeftJoin, its_contact())
        .filter(message::Column::Id.is_in(ids.iter().copied()))
        .into_model::<Standing>()
        .all(db)
        .await?;
    Ok(found.into_iter().map(|standing| (standing.id, standing)).collect())
}

/// What respondents to its questionnaire gave of themselves with the contact's address.
fn given() -> SelectStatement {
    let of = Expr::col((message::Entity, message::Column::QuestionnaireId));
    let address = Expr::col((contact::Entity, contact::Column::AddressFolded));
    let given = Expr::col((identity::Entity, identity::Column::AddressFolded));
    identity::Entity::find()
        .select_only()
        .column(identity::Column::ResponseId)
        .filter(Expr::col((identity::Entity, identity::Column::QuestionnaireId)).eq(of))
        .filter(given.eq(address))
        .into_query()
}

fn suppressed(addresses: &[String]) -> SelectStatement {
    suppression::Entity::find()
        .select_only()
        .column(suppression::Column::AddressHash)
        .filter(suppression::Column::AddressHash.is_in(addresses.iter().cloned()))
        .into_query()
}

fn its_questionnaire() -> RelationDef {
    message::Entity::belongs_to(questionnaire::Entity)
        .from(message::Column::QuestionnaireId)
        .to(questionnaire::Column::Id)
        .into()
}

fn its_campaign() -> RelationDef {
    message::Entity::belongs_to(campaign::Entity)
        .from(message::Column::CampaignId)
        .to(campaign::Column::Id)
        .into()
}

/// From a message to the invitation that it carries the link of.
pub(in crate::store) fn its_invitation() -> RelationDef {
    message::Entity::belongs_to(invitation::Entity)
        .from(message::Column::InvitationId)
        .to(invitation::Column::Id)
        .into()
}

/// From an invitation to whom it is for.
pub(in crate::store) fn its_contact() -> RelationDef {
    invitation::Entity::belongs_to(contact::Entity)
        .from(invitation::Column::ContactId)
        .to(contact::Column::Id)
        .into()
}
