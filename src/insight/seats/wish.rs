//! What the search for a plan is asked beyond sizes, as it is kept with a discussion.

use serde::{Deserialize, Serialize};

use crate::domain::QuestionId;

/// What matters when people are put together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wish {
    /// The questions whose answers are mixed; none said: every question that can be.
    pub views: Option<Vec<QuestionId>>,
    /// Tags that nobody should carry alone in a group.
    pub alone: Vec<String>,
    /// Questions with one choice: nobody should be the only one of a group with theirs.
    pub alone_by: Vec<QuestionId>,
    /// Whether groups should be divided to the same degree, at some cost to the mix.
    pub fair: bool,
    /// Whether to search for long.
    pub long: bool,
    /// The clock on which times were typed, an IANA name, where the questionnaire asks for none.
    pub zone: String,
    /// Whether those who never said when they can come count as able to; nothing said: only
    /// where there is one time.
    pub silent_can: Option<bool>,
}

impl Wish {
    /// Reads what is kept. What an older version kept says nothing.
    pub fn read(kept: &str) -> Self {
        serde_json::from_str(kept).unwrap_or_default()
    }

    /// Whether those who said nothing can come, with so many slots.
    pub fn silent_can(&self, slots: usize) -> bool {
        self.silent_can.unwrap_or(slots == 1)
    }

    /// Whether a question counts.
    pub fn counts(&self, question: QuestionId) -> bool {
        self.views.as_ref().is_none_or(|views| views.contains(&question))
    }
}
