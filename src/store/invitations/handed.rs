//! One person has one link, whoever of those who work on a questionnaire writes to them. So an
//! invitation outlives the contact that it was made for, where a colleague has the person too.

use std::collections::BTreeSet;

use sea_orm::sea_query::{Alias, Expr, ExprTrait as _, Query};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, JoinType, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, RelationDef,
};

use crate::domain::{ContactId, InvitationId, OrganizerId, QuestionnaireId};
use crate::store::entity::{contact, invitation, membership};
use crate::store::outbox::standing::its_contact;

/// Whose contacts go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Going {
    /// One contact.
    Contact(ContactId),
    /// All of an organizer.
    Organizer(OrganizerId),
}

/// Hands the invitations of contacts that go to a contact with the same address, of somebody who
/// works on the questionnaire as well. Those that nobody else has stay as they are.
///
/// # Errors
/// A database that refuses.
pub async fn hand_on(tx: &impl ConnectionTrait, going: Going) -> Result<(), DbErr> {
    let heir = || Alias::new("heir");
    let theirs = |column| Expr::col((heir(), column));
    let works = Query::select()
        .expr(Expr::val(1))
        .from(membership::Entity)
        .and_where(
            Expr::col((membership::Entity, membership::Column::QuestionnaireId))
                .eq(Expr::col((invitation::Entity, invitation::Column::QuestionnaireId))),
        )
        .and_where(
            Expr::col((membership::Entity, membership::Column::OrganizerId))
                .eq(theirs(contact::Column::OrganizerId)),
        )
        .take();
    let of = Expr::col((contact::Entity, contact::Column::OrganizerId));
    let found: Vec<(InvitationId, QuestionnaireId, ContactId)> = invitation::Entity::find()
        .select_only()
        .columns([invitation::Column::Id, invitation::Column::QuestionnaireId])
        .column_as(theirs(contact::Column::Id), "heir_id")
        .join(JoinType::InnerJoin, its_contact())
        .join_as(JoinType::InnerJoin, same_address(), heir())
        .filter(match going {
            Going::Contact(id) => contact::Column::Id.eq(id),
            Going::Organizer(id) => contact::Column::OrganizerId.eq(id),
        })
        .filter(theirs(contact::Column::OrganizerId).ne(of))
        .filter(Expr::exists(works))
        .order_by_asc(invitation::Column::Id)
        .order_by_asc(theirs(contact::Column::Id))
        .into_tuple()
        .all(tx)
        .await?;
    let mut handed = BTreeSet::new();
    for (id, questionnaire, to) in found {
        // Whoever has an invitation keeps it.
        let has = invitation::Entity::find()
            .filter(invitation::Column::QuestionnaireId.eq(questionnaire))
            .filter(invitation::Column::ContactId.eq(to));
        if !handed.contains(&id) && has.one(tx).await?.is_none() {
            invitation::Entity::update_many()
                .col_expr(invitation::Column::ContactId, Expr::value(to))
                .filter(invitation::Column::Id.eq(id))
                .exec(tx)
                .await?;
            handed.insert(id);
        }
    }
    Ok(())
}

fn same_address() -> RelationDef {
    contact::Entity::belongs_to(contact::Entity)
        .from(contact::Column::AddressFolded)
        .to(contact::Column::AddressFolded)
        .into()
}
