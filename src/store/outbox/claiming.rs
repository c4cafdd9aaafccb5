//! Workers take what is due, a batch at a time, as fast as the pace allows.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr,
    EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
};

use super::Message;
use super::pace::{Till, closed};
use super::way::any;
use crate::domain::MessageId;
use crate::domain::campaign::State;
use crate::domain::rates::Rates;
use crate::domain::status::Delivery;
use crate::store::deletions;
use crate::store::entity::{campaign, message};

/// How often a claim looks further when domains are closed.
const ROUNDS: usize = 4;

/// What waits and may leave: its time has come, its campaign runs, its domain is open.
fn waiting(now: DateTime<Utc>) -> Condition {
    let running = campaign::Entity::find()
        .select_only()
        .column(campaign::Column::Id)
        .filter(campaign::Column::State.eq(State::Running))
        .into_query();
    let campaign = Condition::any()
        .add(message::Column::CampaignId.is_null())
        .add(message::Column::CampaignId.in_subquery(running));
    let domain = Condition::any()
        .add(message::Column::Rank.eq(0))
        .add(message::Column::Domain.not_in_subquery(closed(now)));
    // Of what is to be erased nothing leaves, unless it is restored.
    let kept = Condition::any()
        .add(message::Column::QuestionnaireId.is_null())
        .add(message::Column::QuestionnaireId.not_in_subquery(deletions::questionnaires()));
    Condition::all()
        .add(kept)
        .add(message::Column::State.eq(Delivery::Queued))
        .add(message::Column::NextAt.lte(now))
        .add(campaign)
        .add(domain)
}

/// Whether a message is due.
pub async fn any_due(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<bool, DbErr> {
    any(db, waiting(now)).await
}

/// Takes up to `most` messages that are due until `until`: those first that somebody waits for,
/// then those due for longest. No two workers take the same one, and all of them together take no
/// more than `rates` allow.
pub async fn claim(
    tx: &DatabaseTransaction,
    owner: &str,
    most: usize,
    rates: &Rates,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Message>, DbErr> {
    let mut till = Till::open(tx, rates, now).await?;
    let mut taken: Vec<Message> = vec![];
    for _ in 0..ROUNDS {
        if taken.len() >= most || till.is_shut() {
            break;
        }
        let look = most.saturating_mul(2);
        let found = look_for(tx, now, look).await?;
        let exhausted = found.len() < look;
        till.hold(found.iter().map(|(_, domain, _)| domain.clone()).collect()).await?;
        let mut news = vec![];
        for (id, domain, rank) in found {
            if taken.len() + news.len() < most && till.take(&domain, rank == 0) {
                news.push(id);
            }
        }
        if news.is_empty() {
            break;
        }
        taken.extend(mark(tx, owner, &news, now, until).await?);
        till.keep().await?;
        if exhausted {
            break;
        }
    }
    till.close().await?;
    taken.sort_by_key(|message| (message.rank, message.next_at, message.id));
    Ok(taken)
}

async fn look_for(
    tx: &DatabaseTransaction,
    now: DateTime<Utc>,
    most: usize,
) -> Result<Vec<(MessageId, String, i16)>, DbErr> {
    let mut due = message::Entity::find()
        .select_only()
        .columns([message::Column::Id, message::Column::Domain, message::Column::Rank])
        .filter(waiting(now))
        .order_by_asc(message::Column::Rank)
        .order_by_asc(message::Column::NextAt)
        .order_by_asc(message::Column::Id)
        .limit(u64::try_from(most).unwrap_or(u64::MAX));
    if tx.get_database_backend() == DbBackend::Postgres {
        // Two workers must not wait for each other, nor take the same one.
        due = due.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    due.into_tuple().all(tx).await
}

async fn mark(
    tx: &DatabaseTransaction,
    owner: &str,
    ids: &[MessageId],
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Message>, DbErr> {
    message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value(Delivery::Claimed))
        .col_expr(message::Column::LeaseOwner, Expr::value(owner))
        .col_expr(message::Column::LeaseUntil, Expr::value(until))
        .col_expr(message::Column::UpdatedAt, Expr::value(now))
        .filter(message::Column::Id.is_in(ids.iter().copied()))
        .filter(message::Column::State.eq(Delivery::Queued))
        .exec_with_returning(tx)
        .await
}
