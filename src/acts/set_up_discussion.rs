//! An organizer says how a discussion is held: when, where, with whom as hosts, who sits with
//! whom. Kept as a whole; those who want to join are taken up by the way.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;

use crate::domain::kind::Free;
use crate::domain::status::{Bond, Format, Rsvp};
use crate::domain::token::{self, Opens};
use crate::domain::{DiscussionId, HostId, ParticipantId, ResponseId, RuleId, SlotId};
use crate::insight::seats::Wish;
use crate::insight::{self, Material};
use crate::service::Service;
use crate::store::discussions::{self, Discussion, Host, Participant, Rule, Slot, Whole, setup};
use crate::store::questionnaires::{self, Questionnaire};

/// How a discussion is held.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    /// What the appointment is called.
    pub title: String,
    /// A room, or an address to click, where a slot has none of its own.
    pub place: String,
    /// How long, in minutes, where a slot says nothing else.
    pub minutes: i32,
    /// One group each, several rounds, or all together first.
    pub format: Format,
    /// How many rounds; 1 for other formats.
    pub rounds: i32,
    /// The fewest people in a group.
    pub low: i32,
    /// The best number.
    pub target: i32,
    /// The most.
    pub high: i32,
    /// What the search goes by chance.
    pub seed: i64,
    /// When groups can meet.
    pub slots: Vec<SlotAsked>,
    /// Who leads.
    pub hosts: Vec<HostAsked>,
    /// Who sits with whom, and who does not.
    pub rules: Vec<(Bond, Vec<Whom>)>,
    /// What else matters.
    pub wish: Wish,
}

/// A time at which groups can meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotAsked {
    /// Names it; the same key, the same slot.
    pub key: String,
    /// When.
    pub starts_at: DateTime<Utc>,
    /// How long, if not as the discussion.
    pub minutes: Option<i32>,
    /// How many groups.
    pub capacity: i32,
    /// Rooms or links, a line each.
    pub place: String,
    /// The only language there.
    pub language: Option<String>,
}

/// One who leads groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostAsked {
    /// Which of those who were there before; none: a new one.
    pub id: Option<HostId>,
    /// A participant, who then sits in the group, too.
    pub whom: Option<Whom>,
    /// What somebody else is called.
    pub name: String,
    /// Where they get mail.
    pub address: String,
    /// What they can lead in.
    pub languages: Vec<String>,
    /// When they can, by key of the slot; nothing: always.
    pub free: BTreeMap<String, Free>,
    /// How many groups at most.
    pub most: i32,
}

/// A participant: as such, or as the respondent who is to become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Known already.
    Participant(ParticipantId),
    /// By the response.
    Response(ResponseId),
}

/// Keeps how a discussion is held; the first time it makes the discussion.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn set_up_discussion(
    service: &Service,
    questionnaire: &Questionnaire,
    asked: Setup,
) -> anyhow::Result<()> {
    let insight = insight::now(service, questionnaire).await?;
    let tx = service.store.write().await?;
    questionnaires::hold(&tx, questionnaire.id).await?;
    let before = discussions::latest(&tx, questionnaire.id).await?;
    let whole = joined(service, &tx, questionnaire, &insight.material, before, &asked).await?;
    let mut discussion = whole.discussion.clone();
    let rooms = asked.slots.iter().map(|slot| slot.capacity).max().unwrap_or(discussion.rooms);
    let Setup { title, place, minutes, format, rounds, low, target, high, seed, .. } = asked;
    discussion = Discussion {
        title,
        place,
        minutes,
        format,
        rounds,
        low,
        target,
        high,
        seed,
        rooms,
        wish: serde_json::to_string(&asked.wish)?,
        ..discussion
    };
    setup::update(&tx, discussion).await?;
    let slots: Vec<Slot> =
        asked.slots.into_iter().map(|slot| kept(service, &whole, slot)).collect();
    setup::set_slots(&tx, &whole.slots, &slots).await?;
    lead(service, &tx, &whole, asked.hosts).await?;
    let mut rules = vec![];
    for (kind, people) in asked.rules {
        let mut people: Vec<_> = people.iter().filter_map(|whom| find(&whole, *whom)).collect();
        people.sort_unstable();
        people.dedup();
        if people.len() > 1 {
            rules.push(Rule {
                id: RuleId(service.clock.name()),
                discussion_id: whole.discussion.id,
                questionnaire_id: questionnaire.id,
                kind,
                people: serde_json::to_string(&people)?,
            });
        }
    }
    setup::set_rules(&tx, whole.discussion.id, &rules).await?;
    tx.commit().await?;
    Ok(())
}

fn find(whole: &Whole, whom: Whom) -> Option<ParticipantId> {
    let one = match whom {
        Whom::Participant(id) => whole.participant(id),
        Whom::Response(id) => whole.participants.iter().find(|one| one.response_id == Some(id)),
    };
    one.map(|one| one.id)
}

fn kept(service: &Service, whole: &Whole, asked: SlotAsked) -> Slot {
    let known = whole.slots.iter().find(|slot| slot.key == asked.key).map(|slot| slot.id);
    Slot {
        id: known.unwrap_or_else(|| SlotId(service.clock.name())),
        discussion_id: whole.discussion.id,
        questionnaire_id: whole.discussion.questionnaire_id,
        key: asked.key,
        starts_at: asked.starts_at,
        minutes: asked.minutes,
        capacity: asked.capacity,
        place: asked.place,
        language: asked.language,
    }
}

/// Keeps who leads; a participant who does is marked as such.
async fn lead(
    service: &Service,
    tx: &DatabaseTransaction,
    whole: &Whole,
    asked: Vec<HostAsked>,
) -> anyhow::Result<()> {
    let mut hosts: Vec<Host> = vec![];
    for asked in asked {
        let participant = asked.whom.and_then(|whom| find(whole, whom));
        if asked.whom.is_some() && participant.is_none() {
            continue;
        }
        let twice = |host: &Host| participant.is_some() && host.participant_id == participant;
        if hosts.iter().any(twice) {
            continue;
        }
        let known = whole.hosts.iter().find(|host| match participant {
            Some(_) => host.participant_id == participant,
            None => Some(host.id) == asked.id && host.participant_id.is_none(),
        });
        let id = known.map_or_else(|| HostId(service.clock.random_name()), |host| host.id);
        let own = participant.is_none();
        hosts.push(Host {
            id,
            discussion_id: whole.discussion.id,
            questionnaire_id: whole.discussion.questionnaire_id,
            participant_id: participant,
            name: if own { asked.name } else { String::new() },
            address: if own { asked.address } else { String::new() },
            languages: if own { serde_json::to_string(&asked.languages)? } else { "[]".to_owned() },
            free: if own { serde_json::to_string(&asked.free)? } else { "{}".to_owned() },
            most: asked.most,
            token_hash: token::hash(&service.secret.link(Opens::Host, id.0)),
        });
    }
    setup::set_hosts(tx, &whole.hosts, &hosts).await?;
    for one in &whole.participants {
        let leads = hosts.iter().find(|host| host.participant_id == Some(one.id));
        let most = leads.map_or(0, |host| host.most);
        if one.most_groups != most {
            let one = Participant { most_groups: most, ..one.clone() };
            discussions::save_participant(tx, one).await?;
        }
    }
    Ok(())
}

/// The discussion, made where there is none yet, with everybody who wants to join by now.
async fn joined(
    service: &Service,
    tx: &DatabaseTransaction,
    questionnaire: &Questionnaire,
    material: &Material,
    before: Option<Whole>,
    asked: &Setup,
) -> anyhow::Result<Whole> {
    let mut whole = if let Some(whole) = before {
        whole
    } else {
        let discussion = fresh(service, questionnaire, asked);
        setup::insert(tx, discussion.clone()).await?;
        Whole::empty(discussion)
    };
    take_up(service, tx, material, &mut whole).await?;
    Ok(whole)
}

fn fresh(service: &Service, questionnaire: &Questionnaire, asked: &Setup) -> Discussion {
    Discussion {
        id: DiscussionId(service.clock.name()),
        questionnaire_id: questionnaire.id,
        title: asked.title.clone(),
        place: String::new(),
        minutes: asked.minutes,
        low: asked.low,
        target: asked.target,
        high: asked.high,
        rooms: 1,
        seed: asked.seed,
        format: asked.format,
        rounds: asked.rounds,
        wish: "{}".to_owned(),
        input_hash: String::new(),
        summary: "{}".to_owned(),
        created_at: service.clock.now(),
        invited_at: None,
    }
}

/// Takes up those who want to join and are not participants yet.
///
/// # Errors
/// A database that refuses.
pub async fn take_up(
    service: &Service,
    tx: &DatabaseTransaction,
    material: &Material,
    whole: &mut Whole,
) -> anyhow::Result<()> {
    let known: std::collections::HashSet<ResponseId> =
        whole.participants.iter().filter_map(|one| one.response_id).collect();
    let new = material.joining().filter(|voice| !known.contains(&voice.response.id));
    let new: Vec<Participant> = new
        .map(|voice| Participant {
            response_id: Some(voice.response.id),
            ..participant(service, &whole.discussion)
        })
        .collect();
    discussions::add_participants(tx, &new).await?;
    whole.participants.extend(new);
    whole.participants.sort_by_key(|one| one.id);
    Ok(())
}

/// A participant of whom nothing is known yet.
pub fn participant(service: &Service, of: &Discussion) -> Participant {
    let id = ParticipantId(service.clock.random_name());
    Participant {
        id,
        discussion_id: of.id,
        questionnaire_id: of.questionnaire_id,
        response_id: None,
        name: String::new(),
        address: String::new(),
        language: String::new(),
        free: None,
        tags: "[]".to_owned(),
        token_hash: token::hash(&service.secret.link(Opens::Seat, id.0)),
        most_groups: 0,
        added_by_hand: false,
        joined_at: service.clock.now(),
        asked_at: None,
        left_at: None,
        rsvp: Rsvp::None,
        rsvp_at: None,
        waiting_since: None,
    }
}
