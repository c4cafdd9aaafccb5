//! A discussion as it is kept, made into what programs read.

use serde_json::Value;

use super::shapes::{Discussion, Group, Host, Person, Rule, Search, Seat, TimeAsked};
use crate::domain::ParticipantId;
use crate::insight::Material;
use crate::insight::seats::people::takes_part;
use crate::store::discussions::{self, Whole, search};

fn seat(of: &discussions::Seat) -> Seat {
    Seat {
        participant: of.participant_id,
        round: of.round + 1,
        locked: of.locked,
        attended: of.attended,
        reason: serde_json::from_str(&of.reason).unwrap_or(Value::Null),
    }
}

fn participant(id: ParticipantId) -> Person {
    Person { participant: Some(id), response: None }
}

/// What a program sees of a discussion.
pub fn seen(material: &Material, whole: &Whole, search: Option<&search::Search>) -> Discussion {
    let of = &whole.discussion;
    let times = whole.slots.iter().map(|slot| TimeAsked {
        starts_at: slot.starts_at,
        minutes: slot.minutes,
        groups: slot.capacity,
        place: slot.place.clone(),
        language: slot.language.clone(),
    });
    let hosts = whole.hosts.iter().map(|host| Host {
        id: Some(host.id),
        person: host.participant_id.map(participant),
        name: host.name.clone(),
        address: host.address.clone(),
        languages: serde_json::from_str(&host.languages).unwrap_or_default(),
        most: host.most,
    });
    let rules = whole.rules.iter().map(|rule| {
        let people: Vec<ParticipantId> = serde_json::from_str(&rule.people).unwrap_or_default();
        Rule { bond: rule.kind.into(), people: people.into_iter().map(participant).collect() }
    });
    let there =
        |id: ParticipantId| whole.participant(id).is_some_and(|one| takes_part(material, one));
    let groups = whole.groups.iter().map(|group| Group {
        id: group.id,
        number: group.number,
        language: group.language.clone(),
        starts_at: group.starts_at,
        place: group.place.clone(),
        host: group.host_id,
        seats: whole.of(group.id).map(seat).collect(),
    });
    let nowhere = whole.seats.iter();
    let nowhere = nowhere.filter(|seat| seat.group_id.is_none() && there(seat.participant_id));
    Discussion {
        title: of.title.clone(),
        place: of.place.clone(),
        minutes: of.minutes,
        format: of.format.into(),
        rounds: of.rounds,
        low: of.low,
        target: of.target,
        high: of.high,
        seed: of.seed,
        times: times.collect(),
        hosts: hosts.collect(),
        rules: rules.collect(),
        search: search.map(|search| Search {
            state: search.state.into(),
            done: search.steps_done,
            of: search.steps,
            said: search.said.clone(),
        }),
        groups: groups.collect(),
        waiting: nowhere.map(seat).collect(),
        invited_at: of.invited_at,
    }
}
