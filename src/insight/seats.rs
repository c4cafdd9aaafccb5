//! What the seating works on, made of answers; and the reasons of seats, so that they can be
//! kept and put into words.

use serde::{Deserialize, Serialize};

use chrono::{DateTime, Utc};

mod columns;

use columns::Columns;

use super::Insight;
use crate::analysis::language::language;
use crate::analysis::seating::{self, Person, Reason, Request, Size};
use crate::domain::kind::{self, Availability, Kind};
use crate::domain::{Answer, QuestionId, ResponseId};
use crate::store::voices::Voice;

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
    pub people: Vec<ResponseId>,
    /// What each dimension is about.
    pub views: Vec<View>,
    /// The question behind each number in `by_question`.
    pub questions: Vec<QuestionId>,
    /// The times of the request.
    pub slots: Vec<kind::Slot>,
}

/// How groups are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Sizes.
    pub low: usize,
    /// The size that is aimed at.
    pub target: usize,
    /// The largest.
    pub high: usize,
    /// How many groups can meet at one time.
    pub rooms: usize,
    /// The seed of the search.
    pub seed: u64,
}

/// Those who want to join, their times, languages and views.
pub fn seatable(insight: &Insight, wish: Wish, now: DateTime<Utc>) -> Seatable {
    let material = &insight.material;
    let offered = material.questions.iter().find_map(|asked| match &asked.wording.kind {
        Kind::Availability(kind) if asked.position.is_some() => Some((asked.id, kind)),
        _ => None,
    });
    let slots: Vec<kind::Slot> = offered.map_or_else(Vec::new, |(_, kind)| ahead(kind, now));
    let people: Vec<ResponseId> = material.joining().map(|voice| voice.response.id).collect();
    let mut columns = Columns::default();
    columns.gather(insight, &people);
    let seated = people.iter().enumerate().map(|(place, id)| Person {
        key: id.to_string(),
        views: columns.values.iter().map(|column| column.get(place).copied().flatten()).collect(),
        free: slots
            .iter()
            .map(|slot| {
                match offered.and_then(|(question, _)| free(insight, *id, question, slot)) {
                    Some(kind::Free::Yes) => seating::Free::Yes,
                    Some(kind::Free::IfNeedBe) => seating::Free::IfNeedBe,
                    Some(kind::Free::No) | None => seating::Free::No,
                }
            })
            .collect(),
        languages: insight.material.voice(*id).map(languages).unwrap_or_default(),
        ..Person::default()
    });
    let request = Request {
        people: seated.collect(),
        dimensions: columns.dimensions,
        slots: slots
            .iter()
            .map(|slot| seating::Slot {
                key: slot.key.clone(),
                groups: wish.rooms,
                languages: None,
            })
            .collect(),
        size: Size { low: wish.low, target: wish.target, high: wish.high },
        seed: wish.seed,
        steps: seating::STEPS,
        fairness: 16.0,
        ..Request::default()
    };
    Seatable { request, people, views: columns.views, questions: columns.questions, slots }
}

impl Seatable {
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

fn ahead(kind: &Availability, now: DateTime<Utc>) -> Vec<kind::Slot> {
    kind.slots.iter().filter(|slot| slot.start > now).cloned().collect()
}

fn free(
    insight: &Insight,
    id: ResponseId,
    question: QuestionId,
    slot: &kind::Slot,
) -> Option<kind::Free> {
    match insight.material.voice(id)?.answer(question)? {
        Answer::Availability(free) => free.get(&slot.key).copied(),
        _ => None,
    }
}

/// The language somebody answered the form in, and those in which they wrote at some length.
pub fn languages(voice: &Voice) -> Vec<String> {
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

/// What is kept with a seat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "seat", rename_all = "snake_case")]
pub enum Note {
    /// Why this seat.
    Seated {
        /// The reasons.
        reasons: Vec<SeatReason>,
    },
    /// Why there is none.
    Waiting {
        /// What stands in the way.
        because: Because,
    },
    /// The participant gave the seat back.
    Left,
}

/// Why somebody who wants to join has no seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// None of the times suits them, or they named none.
    NoTime,
    /// At none of their times can enough others come.
    TooFewThen,
    /// Nobody else speaks their language at their times.
    Language,
    /// All groups that can meet at their times are full.
    NoRoom,
}

impl From<&seating::Unplaced> for Because {
    fn from(unplaced: &seating::Unplaced) -> Self {
        match unplaced {
            seating::Unplaced::NoSlot => Self::NoTime,
            seating::Unplaced::NoSharedSlot { .. } => Self::TooFewThen,
            seating::Unplaced::NoLanguage => Self::Language,
            // Rules and hosts cannot be asked for yet.
            seating::Unplaced::NoRoom
            | seating::Unplaced::NoHost
            | seating::Unplaced::Together
            | seating::Unplaced::Apart => Self::NoRoom,
        }
    }
}

/// What is kept with a discussion about its plan.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanSummary {
    /// How much of the way from chance to the best thinkable mix is gone, 0 to 1.
    pub diversity: f64,
}

/// What is kept with a group about its mix.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupSummary {
    /// How like everybody the group is, 0 to 100.
    pub mix: f64,
}
