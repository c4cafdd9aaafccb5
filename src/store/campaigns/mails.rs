//! The mails of one campaign: how far they are, and what an organizer does with all at once.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr,
    EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};
use uuid::Uuid;

use crate::domain::status::Delivery;
use crate::domain::{CampaignId, MessageId};
use crate::store::entity::{contact, message, message_event};
use crate::store::outbox::{Line, standing};

/// The states in which a mail has not come to an end.
pub const OPEN: [Delivery; 3] = [Delivery::Queued, Delivery::Claimed, Delivery::InData];

/// How many mails of a campaign are in each state.
pub type Counts = BTreeMap<Delivery, u64>;

fn of(campaign: CampaignId) -> Condition {
    Condition::all().add(message::Column::CampaignId.eq(campaign))
}

/// How many mails of each of `campaigns` are in each state; those without mails are not there.
///
/// # Errors
/// A database that refuses.
pub async fn counts(
    db: &impl ConnectionTrait,
    campaigns: &[CampaignId],
) -> Result<BTreeMap<CampaignId, Counts>, DbErr> {
    let rows: Vec<(CampaignId, Delivery, i64)> = message::Entity::find()
        .select_only()
        .column(message::Column::CampaignId)
        .column(message::Column::State)
        .column_as(message::Column::Id.count(), "number")
        .filter(message::Column::CampaignId.is_in(campaigns.iter().copied()))
        .group_by(message::Column::CampaignId)
        .group_by(message::Column::State)
        .into_tuple()
        .all(db)
        .await?;
    let mut counts: BTreeMap<CampaignId, Counts> = BTreeMap::new();
    for (campaign, state, number) in rows {
        let number = u64::try_from(number).unwrap_or(0);
        counts.entry(campaign).or_default().insert(state, number);
    }
    Ok(counts)
}

/// How many mails of a campaign are in each state, for each domain of a recipient.
///
/// # Errors
/// A database that refuses.
pub async fn by_domain(
    db: &impl ConnectionTrait,
    campaign: CampaignId,
) -> Result<BTreeMap<String, Counts>, DbErr> {
    let rows: Vec<(String, Delivery, i64)> = message::Entity::find()
        .select_only()
        .columns([message::Column::Domain, message::Column::State])
        .column_as(message::Column::Id.count(), "number")
        .filter(of(campaign))
        .group_by(message::Column::Domain)
        .group_by(message::Column::State)
        .into_tuple()
        .all(db)
        .await?;
    let mut domains: BTreeMap<String, Counts> = BTreeMap::new();
    for (domain, state, number) in rows {
        let number = u64::try_from(number).unwrap_or(0);
        domains.entry(domain).or_default().insert(state, number);
    }
    Ok(domains)
}

/// How many mails of a campaign wait for readers of each time zone; an empty name: it is not known.
///
/// # Errors
/// A database that refuses.
pub async fn zones(
    db: &impl ConnectionTrait,
    campaign: CampaignId,
) -> Result<BTreeMap<String, u64>, DbErr> {
    let rows: Vec<(String, i64)> = message::Entity::find()
        .select_only()
        .column(contact::Column::Zone)
        .column_as(message::Column::Id.count(), "number")
        .join(JoinType::InnerJoin, standing::its_invitation())
        .join(JoinType::InnerJoin, standing::its_contact())
        .filter(of(campaign))
        .filter(message::Column::State.eq(Delivery::Queued))
        .group_by(contact::Column::Zone)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(zone, n)| (zone, u64::try_from(n).unwrap_or(0))).collect())
}

/// How many mails of a campaign have come to an end since then: its speed.
///
/// # Errors
/// A database that refuses.
pub async fn ended_since(
    db: &impl ConnectionTrait,
    campaign: CampaignId,
    since: DateTime<Utc>,
) -> Result<u64, DbErr> {
    use sea_orm::PaginatorTrait as _;
    message::Entity::find()
        .filter(of(campaign))
        .filter(message::Column::State.is_not_in(OPEN))
        .filter(message::Column::UpdatedAt.gt(since))
        .count(db)
        .await
}

/// At most `most` mails of a campaign without their bytes, by recipient, from the one after
/// `after` (a recipient and a message) on.
///
/// # Errors
/// A database that refuses.
pub async fn lines(
    db: &impl ConnectionTrait,
    campaign: CampaignId,
    after: Option<(&str, MessageId)>,
    most: u64,
) -> Result<Vec<Line>, DbErr> {
    let mut query = message::Entity::find().filter(of(campaign));
    if let Some((recipient, id)) = after {
        let later = Condition::any().add(message::Column::Recipient.gt(recipient)).add(
            Condition::all()
                .add(message::Column::Recipient.eq(recipient))
                .add(message::Column::Id.gt(id)),
        );
        query = query.filter(later);
    }
    query
        .order_by_asc(message::Column::Recipient)
        .order_by_asc(message::Column::Id)
        .limit(most)
        .into_partial_model::<Line>()
        .all(db)
        .await
}

/// Moves every mail of a campaign that is in `from` to `to`, and tells why in its history; those
/// that are to wait once more only before their latest time. Of a mail that somebody else has in
/// hand nothing changes. How many were moved.
///
/// # Errors
/// A database that refuses.
pub async fn turn_all(
    tx: &DatabaseTransaction,
    campaign: CampaignId,
    (from, to): (Delivery, Delivery),
    detail: &str,
    now: DateTime<Utc>,
    name: impl Fn() -> Uuid,
) -> Result<u64, DbErr> {
    let mut query = message::Entity::find()
        .select_only()
        .column(message::Column::Id)
        .filter(of(campaign))
        .filter(message::Column::State.eq(from))
        .order_by_asc(message::Column::Id);
    if to == Delivery::Queued {
        query = query.filter(message::Column::NotAfter.gt(now));
    }
    if tx.get_database_backend() == DbBackend::Postgres {
        query = query.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let ids: Vec<MessageId> = query.into_tuple().all(tx).await?;
    let mut moved = 0;
    for chunk in ids.chunks(500) {
        let mut update = message::Entity::update_many()
            .col_expr(message::Column::State, Expr::value(to))
            .col_expr(message::Column::UpdatedAt, Expr::value(now))
            .filter(message::Column::Id.is_in(chunk.iter().copied()))
            .filter(message::Column::State.eq(from));
        if to == Delivery::Queued {
            update = update.col_expr(message::Column::NextAt, Expr::value(now));
        }
        moved += update.exec(tx).await?.rows_affected;
        let told = chunk.iter().map(|id| message_event::ActiveModel {
            id: Set(name()),
            message_id: Set(*id),
            state: Set(to),
            detail: Set(detail.to_owned()),
            created_at: Set(now),
        });
        message_event::Entity::insert_many(told).exec_without_returning(tx).await?;
    }
    Ok(moved)
}
