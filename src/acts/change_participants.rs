//! An organizer adds people to a discussion by hand, corrects or removes them; participants say
//! later when they can come.

use std::collections::BTreeMap;

use super::leave_seat::leave_seat;
use super::letter::{self, Letter};
use super::move_up::Ready;
use super::set_up_discussion::{participant, take_up};
use crate::domain::ParticipantId;
use crate::domain::kind::Free;
use crate::domain::status::Purpose;
use crate::href;
use crate::insight::participants::who;
use crate::insight::seats::people::{free, takes_part};
use crate::insight::{self, Material};
use crate::mail::footer::{Footer, Why};
use crate::mail::mailbox::mailbox;
use crate::mail::times::Times;
use crate::service::Service;
use crate::store::discussions::{self, Participant, Whole};
use crate::store::organizers::Organizer;
use crate::store::outbox;
use crate::store::questionnaires::{self, Questionnaire};
use crate::words::Words;

/// What an organizer writes down of somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// What they are called.
    pub name: String,
    /// Where they get mail; may be empty.
    pub address: String,
    /// What they speak, tags parted by commas.
    pub language: String,
    /// When they can, by key of the slot; `None`: not known.
    pub free: Option<BTreeMap<String, Free>>,
    /// What marks them.
    pub tags: Vec<String>,
}

/// Adds somebody by hand; `false`: somebody with this address takes part already. If people were
/// told of their seats and there is room, this one gets a seat and the appointment.
///
/// # Errors
/// A database that refuses; nobody was added.
pub async fn add_participant(
    service: &Service,
    questionnaire: &Questionnaire,
    person: Person,
) -> anyhow::Result<bool> {
    let insight = insight::now(service, questionnaire).await?;
    let ready = Ready::of(service, questionnaire, &insight.material).await?;
    let tx = service.store.write().await?;
    questionnaires::hold(&tx, questionnaire.id).await?;
    let Some(mut whole) = discussions::latest(&tx, questionnaire.id).await? else {
        return Ok(false);
    };
    take_up(service, &tx, &insight.material, &mut whole).await?;
    let same = |one: &&Participant| {
        let known = who(&insight.material, one).address.unwrap_or_default();
        !person.address.is_empty() && known.eq_ignore_ascii_case(&person.address)
    };
    let mut there = whole.participants.iter().filter(|one| takes_part(&insight.material, one));
    if there.any(|one| same(&one)) {
        return Ok(false);
    }
    let one = Participant {
        name: person.name,
        address: person.address,
        language: person.language,
        free: person.free.map(|free| serde_json::to_string(&free)).transpose()?,
        tags: serde_json::to_string(&person.tags)?,
        added_by_hand: true,
        ..participant(service, &whole.discussion)
    };
    discussions::add_participants(&tx, &[one]).await?;
    ready.fill(&tx, whole.discussion.id).await?;
    tx.commit().await?;
    service.post.wake();
    Ok(true)
}

/// Corrects what the organizer wrote down of somebody. Of a respondent only the tags are the
/// organizer's. Whoever waits and fits now gets a seat that is free.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn correct_participant(
    service: &Service,
    questionnaire: &Questionnaire,
    id: ParticipantId,
    person: Person,
) -> anyhow::Result<()> {
    let insight = insight::now(service, questionnaire).await?;
    let ready = Ready::of(service, questionnaire, &insight.material).await?;
    let tx = service.store.write().await?;
    questionnaires::hold(&tx, questionnaire.id).await?;
    let Some(whole) = discussions::latest(&tx, questionnaire.id).await? else { return Ok(()) };
    let Some(one) = whole.participant(id) else { return Ok(()) };
    let tags = serde_json::to_string(&person.tags)?;
    let free = person.free.map(|free| serde_json::to_string(&free)).transpose()?;
    let corrected = if one.added_by_hand {
        Participant {
            name: person.name,
            address: person.address,
            language: person.language,
            free,
            tags,
            ..one.clone()
        }
    } else {
        Participant { tags, ..one.clone() }
    };
    discussions::save_participant(&tx, corrected).await?;
    ready.fill(&tx, whole.discussion.id).await?;
    tx.commit().await?;
    service.post.wake();
    Ok(())
}

/// Takes somebody out of the discussion: the seat is free, and if they were told of it they are
/// told that it is cancelled. Or takes them back in.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn remove_participant(
    service: &Service,
    questionnaire: &Questionnaire,
    id: ParticipantId,
    back: bool,
) -> anyhow::Result<()> {
    let Some(whole) = discussions::latest(service.store.read(), questionnaire.id).await? else {
        return Ok(());
    };
    let Some(one) = whole.participant(id) else { return Ok(()) };
    if !back {
        leave_seat(service, one, service.clock.now()).await?;
    }
    let tx = service.store.write().await?;
    questionnaires::hold(&tx, questionnaire.id).await?;
    let Some(whole) = discussions::latest(&tx, questionnaire.id).await? else { return Ok(()) };
    let Some(one) = whole.participant(id) else { return Ok(()) };
    let left_at = (!back).then(|| one.left_at.unwrap_or_else(|| service.clock.now()));
    discussions::save_participant(&tx, Participant { left_at, ..one.clone() }).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether somebody can be asked by mail when they can come: they have not said, and there is an
/// address.
pub fn can_be_asked(material: &Material, one: &Participant) -> bool {
    takes_part(material, one)
        && free(material, one).is_none()
        && who(material, one).address.is_some()
}

/// Asks everybody by mail who has not said when they can come; how many mails that were. Nobody
/// is asked twice, unless `again`.
///
/// # Errors
/// A database that refuses; nothing was queued.
pub async fn ask_times(
    service: &Service,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
    again: bool,
) -> anyhow::Result<usize> {
    let insight = insight::now(service, questionnaire).await?;
    let now = service.clock.now();
    let tx = service.store.write().await?;
    questionnaires::hold(&tx, questionnaire.id).await?;
    let Some(mut whole) = discussions::latest(&tx, questionnaire.id).await? else { return Ok(0) };
    take_up(service, &tx, &insight.material, &mut whole).await?;
    let mut letters = vec![];
    let ask = |one: &&Participant| {
        can_be_asked(&insight.material, one) && (again || one.asked_at.is_none())
    };
    for one in whole.participants.iter().filter(ask) {
        let letter = letter_for(service, organizer, questionnaire, &insight.material, &whole, one);
        let Some(letter) = letter? else { continue };
        letters.push(letter);
        let asked = Participant { asked_at: Some(now), ..one.clone() };
        discussions::save_participant(&tx, asked).await?;
    }
    let mails = letters.len();
    outbox::enqueue_all(&tx, letters).await?;
    tx.commit().await?;
    service.post.wake();
    Ok(mails)
}

fn letter_for(
    service: &Service,
    organizer: &Organizer,
    questionnaire: &Questionnaire,
    material: &Material,
    whole: &Whole,
    one: &Participant,
) -> anyhow::Result<Option<outbox::NewMessage>> {
    let now = service.clock.now();
    let known = who(material, one);
    let Some(address) = &known.address else { return Ok(None) };
    let Ok(to) = mailbox(known.name.as_deref().unwrap_or_default(), address) else {
        return Ok(None);
    };
    let words = Words::of(&known.language);
    let link = service.secret.link(crate::domain::token::Opens::Seat, one.id.0);
    let content = Times {
        name: known.name,
        title: whole.discussion.title.clone(),
        link: service.link(&href::times(&link)),
        footer: Footer {
            why: Why::Participant,
            organizer: letter::organizer_name(service, organizer),
            unsubscribe: None,
            imprint: None,
        },
    }
    .content(words);
    let letter = Letter {
        key: format!("times:{}:{}", one.id, now.timestamp()),
        purpose: Purpose::Times,
        to,
        content: &content,
        organizer: Some(organizer),
        questionnaire: Some(questionnaire),
        invitation: None,
        unsubscribe: None,
        at: now,
        not_after: letter::latest(service, now),
    };
    Ok(Some(letter::freeze(service, letter)?))
}

/// Keeps when a participant can come, as they said themselves; if they wait and there is room at such
/// a time, they get the seat.
///
/// # Errors
/// A database that refuses; nothing was kept.
pub async fn say_times(
    service: &Service,
    id: ParticipantId,
    token_hash: &str,
    said: &BTreeMap<String, Free>,
) -> anyhow::Result<()> {
    let db = service.store.read();
    let Some((one, _)) = discussions::by_token(db, token_hash).await? else { return Ok(()) };
    let questionnaire = questionnaires::by_id(db, one.questionnaire_id).await?;
    let Some(questionnaire) = questionnaire else { return Ok(()) };
    let insight = insight::now(service, &questionnaire).await?;
    let ready = Ready::of(service, &questionnaire, &insight.material).await?;
    let tx = service.store.write().await?;
    questionnaires::hold(&tx, questionnaire.id).await?;
    let Some((one, _)) = discussions::by_token(&tx, token_hash).await? else { return Ok(()) };
    if one.id == id {
        let discussion = one.discussion_id;
        let free = Some(serde_json::to_string(said)?);
        discussions::save_participant(&tx, Participant { free, ..one }).await?;
        ready.fill(&tx, discussion).await?;
    }
    tx.commit().await?;
    service.post.wake();
    Ok(())
}
