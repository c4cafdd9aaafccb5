//! Who is asked to which questionnaire, and what came of it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QuerySelect as _, Set,
};

use super::contacts::{self, Contact};
use super::entity::{identity, invitation};
use super::outbox::{self, Line};
use super::questionnaires::Questionnaire;
use super::suppressions::{self, Reason};
use crate::domain::token::Secret;
use crate::domain::{ContactId, InvitationId, QuestionnaireId};

pub use invitation::Model as Invitation;

/// An invitation to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvitation {
    /// Its name: random.
    pub id: InvitationId,
    /// Who is asked.
    pub contact: ContactId,
    /// The hash of the link that it is known by.
    pub token_hash: String,
}

/// Keeps new invitations to one questionnaire.
pub async fn insert_all(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    new: Vec<NewInvitation>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let rows: Vec<invitation::ActiveModel> = new
        .into_iter()
        .map(|new| invitation::ActiveModel {
            id: Set(new.id),
            questionnaire_id: Set(questionnaire),
            contact_id: Set(new.contact),
            token_hash: Set(new.token_hash),
            response_id: Set(None),
            created_at: Set(now),
            opened_at: Set(None),
            answered_at: Set(None),
            stopped_at: Set(None),
        })
        .collect();
    for chunk in rows.chunks(500) {
        invitation::Entity::insert_many(chunk.to_vec()).exec_without_returning(db).await?;
    }
    Ok(())
}

/// The invitation that a link is for.
pub async fn by_token(
    db: &impl ConnectionTrait,
    token_hash: &str,
) -> Result<Option<Invitation>, DbErr> {
    invitation::Entity::find().filter(invitation::Column::TokenHash.eq(token_hash)).one(db).await
}

/// How many are invited to a questionnaire.
pub async fn count(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<u64, DbErr> {
    invitation::Entity::find()
        .filter(invitation::Column::QuestionnaireId.eq(questionnaire))
        .count(db)
        .await
}

/// The invitation with this id.
pub async fn by_id(
    db: &impl ConnectionTrait,
    id: InvitationId,
) -> Result<Option<Invitation>, DbErr> {
    invitation::Entity::find_by_id(id).one(db).await
}

/// Writes down that a reader has opened their link, the first time only.
pub async fn mark_opened(
    db: &impl ConnectionTrait,
    id: InvitationId,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    invitation::Entity::update_many()
        .col_expr(invitation::Column::OpenedAt, Expr::value(now))
        .filter(invitation::Column::Id.eq(id))
        .filter(invitation::Column::OpenedAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Writes down that a reader has asked us to stop, the first time only.
pub async fn mark_stopped(
    db: &impl ConnectionTrait,
    id: InvitationId,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    invitation::Entity::update_many()
        .col_expr(invitation::Column::StoppedAt, Expr::value(now))
        .filter(invitation::Column::Id.eq(id))
        .filter(invitation::Column::StoppedAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Forgets that a reader asked us to stop: they have taken it back.
pub async fn mark_welcome(db: &impl ConnectionTrait, contact: ContactId) -> Result<(), DbErr> {
    invitation::Entity::update_many()
        .col_expr(invitation::Column::StoppedAt, Expr::value(None::<DateTime<Utc>>))
        .filter(invitation::Column::ContactId.eq(contact))
        .exec(db)
        .await?;
    Ok(())
}

/// A contact, and how far one questionnaire has come with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who they are.
    pub contact: Contact,
    /// Their invitation, if they were asked.
    pub invitation: Option<Invitation>,
    /// The mails that carry its link, oldest first.
    pub mails: Vec<Line>,
    /// Why they must not be written to, if they must not.
    pub suppressed: Option<Reason>,
    /// Whether they have answered, by their link or by the address they gave.
    pub answered: bool,
}

/// Every contact of the questionnaire's organizer, by folded address.
pub async fn people(
    db: &impl ConnectionTrait,
    secret: &Secret,
    questionnaire: &Questionnaire,
) -> Result<Vec<Person>, DbErr> {
    let contacts = contacts::all_of(db, questionnaire.organizer_id).await?;
    let answered = answered_addresses(db, questionnaire.id).await?;
    persons(db, secret, questionnaire.id, contacts, &answered).await
}

/// How far one questionnaire has come with each of `contacts`, in their order. `answered`:
/// [`answered_addresses`], asked for once.
pub async fn persons(
    db: &impl ConnectionTrait,
    secret: &Secret,
    questionnaire: QuestionnaireId,
    contacts: Vec<Contact>,
    answered: &BTreeSet<String>,
) -> Result<Vec<Person>, DbErr> {
    let hashes: Vec<String> =
        contacts.iter().map(|contact| secret.address_hash(&contact.address_folded)).collect();
    let suppressed = suppressions::among(db, &hashes).await?;
    let mut invitations: BTreeMap<ContactId, Invitation> = BTreeMap::new();
    let mut mails: BTreeMap<InvitationId, Vec<Line>> = BTreeMap::new();
    for chunk in contacts.chunks(500) {
        let found: Vec<Invitation> = invitation::Entity::find()
            .filter(invitation::Column::QuestionnaireId.eq(questionnaire))
            .filter(invitation::Column::ContactId.is_in(chunk.iter().map(|contact| contact.id)))
            .all(db)
            .await?;
        let ids: Vec<InvitationId> = found.iter().map(|invitation| invitation.id).collect();
        for line in outbox::of_invitations(db, &ids).await? {
            if let Some(invitation) = line.invitation_id {
                mails.entry(invitation).or_default().push(line);
            }
        }
        invitations.extend(found.into_iter().map(|one| (one.contact_id, one)));
    }
    Ok(contacts
        .into_iter()
        .zip(hashes)
        .map(|(contact, hash)| {
            let invitation = invitations.remove(&contact.id);
            let by_link = invitation.as_ref().is_some_and(|i| i.answered_at.is_some());
            Person {
                answered: by_link || answered.contains(&contact.address_folded),
                mails: invitation.as_ref().and_then(|i| mails.remove(&i.id)).unwrap_or_default(),
                suppressed: suppressed.get(&hash).copied(),
                invitation,
                contact,
            }
        })
        .collect())
}

/// The folded addresses that respondents have given of themselves.
pub async fn answered_addresses(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<BTreeSet<String>, DbErr> {
    let given: Vec<String> = identity::Entity::find()
        .select_only()
        .column(identity::Column::Address)
        .filter(identity::Column::QuestionnaireId.eq(questionnaire))
        .into_tuple()
        .all(db)
        .await?;
    Ok(given.into_iter().map(|address| address.trim().to_lowercase()).collect())
}
