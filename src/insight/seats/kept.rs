//! What is kept with seats, groups and a discussion about how they came to be.

use serde::{Deserialize, Serialize};

use super::SeatReason;
use crate::analysis::seating::{self, Score};
use crate::domain::QuestionId;

/// What is kept with a seat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "seat", rename_all = "snake_case")]
pub enum Note {
    /// Why this seat.
    Seated {
        /// The reasons.
        reasons: Vec<SeatReason>,
    },
    /// The organizer put them there.
    ByHand,
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
    /// None of the times suits them.
    NoTime,
    /// They have not said when they can come.
    Silent,
    /// At none of their times can enough others come.
    TooFewThen,
    /// Nobody else speaks their language at their times.
    Language,
    /// Nobody can lead a group at their times and in their language.
    NoHost,
    /// Those they must sit with cannot come where they can.
    Together,
    /// In every group they could join sits somebody they must not meet.
    Apart,
    /// All groups that can meet at their times are full.
    NoRoom,
    /// The organizer took them out of their group.
    ByHand,
}

impl From<seating::Unplaced> for Because {
    fn from(unplaced: seating::Unplaced) -> Self {
        use seating::Unplaced;
        match unplaced {
            Unplaced::NoSlot => Self::NoTime,
            Unplaced::NoSharedSlot { .. } => Self::TooFewThen,
            Unplaced::NoLanguage => Self::Language,
            Unplaced::NoHost => Self::NoHost,
            Unplaced::Together => Self::Together,
            Unplaced::Apart => Self::Apart,
            Unplaced::NoRoom => Self::NoRoom,
        }
    }
}

/// What is kept with a discussion about its plan.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PlanSummary {
    /// How much of the way from chance to the best thinkable mix is gone, 0 to 1.
    pub diversity: f64,
    /// How good it was when it was made.
    #[serde(default)]
    pub score: Option<KeptScore>,
    /// What would give more people a seat, in words.
    #[serde(default)]
    pub helps: Vec<String>,
}

/// The scores of a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KeptScore {
    /// People with a seat.
    pub placed: usize,
    /// People who wanted one.
    pub people: usize,
    /// What the mix was worth; see [`Score::value`].
    pub value: f64,
    /// What it cannot exceed.
    pub ceiling: f64,
    /// What it is by chance.
    pub random: f64,
}

impl From<&Score> for KeptScore {
    fn from(score: &Score) -> Self {
        Self {
            placed: score.placed,
            people: score.people,
            value: score.value,
            ceiling: score.ceiling,
            random: score.random,
        }
    }
}

/// What is kept with a group about its mix.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupSummary {
    /// How like everybody the group is, 0 to 100.
    pub mix: f64,
    /// The same for each question.
    #[serde(default)]
    pub by_question: Vec<(QuestionId, f64)>,
}
