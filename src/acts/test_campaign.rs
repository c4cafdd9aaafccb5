//! An organizer has a mail of a campaign sent to themselves: marked, and with a link that shows
//! the form but cannot answer for anybody.

use chrono::TimeDelta;

use super::campaign::{Plan, To};
use super::letter::{self, Letter};
use crate::domain::campaign::Aim;
use crate::domain::status::Purpose;
use crate::href;
use crate::mail::mailbox::mailbox;
use crate::mail::template::as_test;
use crate::service::Service;
use crate::store::outbox;
use crate::words::Words;

/// As many tests an organizer gets within [`WITHIN`].
const MOST: u64 = 20;
/// The time for [`MOST`].
const WITHIN: TimeDelta = TimeDelta::minutes(10);

/// What became of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tested {
    /// It is in the outbox.
    Queued,
    /// The organizer has given no address.
    NoAddress,
    /// There were many within a few minutes.
    TooMany,
}

/// Queues a mail as somebody called `name` would get it in these words, for the organizer.
///
/// # Errors
/// A database that refuses; nothing was queued.
pub async fn test_campaign(
    service: &Service,
    plan: &Plan,
    words: Words,
    name: &str,
) -> anyhow::Result<Tested> {
    let Some(address) = &plan.organizer.address else { return Ok(Tested::NoAddress) };
    let now = service.clock.now();
    let to = mailbox(&plan.organizer.name, address.as_str())?;
    let recipient = to.email.to_string();
    let tx = service.store.write().await?;
    if outbox::queued_since(&tx, &recipient, Purpose::Test, now - WITHIN).await? >= MOST {
        return Ok(Tested::TooMany);
    }
    let link = match plan.aim {
        Aim::Brief => plan.link(service, ""),
        Aim::Invite | Aim::Remind | Aim::Thank => {
            service.link(&href::desk(&plan.questionnaire.slug, "preview"))
        }
    };
    let to_me = To { link, unsubscribe: None, ..plan.anybody(service, name) };
    let content = as_test(plan.content(service, words, to_me, false), words);
    let test = letter::freeze(
        service,
        Letter {
            key: format!("test:{}", service.clock.random_name().simple()),
            purpose: Purpose::Test,
            to,
            content: &content,
            organizer: Some(&plan.organizer),
            questionnaire: Some(&plan.questionnaire),
            invitation: None,
            unsubscribe: None,
            at: now,
            not_after: letter::latest(service, now),
        },
    )?;
    outbox::enqueue(&tx, test).await?;
    tx.commit().await?;
    service.post.wake();
    Ok(Tested::Queued)
}
