//! A message came back, or its reader complained.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DatabaseTransaction;

use super::whose::{Whose, organizer_of};
use crate::domain::email;
use crate::domain::status::{Arrival, Delivery};
use crate::mail::inbound::complaint::Complaint;
use crate::mail::inbound::report::{Report, Verdict};
use crate::service::Service;
use crate::store::inbound::{Found, Inbound};
use crate::store::outbox::{Message, back, way};
use crate::store::suppressions::{self, Reason};

/// So long a message may still be on its way out when the first report comes in.
const ON_ITS_WAY: TimeDelta = TimeDelta::minutes(15);

/// Does what servers report; `None`: the message is not out of our hands yet.
pub(super) async fn reported(
    service: &Service,
    kept: &Inbound,
    whose: &Whose,
    reports: &[Report],
) -> anyhow::Result<Option<Found>> {
    let Some(message) = whose.message() else {
        return Ok(Some(unknown(Arrival::Bounce, "It is not said about which mail of ours it is")));
    };
    let Some(report) = about(message, reports) else {
        return Ok(Some(unknown(Arrival::Bounce, "It is about somebody whom we did not write to")));
    };
    if report.verdict.is_lost() && is_on_its_way(service, kept, message) {
        return Ok(None);
    }
    let now = service.clock.now();
    let tx = service.store.write().await?;
    let event = service.clock.name();
    let text = if report.text.is_empty() { "the server gave no reason" } else { &report.text };
    let (kind, said) = match report.verdict {
        Verdict::Late => {
            let detail = format!("a server says that it is late and is tried further: {text}");
            back::noted(&tx, message, &detail, event, now).await?;
            (Arrival::Notice, "The mail is late, and is tried further.".to_owned())
        }
        Verdict::Arrived => {
            back::noted(&tx, message, "a server says that it was delivered", event, now).await?;
            (Arrival::Notice, "A server says that the mail was delivered.".to_owned())
        }
        lost => {
            let is_news = back::heard(&tx, message.id, Delivery::Bounced, text, event, now).await?;
            let said = came_back(service, &tx, message, lost, text, is_news, now).await?;
            (Arrival::Bounce, said)
        }
    };
    tx.commit().await?;
    found(service, kind, said, message).await.map(Some)
}

/// What follows for the address.
async fn came_back(
    service: &Service,
    tx: &DatabaseTransaction,
    message: &Message,
    verdict: Verdict,
    text: &str,
    is_news: bool,
    now: DateTime<Utc>,
) -> anyhow::Result<String> {
    if !is_news {
        return Ok("This was known already; nothing was changed.".to_owned());
    }
    let what = match verdict {
        Verdict::NoMailbox => {
            suppress(service, tx, message, Reason::NoMailbox, now).await?;
            "There is no such mailbox, so nothing is written to this address any more."
        }
        Verdict::Soft => {
            let hash = service.secret.recipient_hash(&message.recipient);
            if suppressions::soft(tx, hash, now).await? {
                "The mailbox was full, or its server could not be reached, on three days within two \
                 weeks, so nothing is written to this address any more."
            } else {
                "The mailbox was full, or its server could not be reached for too long. The address \
                 may be written to again."
            }
        }
        Verdict::OurFault => {
            "It was refused because of who sends, not because of who gets it: this is for whoever \
             runs the mail server. The address may be written to again."
        }
        Verdict::Refused | Verdict::Late | Verdict::Arrived => {
            "It was refused for another reason. The address may be written to again."
        }
    };
    Ok(format!("The mail came back. {what} The server said: {text}"))
}

/// Keeps an address from being written to, and calls off what waits for it.
async fn suppress(
    service: &Service,
    tx: &DatabaseTransaction,
    message: &Message,
    reason: Reason,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    // The address it went to, whatever its contact's is by now.
    let hash = service.secret.recipient_hash(&message.recipient);
    suppressions::insert(tx, hash, reason, now).await?;
    let name = || service.clock.name();
    way::hold_back(tx, &message.recipient, reason.why(), now, name).await?;
    Ok(())
}

/// Does what a reader's complaint asks; `None`: the message is not out of our hands yet.
pub(super) async fn complained(
    service: &Service,
    kept: &Inbound,
    whose: &Whose,
    complaint: &Complaint,
) -> anyhow::Result<Option<Found>> {
    let Some(message) = whose.message() else {
        let why = "It is not said about which mail of ours it is";
        return Ok(Some(unknown(Arrival::Complaint, why)));
    };
    if !complaint.is_unwanted() {
        let kind: String = complaint.kind.chars().filter(|c| !c.is_control()).take(40).collect();
        let said = format!("It says “{kind}”, which is no complaint; nothing was changed.");
        return found(service, Arrival::Notice, said, message).await.map(Some);
    }
    if is_on_its_way(service, kept, message) {
        return Ok(None);
    }
    let now = service.clock.now();
    let tx = service.store.write().await?;
    let detail = "the reader told their mail provider that it was unwanted";
    let event = service.clock.name();
    back::heard(&tx, message.id, Delivery::Complained, detail, event, now).await?;
    suppress(service, &tx, message, Reason::Complaint, now).await?;
    tx.commit().await?;
    let said = "The reader told their mail provider that the mail was unwanted. Nothing is written \
         to this address any more.";
    found(service, Arrival::Complaint, said.to_owned(), message).await.map(Some)
}

/// The report about the addressee of this message: by name, or the worst one where the mail was
/// handed on to another address.
fn about<'a>(message: &Message, reports: &'a [Report]) -> Option<&'a Report> {
    let ours = email::folded(&message.recipient);
    reports
        .iter()
        .find(|report| email::folded(&report.recipient) == ours)
        .or_else(|| reports.iter().find(|report| report.verdict.is_lost()))
        .or_else(|| reports.first())
}

/// A report may overtake the note that the message was taken over.
fn is_on_its_way(service: &Service, kept: &Inbound, message: &Message) -> bool {
    let open = matches!(message.state, Delivery::Queued | Delivery::Claimed | Delivery::InData);
    open && service.clock.now() < kept.received_at + ON_ITS_WAY
}

async fn found(
    service: &Service,
    kind: Arrival,
    said: String,
    message: &Message,
) -> anyhow::Result<Found> {
    let questionnaire = message.questionnaire_id;
    let organizer = organizer_of(service, questionnaire).await?;
    Ok(Found { kind, said, organizer, questionnaire, message: Some(message.id) })
}

fn unknown(kind: Arrival, why: &str) -> Found {
    super::nobodys(kind, &format!("{why}; nothing was changed."))
}
