//! Everything that an organizer holds of one person, known by a contact and its address.

use std::collections::BTreeSet;

use sea_orm::sea_query::{Expr, ExprTrait as _, Func};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use super::contacts::Contact;
use super::entity::{discussion_host, identity, inbound, invitation, message, participant};
use super::outbox::{self, Event, Line};
use super::questionnaires::{self, Questionnaire};
use crate::domain::email;
use crate::domain::{ArrivalId, QuestionnaireId, ResponseId};

pub use discussion_host::Model as Host;
pub use invitation::Model as Invitation;
pub use participant::Model as Participant;

/// What is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// The organizer's questionnaires.
    pub questionnaires: Vec<(QuestionnaireId, Questionnaire)>,
    /// To what the contact was invited, oldest first.
    pub invitations: Vec<Invitation>,
    /// The mails to the address, with what happened to each, oldest first.
    pub messages: Vec<(Line, Vec<Event>)>,
    /// As whom they take part in discussions, under this address.
    pub participants: Vec<Participant>,
    /// Where they lead groups, under this address.
    pub hosts: Vec<Host>,
    /// The responses that came by their link, or in which they gave this address.
    pub responses: Vec<(ResponseId, QuestionnaireId)>,
    /// The mails that came from the address.
    pub arrivals: Vec<ArrivalId>,
}

/// Gathers it.
pub async fn of(db: &impl ConnectionTrait, contact: &Contact) -> Result<Kept, DbErr> {
    let own = questionnaires::all_of(db, contact.organizer_id).await?;
    let ids: Vec<QuestionnaireId> = own.iter().map(|of| of.id).collect();
    let invitations = invitation::Entity::find()
        .filter(invitation::Column::ContactId.eq(contact.id))
        .order_by_asc(invitation::Column::CreatedAt)
        .order_by_asc(invitation::Column::Id)
        .all(db)
        .await?;
    let folded = contact.address_folded.as_str();
    let invited = invitations.iter().map(|invitation| invitation.id);
    let to_them = Condition::any()
        .add(message::Column::InvitationId.is_in(invited))
        .add(Expr::expr(Func::lower(Expr::col(message::Column::Recipient))).eq(folded));
    let lines = message::Entity::find()
        .filter(message::Column::QuestionnaireId.is_in(ids.iter().copied()))
        .filter(to_them)
        .order_by_asc(message::Column::CreatedAt)
        .order_by_asc(message::Column::Id)
        .into_partial_model::<Line>()
        .all(db)
        .await?;
    let mut messages = vec![];
    for line in lines {
        let events = outbox::events(db, line.id).await?;
        messages.push((line, events));
    }
    // There an address stands as it was typed, and no database knows how domains are written.
    let mut participants = participant::Entity::find()
        .filter(participant::Column::QuestionnaireId.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    participants.retain(|one| email::folded(&one.address) == folded);
    let mut hosts = discussion_host::Entity::find()
        .filter(discussion_host::Column::QuestionnaireId.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    hosts.retain(|one| email::folded(&one.address) == folded);
    let mut responses: BTreeSet<(ResponseId, QuestionnaireId)> = invitations
        .iter()
        .filter_map(|invitation| Some((invitation.response_id?, invitation.questionnaire_id)))
        .collect();
    let named: Vec<(ResponseId, QuestionnaireId)> = identity::Entity::find()
        .select_only()
        .column(identity::Column::ResponseId)
        .column(identity::Column::QuestionnaireId)
        .filter(identity::Column::QuestionnaireId.is_in(ids.iter().copied()))
        .filter(identity::Column::AddressFolded.eq(folded))
        .into_tuple()
        .all(db)
        .await?;
    responses.extend(named);
    let arrivals: Vec<ArrivalId> = inbound::Entity::find()
        .select_only()
        .column(inbound::Column::Id)
        .filter(inbound::Column::OrganizerId.eq(contact.organizer_id))
        .filter(inbound::Column::Sender.eq(folded))
        .into_tuple()
        .all(db)
        .await?;
    Ok(Kept {
        questionnaires: own.into_iter().map(|of| (of.id, of)).collect(),
        invitations,
        messages,
        participants,
        hosts,
        responses: responses.into_iter().collect(),
        arrivals,
    })
}

/// Takes the name and the address out of discussions, and the mails that came from it away; a
/// seat stays a seat of somebody.
pub async fn unname(db: &impl ConnectionTrait, kept: &Kept) -> Result<(), DbErr> {
    participant::Entity::update_many()
        .col_expr(participant::Column::Name, Expr::value(""))
        .col_expr(participant::Column::Address, Expr::value(""))
        .filter(participant::Column::Id.is_in(kept.participants.iter().map(|one| one.id)))
        .exec(db)
        .await?;
    discussion_host::Entity::update_many()
        .col_expr(discussion_host::Column::Name, Expr::value(""))
        .col_expr(discussion_host::Column::Address, Expr::value(""))
        .filter(discussion_host::Column::Id.is_in(kept.hosts.iter().map(|one| one.id)))
        .exec(db)
        .await?;
    inbound::Entity::delete_many()
        .filter(inbound::Column::Id.is_in(kept.arrivals.iter().copied()))
        .exec(db)
        .await?;
    Ok(())
}
