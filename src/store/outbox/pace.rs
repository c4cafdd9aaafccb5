//! How fast mails leave: for all together and for each domain, on all nodes together.
//!
//! What is kept of a bucket is one moment: before it, nothing more may leave. It is read and moved
//! in the transaction that claims, so that two nodes are no faster than one; a node that is gone
//! leaves no debt and no share behind.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{self, Expr, OnConflict, SelectStatement};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr,
    EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _, Set,
};

use self::bucket::{Bucket, LONGEST};
use crate::domain::rates::Rates;
use crate::store::entity::{mail_day, mail_pace};

mod bucket;

/// The bucket of all mails together.
const ALL: &str = "";
/// A domain without a limit that says "slower" is treated as one with this, mails a minute.
const SLOWED: u32 = 20;
/// A domain's rate is not lowered further, in thousandths of what is set.
const LEAST: i32 = 16;
/// After a domain has said "slower", whatever else was on its way to it says nothing new.
const SAME_NEWS: TimeDelta = TimeDelta::seconds(10);
/// The domains to which nothing may leave at this moment.
pub(super) fn closed(now: DateTime<Utc>) -> SelectStatement {
    mail_pace::Entity::find()
        .select_only()
        .column(mail_pace::Column::Domain)
        .filter(mail_pace::Column::FreeAt.gt(now))
        .filter(mail_pace::Column::FreeAt.lte(now + LONGEST))
        .into_query()
}

/// The buckets that one claim needs, held until its transaction ends.
pub(super) struct Till<'a> {
    tx: &'a DatabaseTransaction,
    rates: &'a Rates,
    now: DateTime<Utc>,
    held: BTreeMap<String, Bucket>,
    changed: BTreeSet<String>,
    /// How many more may leave today; `None`: any number.
    today: Option<i64>,
    taken: i64,
}

impl<'a> Till<'a> {
    /// Opens it for a claim at `now`.
    pub(super) async fn open(
        tx: &'a DatabaseTransaction,
        rates: &'a Rates,
        now: DateTime<Utc>,
    ) -> Result<Self, DbErr> {
        let (held, changed) = (BTreeMap::new(), BTreeSet::new());
        let mut till = Self { tx, rates, now, held, changed, today: None, taken: 0 };
        if rates.per_second > 0 {
            till.hold(BTreeSet::from([ALL.to_owned()])).await?;
        }
        if !rates.days.is_empty() {
            till.today = left_today(tx, rates, now).await?;
        }
        Ok(till)
    }

    /// Whether none may leave at all.
    pub(super) fn is_shut(&self) -> bool {
        self.held.get(ALL).is_some_and(|all| all.is_closed(self.now))
    }

    /// Takes hold of the buckets of these domains. Always in the order of their names, so that
    /// two nodes do not wait for each other.
    pub(super) async fn hold(&mut self, domains: BTreeSet<String>) -> Result<(), DbErr> {
        let new: Vec<String> =
            domains.into_iter().filter(|domain| !self.held.contains_key(domain)).collect();
        if new.is_empty() {
            return Ok(());
        }
        let limited = |domain: &&String| domain.is_empty() || self.rates.of(domain) > 0;
        let rows: Vec<mail_pace::ActiveModel> =
            new.iter().filter(limited).map(|domain| row(domain, &Bucket::full())).collect();
        if !rows.is_empty() && self.tx.get_database_backend() == DbBackend::Postgres {
            // What is not there cannot be locked.
            mail_pace::Entity::insert_many(rows)
                .on_conflict(OnConflict::column(mail_pace::Column::Domain).do_nothing().to_owned())
                .exec_without_returning(self.tx)
                .await?;
        }
        let mut query = mail_pace::Entity::find()
            .filter(mail_pace::Column::Domain.is_in(new.iter().cloned()))
            .order_by_asc(mail_pace::Column::Domain);
        if self.tx.get_database_backend() == DbBackend::Postgres {
            query = query.lock_exclusive();
        }
        for found in query.all(self.tx).await? {
            let (free_at, slowed_at) = (found.free_at, found.slowed_at);
            let bucket = Bucket { free_at, thousandths: found.thousandths, slowed_at };
            self.held.insert(found.domain, bucket);
        }
        for domain in new {
            self.held.entry(domain).or_insert_with(Bucket::full);
        }
        Ok(())
    }

    /// Whether one mail to this domain may leave now; then it is counted. What somebody waits for
    /// before the screen (`urgent`) waits for no domain and no day.
    pub(super) fn take(&mut self, domain: &str, urgent: bool) -> bool {
        if self.is_shut() || (!urgent && self.today.is_some_and(|left| left <= self.taken)) {
            return false;
        }
        let now = self.now;
        if let Some(bucket) = self.held.get_mut(domain).filter(|_| !urgent) {
            let share = bucket.share(now);
            let rate = match self.rates.of(domain) {
                0 if share < 1000 => SLOWED,
                rate => rate,
            };
            if rate > 0 {
                let every = TimeDelta::milliseconds(60_000 * 1000 / i64::from(share.max(1)))
                    / i32::try_from(rate).unwrap_or(i32::MAX);
                let burst = i32::try_from(Rates::at_once(rate)).unwrap_or(i32::MAX) * share / 1000;
                if !bucket.take(now, every, burst.max(1)) {
                    return false;
                }
                self.changed.insert(domain.to_owned());
            }
        }
        if let Some(all) = self.held.get_mut(ALL) {
            let rate = i32::try_from(self.rates.per_second.max(1)).unwrap_or(i32::MAX);
            all.take(now, TimeDelta::seconds(1) / rate, rate);
            self.changed.insert(ALL.to_owned());
        }
        self.taken += 1;
        true
    }

    /// Writes down which buckets have moved.
    pub(super) async fn keep(&mut self) -> Result<(), DbErr> {
        let rows: Vec<mail_pace::ActiveModel> = self
            .changed
            .iter()
            .filter_map(|domain| Some(row(domain, self.held.get(domain)?)))
            .collect();
        if !rows.is_empty() {
            mail_pace::Entity::insert_many(rows)
                .on_conflict(
                    OnConflict::column(mail_pace::Column::Domain)
                        .update_column(mail_pace::Column::FreeAt)
                        .to_owned(),
                )
                .exec_without_returning(self.tx)
                .await?;
        }
        self.changed.clear();
        Ok(())
    }

    /// Writes down what was taken.
    pub(super) async fn close(mut self) -> Result<(), DbErr> {
        self.keep().await?;
        if self.taken > 0 && !self.rates.days.is_empty() {
            count_today(self.tx, self.now, self.taken).await?;
        }
        Ok(())
    }
}

fn row(domain: &str, bucket: &Bucket) -> mail_pace::ActiveModel {
    mail_pace::ActiveModel {
        domain: Set(domain.to_owned()),
        free_at: Set(bucket.free_at),
        thousandths: Set(bucket.thousandths),
        slowed_at: Set(bucket.slowed_at),
    }
}

/// A domain's server said "slower": half the rate from now on.
pub async fn slow(tx: &DatabaseTransaction, domain: &str, now: DateTime<Utc>) -> Result<(), DbErr> {
    let mut query = mail_pace::Entity::find_by_id(domain.to_owned());
    if tx.get_database_backend() == DbBackend::Postgres {
        query = query.lock_exclusive();
    }
    let mut bucket = query.one(tx).await?.map_or_else(Bucket::full, |found| Bucket {
        free_at: found.free_at,
        thousandths: found.thousandths,
        slowed_at: found.slowed_at,
    });
    if bucket.slowed_at.is_some_and(|at| at <= now && now - at < SAME_NEWS) {
        return Ok(());
    }
    bucket.thousandths = (bucket.share(now) / 2).max(LEAST);
    bucket.slowed_at = Some(now);
    mail_pace::Entity::insert(row(domain, &bucket))
        .on_conflict(
            OnConflict::column(mail_pace::Column::Domain)
                .update_columns([mail_pace::Column::Thousandths, mail_pace::Column::SlowedAt])
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Whether there is a bucket that has long been full again.
pub async fn any_full(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<bool, DbErr> {
    Ok(mail_pace::Entity::find().filter(full(now)).one(db).await?.is_some())
}

/// Forgets buckets that have long been full again.
pub async fn forget(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), DbErr> {
    mail_pace::Entity::delete_many().filter(full(now)).exec(db).await?;
    Ok(())
}

fn full(now: DateTime<Utc>) -> Condition {
    let old = now - TimeDelta::days(1);
    let well = Condition::any()
        .add(mail_pace::Column::SlowedAt.is_null())
        .add(mail_pace::Column::SlowedAt.lt(old));
    Condition::all().add(mail_pace::Column::FreeAt.lt(old)).add(well)
}

fn day(now: DateTime<Utc>) -> String {
    now.format("%Y-%m-%d").to_string()
}

/// How many mails may still be tried today; `None`: any number.
async fn left_today(
    tx: &DatabaseTransaction,
    rates: &Rates,
    now: DateTime<Utc>,
) -> Result<Option<i64>, DbErr> {
    count_today(tx, now, 0).await?;
    let mut query = mail_day::Entity::find().order_by_asc(mail_day::Column::Day);
    if tx.get_database_backend() == DbBackend::Postgres {
        query = query.lock_exclusive();
    }
    let today = day(now);
    let days = query.all(tx).await?;
    let place = days.iter().position(|one| one.day == today);
    let most = place.and_then(|place| rates.days.get(place));
    let tried = place.and_then(|place| days.get(place)).map_or(0, |one| one.mails);
    Ok(most.map(|most| i64::from(*most) - tried))
}

/// Counts mails that are tried today; fewer than none: some were not tried after all.
pub async fn count_today(
    tx: &DatabaseTransaction,
    now: DateTime<Utc>,
    mails: i64,
) -> Result<(), DbErr> {
    let kept = Expr::col((mail_day::Entity, mail_day::Column::Mails));
    mail_day::Entity::insert(mail_day::ActiveModel { day: Set(day(now)), mails: Set(mails) })
        .on_conflict(
            OnConflict::column(mail_day::Column::Day)
                .value(mail_day::Column::Mails, sea_query::ExprTrait::add(kept, mails))
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    Ok(())
}
