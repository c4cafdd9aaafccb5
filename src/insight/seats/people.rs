//! Who takes part, as the seating takes them: when they can, what they speak, what marks them.

use std::collections::BTreeMap;

use super::wish::Wish;
use crate::analysis::language::language;
use crate::analysis::seating::{self, Host, Person};
use crate::domain::consent::Consent;
use crate::domain::kind::{Free, Kind};
use crate::domain::{Answer, QuestionId};
use crate::insight::Material;
use crate::insight::participants::{free_later, voice};
use crate::store::discussions::{Participant, Slot, Whole};
use crate::store::voices::Voice;

/// The participants who take part: who has not left, and still wants to join.
pub fn taking_part<'a>(
    material: &'a Material,
    whole: &'a Whole,
) -> impl Iterator<Item = &'a Participant> {
    whole.participants.iter().filter(|one| takes_part(material, one))
}

/// Whether a participant takes part.
pub fn takes_part(material: &Material, one: &Participant) -> bool {
    let wants = || voice(material, one).is_some_and(|voice| voice.allows(Consent::Join));
    one.left_at.is_none() && (one.added_by_hand || wants())
}

/// When somebody can come, by key of the slot; `None`: they never said.
pub fn free(material: &Material, one: &Participant) -> Option<BTreeMap<String, Free>> {
    if let Some(later) = free_later(one.free.as_deref()) {
        return Some(later);
    }
    let voice = voice(material, one)?;
    let asked = material.questions.iter().filter(|asked| asked.position.is_some());
    let asked = asked.filter(|asked| matches!(asked.wording.kind, Kind::Availability(_)));
    let mut said = asked.filter_map(|asked| match voice.answer(asked.id)? {
        Answer::Availability(free) => Some(free.clone()),
        _ => None,
    });
    said.next()
}

/// The language somebody answered the form in, and those in which they wrote at some length; of
/// those added by hand what was written down.
pub fn languages(material: &Material, one: &Participant) -> Vec<String> {
    let mut languages: Vec<String> = vec![];
    if !one.language.is_empty() {
        languages.extend(one.language.split(',').map(|tag| tag.trim().to_owned()));
        languages.retain(|tag| !tag.is_empty());
    }
    let Some(voice) = voice(material, one) else { return languages };
    if languages.is_empty() {
        return spoken(voice);
    }
    languages.extend(spoken(voice));
    let mut known = std::collections::HashSet::new();
    languages.retain(|tag| known.insert(tag.clone()));
    languages
}

/// The language somebody answered the form in, and those in which they wrote at some length.
pub fn spoken(voice: &Voice) -> Vec<String> {
    const AT_LENGTH: usize = 20;
    let mut languages = vec![voice.response.language.to_string()];
    for (_, answer) in voice.all() {
        let Answer::Open(text) = answer else { continue };
        if text.chars().count() < AT_LENGTH {
            continue;
        }
        let written = language(text, languages.first().map(String::as_str));
        if !languages.contains(&written) {
            languages.push(written);
        }
    }
    languages
}

/// What the organizer marked somebody with.
pub fn tags(one: &Participant) -> Vec<String> {
    serde_json::from_str(&one.tags).unwrap_or_default()
}

/// The tag of one choice.
fn chosen(question: QuestionId, option: &str) -> String {
    format!("{question}:{option}")
}

/// The tags that nobody should carry alone.
pub(super) fn lone(material: &Material, wish: &Wish) -> Vec<String> {
    let by_choice = material.questions.iter().filter(|asked| wish.alone_by.contains(&asked.id));
    let by_choice = by_choice.flat_map(|asked| {
        let options = asked.wording.kind.lines().iter();
        options.map(|line| chosen(asked.id, &line.key)).collect::<Vec<_>>()
    });
    let mut lone: Vec<String> = wish.alone.iter().cloned().chain(by_choice).collect();
    lone.sort();
    lone.dedup();
    lone
}

/// Everybody who takes part, without their views.
pub(super) fn people(
    material: &Material,
    whole: &Whole,
    wish: &Wish,
    slots: &[&Slot],
) -> Vec<(Participant, Person)> {
    let silent = if wish.silent_can(slots.len()) { seating::Free::Yes } else { seating::Free::No };
    let of = |one: &Participant| {
        let said = free(material, one);
        let can = |slot: &&Slot| match &said {
            None => silent,
            Some(free) => as_seating(free.get(&slot.key)),
        };
        let mut marks = tags(one);
        for question in &wish.alone_by {
            let answer = voice(material, one).and_then(|voice| voice.answer(*question));
            if let Some(Answer::Single(single)) = answer {
                marks.extend(single.options.iter().map(|option| chosen(*question, option)));
            }
        }
        Person {
            key: one.id.to_string(),
            views: vec![],
            free: slots.iter().map(can).collect(),
            languages: languages(material, one),
            tags: marks,
            hosts: usize::try_from(one.most_groups).unwrap_or(0),
        }
    };
    taking_part(material, whole).map(|one| (one.clone(), of(one))).collect()
}

/// Who leads and takes no seat.
pub(super) fn hosts(whole: &Whole, slots: &[&Slot]) -> Vec<Host> {
    let apart = whole.hosts.iter().filter(|host| host.participant_id.is_none());
    apart
        .map(|host| {
            // Whoever is written down without times can lead at any of them.
            let said: Option<BTreeMap<String, Free>> = free_later(Some(&host.free));
            let said = said.filter(|free| !free.is_empty());
            let can = |slot: &&Slot| match &said {
                None => seating::Free::Yes,
                Some(free) => as_seating(free.get(&slot.key)),
            };
            Host {
                key: host.id.to_string(),
                free: slots.iter().map(can).collect(),
                languages: serde_json::from_str(&host.languages).unwrap_or_default(),
                most: usize::try_from(host.most).unwrap_or(0),
            }
        })
        .collect()
}

fn as_seating(free: Option<&Free>) -> seating::Free {
    match free {
        Some(Free::Yes) => seating::Free::Yes,
        Some(Free::IfNeedBe) => seating::Free::IfNeedBe,
        Some(Free::No) | None => seating::Free::No,
    }
}
