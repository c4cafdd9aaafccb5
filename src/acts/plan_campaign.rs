//! A campaign begins: everybody whom it is meant for is looked at, and whoever may be written to
//! gets a mail in the outbox; all in one transaction, a few hundred people at a time.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;

use super::campaign::walk::{Looked, Walk};
use super::campaign::{LeftOut, Plan, token_of};
use super::letter::{self, Letter};
use crate::domain::campaign::{Aim, State, Terms};
use crate::domain::status::Status;
use crate::domain::{CampaignId, InvitationId, token};
use crate::href;
use crate::mail::mailbox::mailbox;
use crate::service::Service;
use crate::store::campaigns::{self, Campaign};
use crate::store::invitations::{self, NewInvitation};
use crate::store::organizers::Organizer;
use crate::store::questionnaires::{self, Questionnaire};
use crate::store::{deletions, organizers, outbox};
use crate::words::Words;

/// What is told of a campaign whose latest time came before its beginning.
pub const TOO_LATE: &str = "Its latest time, or the day it names as the last, had passed before it could begin, so nothing was sent.";

/// How many get a mail, and how many do not, by reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queued {
    /// How many mails were queued.
    pub mails: usize,
    /// How many people were left out, by reason.
    pub left_out: BTreeMap<LeftOut, usize>,
}

/// The short way to a campaign: everybody, our words, now. `None`: the questionnaire is not open,
/// nothing was done. Where nobody is left to write to, there is no campaign.
///
/// # Errors
/// A database that refuses; nobody was written to.
pub async fn begin_campaign(
    service: &Service,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
    aim: Aim,
) -> anyhow::Result<Option<Queued>> {
    let now = service.clock.now();
    let tx = service.store.write().await?;
    // Read again inside the transaction: it may have been closed while the page was looked at.
    let Some(questionnaire) = questionnaires::hold(&tx, questionnaire.id).await? else {
        return Ok(None);
    };
    if questionnaire.status != Status::Open {
        return Ok(None);
    }
    let plan = Plan::usual(&tx, service, organizer, &questionnaire, aim).await?;
    let campaign = Campaign {
        state: State::Running,
        planned_at: Some(now),
        ..super::edit_campaign::fresh(service, &plan)?
    };
    campaigns::insert(&tx, campaign.clone()).await?;
    let queued = fill(service, &tx, &plan, &campaign, now).await?;
    if queued.mails > 0 {
        campaigns::planned(&tx, campaign.id, counted(&queued)?, now).await?;
        tx.commit().await?;
        service.post.wake();
    }
    Ok(Some(queued))
}

/// Begins a campaign whose time has come, on one node only. `None`: it is not there, not
/// scheduled (any more), or too late, which is then written down.
///
/// # Errors
/// A database that refuses; nobody was written to.
pub async fn plan_campaign(service: &Service, id: CampaignId) -> anyhow::Result<Option<Queued>> {
    let now = service.clock.now();
    let tx = service.store.write().await?;
    // Of two nodes, one finds it running.
    if !campaigns::turn(&tx, id, &[State::Scheduled], State::Running, None, now).await? {
        return Ok(None);
    }
    let Some(campaign) = campaigns::by_id(&tx, id).await? else { return Ok(None) };
    let terms: Terms = serde_json::from_str(&campaign.terms)?;
    if terms.latest(campaign.aim, campaign.not_after) <= now {
        let why = Some(TOO_LATE);
        campaigns::turn(&tx, id, &[State::Running], State::Cancelled, why, now).await?;
        tx.commit().await?;
        return Ok(None);
    }
    let Some(questionnaire) = questionnaires::hold(&tx, campaign.questionnaire_id).await? else {
        return Ok(None);
    };
    let Some(organizer) = organizers::by_id(&tx, campaign.created_by).await? else {
        return Ok(None);
    };
    // What is to be erased sends nothing: its campaigns wait.
    if deletions::of(&tx, questionnaire.id).await?.is_some() {
        return Ok(None);
    }
    let plan = Plan::of(&tx, service, &organizer, &questionnaire, &campaign).await?;
    let queued = fill(service, &tx, &plan, &campaign, now).await?;
    campaigns::planned(&tx, id, counted(&queued)?, now).await?;
    if queued.mails == 0 {
        campaigns::turn(&tx, id, &[State::Running], State::Done, None, now).await?;
    }
    tx.commit().await?;
    service.post.wake();
    Ok(Some(queued))
}

/// Writes down which campaigns are done.
///
/// # Errors
/// A database that refuses.
pub async fn finish_campaigns(service: &Service) -> anyhow::Result<()> {
    // An idle service writes nothing.
    if !campaigns::any_over(service.store.read()).await? {
        return Ok(());
    }
    let tx = service.store.write().await?;
    campaigns::finish(&tx, service.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// How many were left out, as it is kept.
fn counted(queued: &Queued) -> serde_json::Result<String> {
    let counts: BTreeMap<&str, usize> =
        queued.left_out.iter().map(|(reason, count)| (reason.word(), *count)).collect();
    serde_json::to_string(&counts)
}

async fn fill(
    service: &Service,
    tx: &DatabaseTransaction,
    plan: &Plan,
    campaign: &Campaign,
    now: DateTime<Utc>,
) -> anyhow::Result<Queued> {
    let mut queued = Queued::default();
    let mut walk = Walk::begin(tx, plan, now).await?;
    while let Some(chunk) = walk.next(tx, service).await? {
        let (mut asks, mut mails) = (vec![], vec![]);
        for looked in chunk {
            if let Some(reason) = looked.left_out {
                *queued.left_out.entry(reason).or_default() += 1;
                continue;
            }
            let id = looked.person.invitation.as_ref().map_or_else(
                || {
                    let id = InvitationId(service.clock.random_name());
                    let token_hash = token::hash(&token_of(&service.secret, id));
                    asks.push(NewInvitation { id, contact: looked.person.contact.id, token_hash });
                    id
                },
                |before| before.id,
            );
            mails.push(one(service, plan, campaign, &looked, id, now)?);
        }
        queued.mails += mails.len();
        invitations::insert_all(tx, plan.questionnaire.id, asks, now).await?;
        outbox::enqueue_all(tx, mails).await?;
    }
    Ok(queued)
}

/// The mail for one person, its bytes frozen.
fn one(
    service: &Service,
    plan: &Plan,
    campaign: &Campaign,
    Looked { person, last, .. }: &Looked,
    invitation: InvitationId,
    now: DateTime<Utc>,
) -> anyhow::Result<outbox::NewMessage> {
    let contact = &person.contact;
    let token = token_of(&service.secret, invitation);
    let to = plan.one(service, contact, &token);
    let content = plan.content(service, Words::of(&contact.language), to, *last);
    let word = match plan.aim {
        Aim::Invite => "invitation",
        Aim::Remind => "reminder",
        Aim::Thank => "thanks",
        Aim::Brief => "brief",
    };
    // Of this invitation alone: what a colleague's held may go with it.
    let before = person.mails.iter().filter(|mail| mail.invitation_id == Some(invitation)).count();
    let mail = letter::freeze(
        service,
        Letter {
            key: format!("{word}:{invitation}:{}", 1 + before),
            purpose: plan.aim.purpose(),
            to: mailbox(&contact.name, contact.address.as_str())?,
            content: &content,
            organizer: Some(&plan.organizer),
            questionnaire: Some(&plan.questionnaire),
            invitation: Some(invitation),
            unsubscribe: Some(service.link(&href::stop(&token))),
            at: now,
            not_after: plan.terms.latest(plan.aim, campaign.not_after),
        },
    )?;
    Ok(outbox::NewMessage { campaign: Some(campaign.id), ..mail })
}
