//! One commit of the ledger.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::check::check;
use super::ledger::{Batch, End, Verdict};
use crate::domain::MessageId;
use crate::domain::status::Delivery;
use crate::jobs::courier::Courier;
use crate::service::Service;
use crate::store::outbox::sent::{self, Taken};
use crate::store::outbox::way::{self, Fate, Lease, Said};
use crate::store::outbox::{Message, claiming, pace};
use crate::store::suppressions::{self, Reason};
use crate::store::{AtOnce, campaigns};

/// What those get who asked.
pub(super) struct Written {
    pub verdicts: HashMap<MessageId, Verdict>,
    pub claimed: Vec<Vec<Message>>,
}

/// Writes a batch.
pub(super) async fn write(
    service: &Service,
    courier: &Courier,
    batch: &Batch,
) -> anyhow::Result<Written> {
    let now = service.clock.now();
    if let Some(store) = service.store.at_once()
        && let Some(taken) = taken(service, batch)
    {
        return at_once(service, courier, batch, store, &taken, now).await;
    }
    let tx = service.store.write().await?;
    let until = now + courier.lease();
    if batch.renew {
        way::renew(&tx, courier.owner(), until).await?;
    }
    release(&tx, courier, &batch.released, now).await?;
    conclude(service, &tx, courier, &batch.ends, now).await?;
    let (mut verdicts, free) = may_begin(service, &tx, batch).await?;
    for message in way::begin_data(&tx, courier.owner(), &free, now, until).await? {
        verdicts.insert(message, Verdict::Go);
    }
    let mut claimed = vec![];
    for (most, _) in &batch.claims {
        let (owner, rates) = (courier.owner(), courier.rates());
        claimed.push(claiming::claim(&tx, owner, *most, rates, now, until).await?);
    }
    tx.commit().await?;
    Ok(Written { verdicts, claimed })
}

/// Writes a batch in three statements, two of them at the same time. A mark that is on disk has all
/// that came before it on disk too.
async fn at_once(
    service: &Service,
    courier: &Courier,
    batch: &Batch,
    store: AtOnce<'_>,
    taken: &[Taken<'_>],
    now: DateTime<Utc>,
) -> anyhow::Result<Written> {
    let owner = courier.owner();
    let (ended, checked) = tokio::join!(
        sent::finish(store.lazy, owner, taken, now),
        may_begin(service, store.durable, batch),
    );
    ended?;
    let (mut verdicts, free) = checked?;
    let until = now + courier.lease();
    for message in way::begin_data(store.durable, owner, &free, now, until).await? {
        verdicts.insert(message, Verdict::Go);
    }
    Ok(Written { verdicts, claimed: vec![] })
}

/// What came of the mails of a batch, if the server has taken all of them with one code, and nothing
/// else is written but marks: then the two have no row in common. What follows from another end
/// is not only of its own mail.
fn taken<'a>(service: &Service, batch: &'a Batch) -> Option<Vec<Taken<'a>>> {
    let others = batch.renew || !batch.released.is_empty() || !batch.claims.is_empty();
    if others || batch.begun.is_empty() || batch.ends.is_empty() {
        return None;
    }
    let taken: Option<Vec<Taken<'_>>> = batch
        .ends
        .iter()
        .map(|end| match &end.fate {
            Fate { state: Delivery::Sent, said: Some(said), told: Some(told), .. } => {
                let event = service.clock.name();
                Some(Taken { message: end.message, said, event, told })
            }
            _ => None,
        })
        .collect();
    let code = |one: &Taken<'a>| (one.said.code, &one.said.enhanced, one.said.stage);
    taken.filter(|taken| taken.iter().all(|one| taken.first().map(code) == Some(code(one))))
}

async fn release(
    tx: &DatabaseTransaction,
    courier: &Courier,
    messages: &[MessageId],
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    if messages.is_empty() {
        return Ok(());
    }
    let released = way::release(tx, courier.owner(), messages).await?;
    if !courier.rates().days.is_empty() {
        pace::count_today(tx, now, -i64::try_from(released)?).await?;
    }
    Ok(())
}

/// Looks at those who asked once more: who must not, and who may.
async fn may_begin(
    service: &Service,
    db: &impl ConnectionTrait,
    batch: &Batch,
) -> anyhow::Result<(HashMap<MessageId, Verdict>, Vec<MessageId>)> {
    let (mut verdicts, mut free) = (HashMap::new(), vec![]);
    if batch.begun.is_empty() {
        return Ok((verdicts, free));
    }
    let asked: Vec<MessageId> = batch.begun.iter().map(|asked| asked.message).collect();
    let known: Vec<String> = batch.begun.iter().filter_map(|asked| asked.address.clone()).collect();
    for (message, checked) in check(service, db, &asked, &known).await? {
        match checked.held {
            None => free.push(message),
            Some((state, why)) => drop(verdicts.insert(message, Verdict::Held(state, why))),
        }
    }
    free.sort_unstable();
    Ok((verdicts, free))
}

/// Writes down what came of messages: the many that were simply sent in one go.
async fn conclude(
    service: &Service,
    tx: &DatabaseTransaction,
    courier: &Courier,
    ends: &[End],
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let owner = courier.owner();
    let mut sent: BTreeMap<_, Vec<(MessageId, &Said)>> = BTreeMap::new();
    let mut mine: HashSet<MessageId> = HashSet::new();
    let mut others = vec![];
    for end in ends {
        match &end.fate {
            Fate { state: Delivery::Sent, said: Some(said), .. } => {
                let code = (said.code, &said.enhanced, said.stage);
                sent.entry(code).or_default().push((end.message, said));
            }
            fate => {
                let lease = Lease { message: end.message, owner: owner.to_owned() };
                if way::finish(tx, &lease, fate, end.at).await? {
                    mine.insert(end.message);
                    others.push(end);
                }
            }
        }
    }
    for alike in sent.into_values() {
        mine.extend(way::finish_sent(tx, owner, &alike, now).await?);
    }
    let told = ends.iter().filter(|end| mine.contains(&end.message)).filter_map(|end| {
        let detail = end.fate.told.clone()?;
        Some((service.clock.name(), end.message, end.fate.state, detail))
    });
    way::tell_all(tx, told.collect(), now).await?;
    follow(tx, courier, &others, now).await
}

/// What follows from the ends of messages for others. Each kind of row in the order of its names,
/// and the kinds in one order everywhere, so that no two that write wait for each other.
async fn follow(
    tx: &DatabaseTransaction,
    courier: &Courier,
    ends: &[&End],
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let free = ends.iter().filter(|end| end.free).count();
    if free > 0 && !courier.rates().days.is_empty() {
        pace::count_today(tx, now, -i64::try_from(free)?).await?;
    }
    let addressed = ends.iter().filter_map(|end| Some((end.address.as_ref()?, *end)));
    let mut addressed: Vec<(&String, &End)> = addressed.collect();
    addressed.sort_by_key(|(hash, _)| *hash);
    for (hash, end) in addressed {
        if end.no_mailbox {
            suppressions::insert(tx, hash.clone(), Reason::NoMailbox, end.at).await?;
        } else {
            suppressions::soft(tx, hash.clone(), end.at).await?;
        }
    }
    let slow: BTreeSet<&String> = ends.iter().filter_map(|end| end.too_fast.as_ref()).collect();
    for domain in slow {
        pace::slow(tx, domain, now).await?;
    }
    let mut pauses: Vec<_> = ends.iter().filter_map(|end| end.pause.as_ref()).collect();
    pauses.sort_by_key(|(campaign, _)| *campaign);
    for (campaign, why) in pauses {
        campaigns::pause(tx, *campaign, why, now).await?;
    }
    Ok(())
}
