//! What an organizer changed in a plan by hand, as it is kept, so that it can be undone.

use serde::{Deserialize, Serialize};

use super::seats::Note;
use crate::domain::{GroupId, ParticipantId};

/// One change: undone as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "snake_case")]
pub enum Change {
    /// People were put elsewhere: one, or two who changed places.
    Moved {
        /// Who, in order.
        moves: Vec<Move>,
    },
    /// Seats were locked, or set free again.
    Locked {
        /// Whose.
        people: Vec<ParticipantId>,
        /// In which round, from 0.
        round: i32,
        /// What they are now.
        locked: bool,
    },
    /// A new plan was made. What was changed before it cannot be undone any more.
    Planned,
}

/// One person put elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Move {
    /// Who.
    pub participant: ParticipantId,
    /// In which round, from 0.
    pub round: i32,
    /// Where they sat; none: nowhere.
    pub from: Option<GroupId>,
    /// Where they sit now; none: nowhere.
    pub to: Option<GroupId>,
    /// Why they sat where they sat.
    pub note: Note,
    /// Whether that seat was locked.
    pub locked: bool,
}

impl Change {
    /// The change without these people; `None`: nothing is left of it.
    #[must_use]
    pub fn without(self, gone: &[ParticipantId]) -> Option<Self> {
        match self {
            Self::Moved { mut moves } => {
                moves.retain(|one| !gone.contains(&one.participant));
                (!moves.is_empty()).then_some(Self::Moved { moves })
            }
            Self::Locked { mut people, round, locked } => {
                people.retain(|one| !gone.contains(one));
                (!people.is_empty()).then_some(Self::Locked { people, round, locked })
            }
            Self::Planned => Some(Self::Planned),
        }
    }
}
