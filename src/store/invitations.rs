//! Who is asked to which questionnaire, and what came of it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Asterisk, Expr, Query};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QuerySelect as _, QueryTrait as _, Set,
};

use super::contacts::{self, Contact};
use super::entity::{contact, identity, invitation};
use super::outbox::{self, Line};
use super::suppressions::{self, Reason};
use crate::domain::token::Secret;
use crate::domain::{ContactId, InvitationId, OrganizerId, QuestionnaireId};

mod handed;

pub use handed::{Going, hand_on};
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

/// Forgets that the reader with this folded address asked us to stop, whoever has them among their
/// contacts: they have taken it back.
pub async fn mark_welcome(db: &impl ConnectionTrait, folded: &str) -> Result<(), DbErr> {
    let theirs = contact::Entity::find()
        .select_only()
        .column(contact::Column::Id)
        .filter(contact::Column::AddressFolded.eq(folded))
        .into_query();
    invitation::Entity::update_many()
        .col_expr(invitation::Column::StoppedAt, Expr::value(None::<DateTime<Utc>>))
        .filter(invitation::Column::ContactId.in_subquery(theirs))
        .exec(db)
        .await?;
    Ok(())
}

/// A contact, and how far one questionnaire has come with them: with their address, whoever of those
/// who work on the questionnaire has it among their contacts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who they are.
    pub contact: Contact,
    /// Their invitation, if they were asked: this contact's, else the first one of a colleague's
    /// contact with the same address. One person has one link.
    pub invitation: Option<Invitation>,
    /// The mails that were made for their invitations, oldest first.
    pub mails: Vec<Line>,
    /// Why they must not be written to, if they must not.
    pub suppressed: Option<Reason>,
    /// Whether they have answered, by a link of theirs or by the address they gave.
    pub answered: bool,
}

/// Every contact of an organizer, by folded address.
pub async fn people(
    db: &impl ConnectionTrait,
    secret: &Secret,
    questionnaire: QuestionnaireId,
    organizer: OrganizerId,
) -> Result<Vec<Person>, DbErr> {
    let contacts = contacts::all_of(db, organizer).await?;
    let answered = answered_addresses(db, questionnaire).await?;
    persons(db, secret, questionnaire, contacts, &answered).await
}

/// The invitations to a questionnaire of all contacts with these folded addresses, whoever holds
/// them, by address, the oldest first.
pub async fn of_addresses(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    folded: &[String],
) -> Result<BTreeMap<String, Vec<Invitation>>, DbErr> {
    // In two steps: joined, SQLite goes through all invitations for each part of the addresses, and
    // planning ten thousand took 11 seconds instead of 1.4.
    let holders = contacts::holders(db, folded).await?;
    let mut found: BTreeMap<String, Vec<Invitation>> = BTreeMap::new();
    let ids: Vec<ContactId> = holders.keys().copied().collect();
    for chunk in ids.chunks(500) {
        // As a table, not as a list: PostgreSQL would go through the list for each invitation that
        // there is, and the planning of many would take the square of their number.
        let asked = Query::select()
            .column(Asterisk)
            .from_values(chunk.iter().map(|id| id.0), "asked")
            .take();
        let some = invitation::Entity::find()
            .filter(invitation::Column::QuestionnaireId.eq(questionnaire))
            .filter(invitation::Column::ContactId.in_subquery(asked))
            .all(db)
            .await?;
        for one in some {
            if let Some(address) = holders.get(&one.contact_id) {
                found.entry(address.clone()).or_default().push(one);
            }
        }
    }
    for of_one in found.values_mut() {
        of_one.sort_by_key(|one| (one.created_at, one.id));
    }
    Ok(found)
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
    let mut invitations: BTreeMap<String, Vec<Invitation>> = BTreeMap::new();
    let mut mails: BTreeMap<InvitationId, Vec<Line>> = BTreeMap::new();
    for chunk in contacts.chunks(500) {
        let folded: Vec<String> = chunk.iter().map(|one| one.address_folded.clone()).collect();
        let found = of_addresses(db, questionnaire, &folded).await?;
        let ids: Vec<InvitationId> = found.values().flatten().map(|one| one.id).collect();
        for chunk in ids.chunks(500) {
            for line in outbox::of_invitations(db, chunk).await? {
                if let Some(invitation) = line.invitation_id {
                    mails.entry(invitation).or_default().push(line);
                }
            }
        }
        invitations.extend(found);
    }
    Ok(contacts
        .into_iter()
        .zip(hashes)
        .map(|(contact, hash)| {
            let theirs = invitations.get(&contact.address_folded).map_or(&[][..], Vec::as_slice);
            let mut mails: Vec<Line> =
                theirs.iter().filter_map(|one| mails.get(&one.id)).flatten().cloned().collect();
            mails.sort_by_key(|mail| (mail.created_at, mail.id));
            let by_link = theirs.iter().any(|one| one.answered_at.is_some());
            let stopped = theirs.iter().any(|one| one.stopped_at.is_some());
            let own = theirs.iter().find(|one| one.contact_id == contact.id);
            Person {
                answered: by_link || answered.contains(&contact.address_folded),
                mails,
                suppressed: suppressed.get(&hash).copied().or(stopped.then_some(Reason::Stopped)),
                invitation: own.or(theirs.first()).cloned(),
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
        .column(identity::Column::AddressFolded)
        .filter(identity::Column::QuestionnaireId.eq(questionnaire))
        .into_tuple()
        .all(db)
        .await?;
    Ok(given.into_iter().collect())
}
