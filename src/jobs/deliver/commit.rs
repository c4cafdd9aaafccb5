//! One commit of the ledger.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;

use super::check::check;
use super::ledger::{Batch, End, Verdict};
use crate::domain::MessageId;
use crate::domain::status::Delivery;
use crate::jobs::courier::Courier;
use crate::service::Service;
use crate::store::campaigns;
use crate::store::outbox::way::{self, Fate, Lease, Said};
use crate::store::outbox::{Message, claiming, pace};
use crate::store::suppressions::{self, Reason};

/// What those get who asked.
pub(super) struct Written {
    pub verdicts: HashMap<MessageId, Verdict>,
    pub claimed: Vec<Vec<Message>>,
}

/// Writes a batch. Where several can write at once, what came of mails is written beside what is
/// begun, and is on disk no later.
pub(super) async fn write(
    service: &Service,
    courier: &Courier,
    batch: &Batch,
) -> anyhow::Result<Written> {
    let now = service.clock.now();
    let until = now + courier.lease();
    let store = &service.store;
    let (tx, written) = if store.has_many_writers() && comes_apart(batch) {
        let ended = async {
            let tx = store.write_beside().await?;
            conclude(service, &tx, courier, &batch.ends, now).await?;
            anyhow::Ok(tx)
        };
        let begun = async {
            let tx = store.write().await?;
            let written = begin(service, &tx, courier, batch, now, until).await?;
            anyhow::Ok((tx, written))
        };
        let (ended, begun) = tokio::join!(ended, begun);
        ended?.commit().await?;
        begun?
    } else {
        let tx = store.write().await?;
        if batch.renew {
            way::renew(&tx, courier.owner(), until).await?;
        }
        release(&tx, courier, &batch.released, now).await?;
        conclude(service, &tx, courier, &batch.ends, now).await?;
        let written = begin(service, &tx, courier, batch, now, until).await?;
        (tx, written)
    };
    tx.commit().await?;
    Ok(written)
}

/// Whether what came of mails can be written beside the rest: the two have no row in common. Mails
/// that simply left are rows of their own; what follows from another end is not.
fn comes_apart(batch: &Batch) -> bool {
    let sent = |end: &End| end.fate.state == Delivery::Sent && end.fate.said.is_some();
    let rest = !batch.begun.is_empty() || !batch.claims.is_empty();
    let others = batch.renew || !batch.released.is_empty();
    rest && !others && !batch.ends.is_empty() && batch.ends.iter().all(sent)
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

/// Lets those begin that may, and takes what is due.
async fn begin(
    service: &Service,
    tx: &DatabaseTransaction,
    courier: &Courier,
    batch: &Batch,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> anyhow::Result<Written> {
    let mut verdicts = HashMap::new();
    if !batch.begun.is_empty() {
        let asked: Vec<MessageId> = batch.begun.iter().map(|asked| asked.message).collect();
        let known: Vec<String> =
            batch.begun.iter().filter_map(|asked| asked.address.clone()).collect();
        let mut free = vec![];
        for (message, checked) in check(service, tx, &asked, &known).await? {
            match checked.held {
                None => free.push(message),
                Some((state, why)) => drop(verdicts.insert(message, Verdict::Held(state, why))),
            }
        }
        free.sort_unstable();
        for message in way::begin_data(tx, courier.owner(), &free, now, until).await? {
            verdicts.insert(message, Verdict::Go);
        }
    }
    let mut claimed = vec![];
    for (most, _) in &batch.claims {
        let (owner, rates) = (courier.owner(), courier.rates());
        claimed.push(claiming::claim(tx, owner, *most, rates, now, until).await?);
    }
    Ok(Written { verdicts, claimed })
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
    let mut addresses: BTreeMap<&String, &End> = BTreeMap::new();
    for end in ends {
        if let Some(hash) = &end.address {
            addresses
                .entry(hash)
                .and_modify(|known| {
                    if end.no_mailbox {
                        *known = end;
                    }
                })
                .or_insert(end);
        }
    }
    for (hash, end) in addresses {
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
    let pauses: BTreeMap<_, &String> =
        ends.iter().filter_map(|end| end.pause.as_ref()).map(|(of, why)| (*of, why)).collect();
    for (campaign, why) in pauses {
        campaigns::pause(tx, campaign, why, now).await?;
    }
    Ok(())
}
