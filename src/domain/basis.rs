//! By what right an organizer holds an address.

use serde::{Deserialize, Serialize};

/// The legal basis on which a contact is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// They agreed to hear from the organizer (GDPR, Article 6(1)(a)).
    Agreed,
    /// The organizer and they know each other: members, colleagues, customers (6(1)(b) and (f)).
    Known,
}

impl Basis {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Agreed, Self::Known];

    /// The word that is kept for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::Known => "known",
        }
    }

    /// The basis of this word; `None`: nobody has said.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.word() == word)
    }
}
