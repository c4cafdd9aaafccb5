//! A person wrote to the address that mails come from: the letter is handed on to the organizer
//! whom it concerns, once, and never back to where it came from.

use chrono::TimeDelta;

use super::whose::{Whose, by_message_id, concerning, keeper};
use crate::acts::letter::{Letter, freeze_answered_to, latest};
use crate::domain::status::{Arrival, Purpose};
use crate::domain::{OrganizerId, email};
use crate::href;
use crate::mail::forward::Forward;
use crate::mail::inbound::Incoming;
use crate::mail::mailbox::mailbox;
use crate::service::Service;
use crate::store::inbound::{Found, Inbound};
use crate::store::organizers::Organizer;
use crate::store::{inbound, organizers, outbox, questionnaires};
use crate::words::Words;

/// So many letters are handed on to one organizer in a day; the rest is kept to be read.
const MOST_A_DAY: u64 = 100;
/// A letter that passed more servers than this goes in a circle.
const MOST_HOPS: usize = 30;

/// Hands a letter on, or says why it is only kept.
pub(super) async fn handed_on(
    service: &Service,
    kept: &Inbound,
    whose: &Whose,
    incoming: &Incoming,
) -> anyhow::Result<Found> {
    let mut found = concerning(service, Arrival::Letter, String::new(), whose, incoming).await?;
    if found.organizer.is_none() {
        found.organizer = keeper(service).await?;
    }
    if let Some(id) = &incoming.message_id
        && by_message_id(service, id).await?.is_some()
    {
        found.kind = Arrival::Automatic;
        found.said = String::from("It is a mail of our own that came back as it was.");
        return Ok(found);
    }
    let organizer = match found.organizer {
        Some(id) => organizers::by_id(service.store.read(), id).await?,
        None => None,
    };
    found.said = match organizer {
        None => "There is nobody to hand it on to.".to_owned(),
        Some(organizer) => match hindrance(service, &organizer, incoming).await? {
            Some(why) => format!("It was not handed on by mail: {why}. It can be read here."),
            None => send(service, kept, &organizer, &found, incoming).await?,
        },
    };
    Ok(found)
}

/// Why a letter must not be sent on, if it must not.
async fn hindrance(
    service: &Service,
    organizer: &Organizer,
    incoming: &Incoming,
) -> anyhow::Result<Option<&'static str>> {
    let Some(address) = &organizer.address else {
        return Ok(Some("your account has no mail address"));
    };
    let is_ours = |address: &str| {
        let mail = &service.settings.mail;
        let base = |ours: &str| {
            let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
            let local = local.split('+').next().unwrap_or_default();
            format!("{local}@{domain}").eq_ignore_ascii_case(ours)
        };
        base(mail.from.email.as_ref()) || (!mail.bounces.is_empty() && base(&mail.bounces))
    };
    if incoming.sender.is_empty() || is_ours(&incoming.sender) {
        return Ok(Some("it does not say who wrote it"));
    }
    if is_ours(address.as_str()) {
        return Ok(Some("your address is the one that it came to"));
    }
    if address.folded() == email::folded(&incoming.sender) {
        return Ok(Some("you wrote it yourself"));
    }
    if incoming.hops > MOST_HOPS {
        return Ok(Some("it goes in a circle"));
    }
    let since = service.clock.now() - TimeDelta::days(1);
    let today = inbound::letters_since(service.store.read(), organizer.id, since).await?;
    Ok((today >= MOST_A_DAY).then_some("too many letters came today"))
}

/// How the keys begin of the mails that hand letters of this sender (an address in small letters)
/// on to an organizer: by them they are found when their writer is erased.
pub fn key_of(service: &Service, organizer: OrganizerId, sender: &str) -> String {
    format!("forward:{organizer}:{}:", service.secret.recipient_hash(sender))
}

async fn send(
    service: &Service,
    kept: &Inbound,
    organizer: &Organizer,
    found: &Found,
    incoming: &Incoming,
) -> anyhow::Result<String> {
    let db = service.store.read();
    let questionnaire = match found.questionnaire {
        Some(id) => questionnaires::by_id(db, id).await?,
        None => None,
    };
    let Some(address) = &organizer.address else { return Ok(String::new()) };
    let Ok(to) = mailbox(&organizer.name, address.as_str()) else {
        return Ok("It was not handed on: your address cannot be written to.".to_owned());
    };
    let answer_to = incoming.reply_to.as_deref().unwrap_or(&incoming.sender);
    let content = Forward {
        name: incoming.name.clone(),
        address: incoming.sender.clone(),
        subject: incoming.subject.clone(),
        about: questionnaire.as_ref().map(|of| of.title.clone()),
        text: incoming.text.clone(),
        link: service.link(&href::arrival(kept.id)),
    }
    .content(Words::of("en"));
    let now = service.clock.now();
    let letter = Letter {
        key: format!("{}{}", key_of(service, organizer.id, &kept.sender), kept.id),
        purpose: Purpose::Forward,
        to,
        content: &content,
        organizer: None,
        questionnaire: questionnaire.as_ref(),
        invitation: None,
        unsubscribe: None,
        at: now,
        not_after: latest(service, now),
    };
    let answer_to = mailbox(&incoming.name, answer_to).ok();
    let new = freeze_answered_to(service, letter, answer_to)?;
    let tx = service.store.write().await?;
    outbox::enqueue(&tx, new).await?;
    tx.commit().await?;
    service.post.wake();
    Ok(format!("It was handed on to {address}."))
}
