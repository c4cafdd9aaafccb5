//! Who takes part in a discussion: what a participant said of themselves, in the response or
//! later, or what the organizer wrote down of them.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::Material;
use super::seats::Wish;
use crate::domain::Answer;
use crate::domain::consent::Consent;
use crate::domain::kind::{Free, Kind};
use crate::store::discussions::{Group, Host, Participant, Whole};
use crate::store::voices::Voice;

/// Whom to call what, and where to write to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// A name, if one was given.
    pub name: Option<String>,
    /// A mail address, if one was given.
    pub address: Option<String>,
    /// The language that somebody is written to in.
    pub language: String,
}

/// A participant. What a respondent says in the response counts as it stands now.
pub fn who(material: &Material, one: &Participant) -> Who {
    let voice = voice(material, one);
    let contact = voice.and_then(Voice::contact);
    let known = |own: &str, said: Option<&String>| {
        let said = if own.is_empty() { said.cloned() } else { Some(own.to_owned()) };
        said.filter(|said| !said.is_empty())
    };
    let language = if one.language.is_empty() {
        voice.map_or(material.language.as_str(), |voice| &voice.response.language)
    } else {
        &one.language
    };
    Who {
        name: known(&one.name, contact.map(|contact| &contact.name)),
        address: known(&one.address, contact.map(|contact| &contact.address)),
        language: language.to_owned(),
    }
}

/// A host: of a participant, what is known of the participant.
pub fn who_hosts(material: &Material, host: &Host, participants: &[Participant]) -> Who {
    let as_participant = participants.iter().find(|one| Some(one.id) == host.participant_id);
    if let Some(one) = as_participant {
        return who(material, one);
    }
    let said = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let languages: Vec<String> = serde_json::from_str(&host.languages).unwrap_or_default();
    Who {
        name: said(&host.name),
        address: said(&host.address),
        language: languages.into_iter().next().unwrap_or_else(|| material.language.clone()),
    }
}

/// The response of a participant, if there is one that counts.
pub fn voice<'a>(material: &'a Material, one: &Participant) -> Option<&'a Voice> {
    material.voice(one.response_id?)
}

/// What was said later about when somebody can come, by key of the slot; `None`: nothing, what
/// the response says counts.
pub fn free_later(free: Option<&str>) -> Option<BTreeMap<String, Free>> {
    serde_json::from_str(free?).ok()
}

/// The clock on which a discussion's times are told: that of the times that were asked about, or
/// else the one on which they were typed.
pub fn zone(material: &Material, whole: &Whole) -> Tz {
    let asked = material.zone();
    let typed = || Wish::read(&whole.discussion.wish).zone.parse().ok();
    if asked == Tz::UTC { typed().unwrap_or(asked) } else { asked }
}

/// The name by which the others in a group may know somebody: that of those who let their group
/// see their answers, of which the name is one. Whoever was added by hand said nothing about it.
pub fn told_name(material: &Material, one: &Participant) -> Option<String> {
    voice(material, one).filter(|voice| voice.allows(Consent::Group))?;
    who(material, one).name
}

/// The name of a host as the group may know it: a participant's as a participant's.
pub fn told_host(material: &Material, host: &Host, participants: &[Participant]) -> Option<String> {
    match participants.iter().find(|one| Some(one.id) == host.participant_id) {
        Some(one) => told_name(material, one),
        None => who_hosts(material, host, participants).name,
    }
}

/// Whether a participant can come to a group: as they said later, or else in their response.
/// `None`: they cannot, or said nothing about that time.
pub fn free_at(material: &Material, whole: &Whole, one: &Participant, of: &Group) -> Option<Free> {
    let starts = of.starts_at?;
    let said = match free_later(one.free.as_deref()) {
        Some(free) => {
            let slot = whole.slot_of(of).filter(|slot| slot.starts_at == starts)?;
            free.get(&slot.key).copied()
        }
        None => material.questions.iter().find_map(|asked| {
            let Kind::Availability(kind) = &asked.wording.kind else { return None };
            let slot = kind.slots.iter().find(|slot| slot.start == starts)?;
            match voice(material, one)?.answer(asked.id)? {
                Answer::Availability(free) => free.get(&slot.key).copied(),
                _ => None,
            }
        }),
    };
    said.filter(|free| *free != Free::No)
}
