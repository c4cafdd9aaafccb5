//! A plan that is there already, as the seating takes it.

use crate::analysis::seating::{Given, Pin};
use crate::domain::{GroupId, ParticipantId};
use crate::store::discussions::{Group, Whole};

/// The groups of a plan as they sit in one round, from 0. Those who do not take part any more
/// are left out.
pub fn given(whole: &Whole, round: i32, is_in: impl Fn(ParticipantId) -> bool) -> Vec<Given> {
    whole
        .groups
        .iter()
        .map(|group| Given {
            key: group.id.to_string(),
            slot: whole.slot_of(group).map(|slot| slot.key.clone()).unwrap_or_default(),
            language: group.language.clone(),
            host: leader(whole, group),
            people: sitting(whole, group.id, round)
                .filter(|one| is_in(*one))
                .map(|one| one.to_string())
                .collect(),
        })
        .collect()
}

/// The key of whoever leads a group: a host's own, or the participant's.
fn leader(whole: &Whole, group: &Group) -> Option<String> {
    let host = whole.host_of(group)?;
    Some(host.participant_id.map_or_else(|| host.id.to_string(), |one| one.to_string()))
}

/// Who sits in a group in one round.
pub fn sitting(whole: &Whole, group: GroupId, round: i32) -> impl Iterator<Item = ParticipantId> {
    whole.of(group).filter(move |seat| seat.round == round).map(|seat| seat.participant_id)
}

/// Seats of the first round that were locked: whoever has one sits there in any case.
pub(super) fn pins(whole: &Whole, is_in: impl Fn(ParticipantId) -> bool) -> Vec<Pin> {
    let locked = whole.seats.iter().filter(|seat| seat.locked && seat.round == 0);
    locked
        .filter(|seat| is_in(seat.participant_id))
        .filter_map(|seat| {
            let group = whole.group(seat.group_id?)?;
            Some(Pin {
                person: seat.participant_id.to_string(),
                slot: whole.slot_of(group)?.key.clone(),
                group: Some(group.id.to_string()),
            })
        })
        .collect()
}
