//! An organizer says which address is told what happens to a questionnaire, tries it, changes its
//! secret, switches it off. Secrets are derived from the installation's: none is stored.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;

use super::letter::{Letter, freeze, latest};
use crate::domain::status::Purpose;
use crate::domain::webhook::{BOTH_SIGN, Event, Telling};
use crate::domain::{NoticeId, WebhookId};
use crate::href;
use crate::mail::mailbox::mailbox;
use crate::mail::webhook_off::WebhookOff;
use crate::service::Service;
use crate::store::questionnaires::{self, Questionnaire};
use crate::store::webhooks::{self, Webhook, notices};
use crate::store::{organizers, outbox};
use crate::words::Words;

/// The most webhooks of one questionnaire.
pub const MOST: usize = 10;
/// The longest address, in bytes.
const LONGEST: usize = 2_000;

/// What an organizer wants of a webhook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// The address.
    pub address: String,
    /// What it is told.
    pub events: Vec<Event>,
}

impl Wish {
    /// What stands in its way, one sentence each; empty: nothing.
    pub fn obstacles(&self, service: &Service) -> Vec<String> {
        let mut found = vec![];
        let fetch = &service.settings.fetch;
        if self.address.len() > LONGEST {
            found.push(format!("The address is longer than {LONGEST} characters."));
        } else if let Err(why) = service.fetcher.check(&self.address) {
            found.push(format!("Nothing can be told to this address: {why}."));
        } else if !self.address.starts_with("https://") && fetch.networks.is_empty() {
            found.push("The address has to begin with https://, so that nobody else reads what it is told.".to_owned());
        }
        if self.events.is_empty() {
            found.push("Choose at least one thing that it is told.".to_owned());
        }
        found
    }

    fn words(&self) -> String {
        let chosen = Event::ALL.into_iter().filter(|event| self.events.contains(event));
        chosen.map(Event::word).collect::<Vec<_>>().join(" ")
    }
}

/// Keeps a new webhook; or says what stands in its way.
///
/// # Errors
/// A database that refuses.
pub async fn make_webhook(
    service: &Service,
    questionnaire: &Questionnaire,
    wish: &Wish,
) -> anyhow::Result<Result<Webhook, Vec<String>>> {
    let mut obstacles = wish.obstacles(service);
    let tx = service.store.write().await?;
    questionnaires::hold(&tx, questionnaire.id).await?;
    if webhooks::all_of(&tx, questionnaire.id).await?.len() >= MOST {
        obstacles.push(format!("There are {MOST} already: remove one first."));
    }
    if !obstacles.is_empty() {
        return Ok(Err(obstacles));
    }
    let hook = Webhook {
        id: WebhookId(service.clock.name()),
        questionnaire_id: questionnaire.id,
        address: wish.address.clone(),
        events: wish.words(),
        generation: 1,
        rotated_at: None,
        created_at: service.clock.now(),
        off_at: None,
        off_because: None,
    };
    webhooks::insert(&tx, hook.clone()).await?;
    tx.commit().await?;
    Ok(Ok(hook))
}

/// Changes what a webhook is told, and where; or says what stands in the way.
///
/// # Errors
/// A database that refuses.
pub async fn change_webhook(
    service: &Service,
    hook: Webhook,
    wish: &Wish,
) -> anyhow::Result<Result<Webhook, Vec<String>>> {
    let obstacles = wish.obstacles(service);
    if !obstacles.is_empty() {
        return Ok(Err(obstacles));
    }
    let tx = service.store.write().await?;
    let Some(now) = webhooks::hold(&tx, hook.id).await? else { return Ok(Ok(hook)) };
    let changed = Webhook { address: wish.address.clone(), events: wish.words(), ..now };
    webhooks::update(&tx, changed.clone()).await?;
    tx.commit().await?;
    Ok(Ok(changed))
}

/// Gives it a new secret; the old one signs beside it for a day.
///
/// # Errors
/// A database that refuses.
pub async fn rotate_secret(service: &Service, hook: Webhook) -> anyhow::Result<Webhook> {
    let tx = service.store.write().await?;
    let Some(now) = webhooks::hold(&tx, hook.id).await? else { return Ok(hook) };
    let rotated_at = Some(service.clock.now());
    let changed = Webhook { generation: now.generation + 1, rotated_at, ..now };
    webhooks::update(&tx, changed.clone()).await?;
    tx.commit().await?;
    Ok(changed)
}

/// Switches it off, or on: then what it was not told goes out.
///
/// # Errors
/// A database that refuses.
pub async fn switch_webhook(service: &Service, hook: Webhook, on: bool) -> anyhow::Result<()> {
    let now = service.clock.now();
    let tx = service.store.write().await?;
    let Some(hook) = webhooks::hold(&tx, hook.id).await? else { return Ok(()) };
    let off_at = (!on).then_some(now);
    notices::pause(&tx, hook.id, !on, now).await?;
    webhooks::update(&tx, Webhook { off_at, off_because: None, ..hook }).await?;
    Ok(tx.commit().await?)
}

/// Removes it, and what it was told.
///
/// # Errors
/// A database that refuses.
pub async fn remove_webhook(service: &Service, hook: &Webhook) -> anyhow::Result<()> {
    let tx = service.store.write().await?;
    webhooks::delete(&tx, hook.id).await?;
    Ok(tx.commit().await?)
}

/// Tells it that this is a try; the notice.
///
/// # Errors
/// A database that refuses.
pub async fn try_webhook(
    service: &Service,
    questionnaire: &Questionnaire,
    hook: &Webhook,
) -> anyhow::Result<NoticeId> {
    let (now, about) = (service.clock.now(), service.clock.name().to_string());
    let tx = service.store.write().await?;
    let told = webhooks::tell_test(&tx, hook, questionnaire.slug.as_str(), &about, now).await?;
    tx.commit().await?;
    Ok(told)
}

/// Tells it something once more, at once. Whether there is such a thing.
///
/// # Errors
/// A database that refuses.
pub async fn tell_again(service: &Service, hook: &Webhook, id: NoticeId) -> anyhow::Result<bool> {
    let tx = service.store.write().await?;
    let Some(mut notice) = notices::by_id(&tx, hook.id, id).await? else { return Ok(false) };
    notice.state = if hook.off_at.is_some() { Telling::Paused } else { Telling::Waiting };
    (notice.attempts, notice.next_at) = (0, service.clock.now());
    notices::settle(&tx, &notice).await?;
    tx.commit().await?;
    Ok(true)
}

/// The secrets that sign now, the newest first.
pub fn secrets(service: &Service, hook: &Webhook, now: DateTime<Utc>) -> Vec<[u8; 32]> {
    let mut secrets = vec![service.secret.webhook(hook.id.0, hook.generation)];
    if hook.rotated_at.is_some_and(|at| now < at + BOTH_SIGN) {
        secrets.push(service.secret.webhook(hook.id.0, hook.generation - 1));
    }
    secrets
}

/// Switches off a webhook that does not answer, and tells the organizer by mail.
///
/// # Errors
/// A database that refuses.
pub async fn give_up(
    service: &Service,
    tx: &DatabaseTransaction,
    hook: &Webhook,
    why: &str,
) -> anyhow::Result<()> {
    let now = service.clock.now();
    let present = webhooks::hold(tx, hook.id).await?;
    let Some(present) = present.filter(|present| present.off_at.is_none()) else { return Ok(()) };
    let off = Webhook { off_at: Some(now), off_because: Some(why.to_owned()), ..present };
    webhooks::update(tx, off.clone()).await?;
    notices::pause(tx, off.id, true, now).await?;
    let Some(questionnaire) = questionnaires::by_id(tx, off.questionnaire_id).await? else {
        return Ok(());
    };
    let organizer = organizers::by_id(tx, questionnaire.organizer_id).await?;
    let Some((organizer, address)) = organizer.and_then(|one| Some((one.clone(), one.address?)))
    else {
        return Ok(());
    };
    let Ok(to) = mailbox(&organizer.name, address.as_str()) else { return Ok(()) };
    let content = WebhookOff {
        title: questionnaire.title.clone(),
        address: off.address.clone(),
        why: why.to_owned(),
        link: service.link(&href::webhook(&questionnaire.slug, off.id)),
    }
    .content(Words::of("en"));
    let letter = Letter {
        key: format!("webhook-off:{}:{}", off.id, now.timestamp()),
        purpose: Purpose::WebhookOff,
        to,
        content: &content,
        organizer: None,
        questionnaire: Some(&questionnaire),
        invitation: None,
        unsubscribe: None,
        at: now,
        not_after: latest(service, now),
    };
    outbox::enqueue(tx, freeze(service, letter)?).await?;
    Ok(())
}
