//! What the seating works on, made of answers; and the reasons of seats, so that they can be
//! kept and put into words.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

mod columns;
pub mod given;
mod kept;
pub mod people;
pub mod said;
pub mod wish;

use columns::Columns;
pub use columns::can_count;
pub use kept::{Because, GroupSummary, KeptScore, Note, PlanSummary};
pub use wish::Wish;

use super::Insight;
use crate::analysis::seating::{self, Reason, Request, Size};
use crate::domain::status::Bond;
use crate::domain::{ParticipantId, QuestionId};
use crate::store::discussions::{Discussion, Host, Participant, Slot, Whole};

/// Why somebody sits where they sit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum SeatReason {
    /// It is the only time at which this person can come.
    OnlyTime,
    /// One of the times at which this person can come.
    SharedTime {
        /// At how many of the times.
        could: usize,
        /// Whether this one is "if need be".
        if_need_be: bool,
    },
    /// The view that this person brings most of all.
    Brings {
        /// The view.
        view: View,
        /// What this person says, from 0 (disagrees, nothing) to 1 (agrees, everything).
        own: f64,
        /// What the rest of the group says on average.
        others: f64,
    },
}

/// One thing on which people differ.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "on", rename_all = "snake_case")]
pub enum View {
    /// Agreement with a statement.
    Statement {
        /// Its words.
        text: String,
    },
    /// The part of the points given to an option; an option chosen.
    Option {
        /// Its words; none: something else.
        text: Option<String>,
    },
    /// A place on a scale.
    Scale {
        /// The question.
        prompt: String,
    },
    /// Speaking of a theme.
    Theme {
        /// Its label.
        label: String,
    },
}

/// What is seated: the request, and what its numbers stand for.
#[derive(Debug)]
pub struct Seatable {
    /// For the seating.
    pub request: Request,
    /// Who each person of the request is.
    pub people: Vec<Participant>,
    /// Who each host of the request is.
    pub hosts: Vec<Host>,
    /// The times of the request.
    pub slots: Vec<Slot>,
    /// What each dimension is about.
    pub views: Vec<View>,
    /// The question behind each number in `by_question`.
    pub questions: Vec<QuestionId>,
}

/// What the plan that is there means for the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    /// Nothing, but that locked seats stay.
    Anew,
    /// The same, and chance deals otherwise.
    Again,
    /// As few people as possible sit elsewhere afterwards.
    Mend,
}

/// Those who take part, their times, languages and views, and what was said of how they sit.
///
/// `ahead`: only slots after this moment; a plan that is looked at has others, too.
pub fn seatable(insight: &Insight, whole: &Whole, ahead: Option<DateTime<Utc>>) -> Seatable {
    let material = &insight.material;
    let wish = Wish::read(&whole.discussion.wish);
    let slots: Vec<&Slot> =
        whole.slots.iter().filter(|slot| ahead.is_none_or(|now| slot.starts_at > now)).collect();
    let (people, mut persons): (Vec<_>, Vec<_>) =
        people::people(material, whole, &wish, &slots).into_iter().unzip();
    let mut columns = Columns::default();
    columns.gather(insight, &wish, &people);
    for (place, person) in persons.iter_mut().enumerate() {
        let value = |column: &Vec<Option<f64>>| column.get(place).copied().flatten();
        person.views = columns.values.iter().map(value).collect();
    }
    let number = |value: i32| usize::try_from(value).unwrap_or(0);
    let Discussion { low, target, high, rounds, seed, .. } = whole.discussion;
    let (together, apart) = rules(whole, &people);
    let times = if wish.long { LONG } else { 1 };
    let request = Request {
        dimensions: columns.dimensions,
        slots: slots
            .iter()
            .map(|slot| seating::Slot {
                key: slot.key.clone(),
                groups: number(slot.capacity),
                languages: slot.language.clone().map(|tag| vec![tag]),
            })
            .collect(),
        size: Size { low: number(low), target: number(target), high: number(high) },
        seed: u64::try_from(seed).unwrap_or(1),
        steps: seating::steps_for(persons.len()).saturating_mul(times),
        fairness: if wish.fair { 16.0 } else { 4.0 },
        hosts: people::hosts(whole, &slots),
        together,
        apart,
        lone: people::lone(material, &wish),
        pins: vec![],
        previous: None,
        rounds: number(rounds).max(1),
        people: persons,
    };
    Seatable {
        request,
        people,
        hosts: whole.hosts.iter().filter(|host| host.participant_id.is_none()).cloned().collect(),
        slots: slots.into_iter().cloned().collect(),
        views: columns.views,
        questions: columns.questions,
    }
}

/// A long search is so many times as long.
const LONG: u64 = 20;

/// Who must sit together and who must not, as far as they take part.
fn rules(whole: &Whole, people: &[Participant]) -> (Vec<Vec<String>>, Vec<(String, String)>) {
    let (mut together, mut apart) = (vec![], vec![]);
    for rule in &whole.rules {
        let named: Vec<ParticipantId> = serde_json::from_str(&rule.people).unwrap_or_default();
        let there = named.iter().filter(|id| people.iter().any(|one| one.id == **id));
        let keys: Vec<String> = there.map(ToString::to_string).collect();
        match (rule.kind, keys.as_slice()) {
            (_, [] | [_]) => {}
            (Bond::Together, _) => together.push(keys),
            (Bond::Apart, keys) => {
                for (place, one) in keys.iter().enumerate() {
                    apart.extend(keys.iter().skip(place + 1).map(|b| (one.clone(), b.clone())));
                }
            }
        }
    }
    (together, apart)
}

impl Seatable {
    /// Whether somebody is asked about.
    pub fn is_in(&self, id: ParticipantId) -> bool {
        self.people.iter().any(|one| one.id == id)
    }

    /// What a plan that is there means for the next one.
    pub fn heed(&mut self, whole: &Whole, manner: Manner) {
        let pins = given::pins(whole, |one| self.is_in(one));
        let mut previous = given::given(whole, 0, |one| self.is_in(one));
        previous.retain(|group| self.slots.iter().any(|slot| slot.key == group.slot));
        if manner != Manner::Mend {
            // Groups of which nobody is locked are free to go.
            for group in &mut previous {
                group.people.retain(|one| pins.iter().any(|pin| pin.person == *one));
            }
            previous.retain(|group| !group.people.is_empty());
        }
        self.request.pins = pins;
        self.request
            .pins
            .retain(|pin| previous.iter().any(|group| Some(&group.key) == pin.group.as_ref()));
        self.request.previous = (!previous.is_empty()).then_some(previous);
    }

    /// Lets everybody meet at one time: that at which most people can come.
    pub fn meet_at_once(&mut self) {
        let can = |slot: usize| {
            let free = self.request.people.iter().map(|one| one.free.get(slot).copied());
            let (mut yes, mut all) = (0, 0);
            for free in free {
                yes += usize::from(free == Some(seating::Free::Yes));
                all += usize::from(free.is_some_and(|free| free != seating::Free::No));
            }
            let room = self.request.slots.get(slot).map_or(0, |slot| slot.groups);
            (all.min(room.saturating_mul(self.request.size.high)), yes, usize::MAX - slot)
        };
        let best = (0..self.request.slots.len()).max_by_key(|slot| can(*slot));
        for (place, slot) in self.request.slots.iter_mut().enumerate() {
            if Some(place) != best {
                slot.groups = 0;
            }
        }
    }

    /// The reasons of one seat, kept with what its numbers stand for.
    pub fn reasons(&self, reasons: &[Reason]) -> Vec<SeatReason> {
        let kept = reasons.iter().filter_map(|reason| match reason {
            Reason::OnlySlot { .. } => Some(SeatReason::OnlyTime),
            Reason::SharedSlot { could, if_need_be, .. } => {
                Some(SeatReason::SharedTime { could: *could, if_need_be: *if_need_be })
            }
            Reason::Adds { dimension, value, group_mean } => Some(SeatReason::Brings {
                view: self.views.get(*dimension)?.clone(),
                own: *value,
                others: *group_mean,
            }),
        });
        kept.collect()
    }
}
