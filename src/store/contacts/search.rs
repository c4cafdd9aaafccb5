//! Finding contacts by words, lists and tags.

use sea_orm::sea_query::{Expr, ExprTrait as _, Func, LikeExpr};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::{Contact, audience};
use crate::domain::{Audience, ContactId, OrganizerId};
use crate::store::entity::contact;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words that stand in the name or the address; empty: any.
    pub words: String,
    /// On which lists, with which tags.
    pub audience: Audience,
}

impl Wanted {
    fn condition(&self, organizer: OrganizerId) -> Condition {
        let mut condition = audience::of(organizer, &self.audience);
        for word in self.words.split_whitespace().take(8) {
            let like = |word: &str| {
                let plain = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
                LikeExpr::new(format!("%{plain}%")).escape('\\')
            };
            let small = word.to_lowercase();
            let name = || Expr::col((contact::Entity, contact::Column::Name));
            condition = condition.add(
                Condition::any()
                    .add(contact::Column::AddressFolded.like(like(&small)))
                    // SQLite knows the small letters of ASCII only.
                    .add(name().like(like(word)))
                    .add(Expr::expr(Func::lower(name())).like(like(&small))),
            );
        }
        condition
    }
}

/// One page of what is found, by folded address, and how many there are in all.
pub async fn page(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    wanted: &Wanted,
    number: u64,
    size: u64,
) -> Result<(Vec<Contact>, u64), DbErr> {
    let find = contact::Entity::find().filter(wanted.condition(organizer));
    let count = find.clone().count(db).await?;
    let found = find
        .order_by_asc(contact::Column::AddressFolded)
        .offset(number.saturating_mul(size))
        .limit(size)
        .all(db)
        .await?;
    Ok((found, count))
}

/// The first few of what is found behind `after`, by folded address.
pub async fn part(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    wanted: &Wanted,
    after: Option<&str>,
    most: u64,
) -> Result<Vec<Contact>, DbErr> {
    let mut find = contact::Entity::find().filter(wanted.condition(organizer));
    if let Some(after) = after {
        find = find.filter(contact::Column::AddressFolded.gt(after));
    }
    find.order_by_asc(contact::Column::AddressFolded).limit(most).all(db).await
}

/// Everybody who is found, by folded address.
pub async fn all(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    wanted: &Wanted,
) -> Result<Vec<Contact>, DbErr> {
    contact::Entity::find()
        .filter(wanted.condition(organizer))
        .order_by_asc(contact::Column::AddressFolded)
        .all(db)
        .await
}

/// The ids of everybody who is found.
pub async fn ids(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    wanted: &Wanted,
) -> Result<Vec<ContactId>, DbErr> {
    contact::Entity::find()
        .select_only()
        .column(contact::Column::Id)
        .filter(wanted.condition(organizer))
        .into_tuple()
        .all(db)
        .await
}
