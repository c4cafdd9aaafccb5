//! What an organizer may do with one questionnaire.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

/// What an organizer may do with one questionnaire. Each may do what the ones before may.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Role {
    /// Reads questions, results, brief, discussion and echo; no addresses of contacts.
    Viewer,
    /// Changes, publishes, invites and sends.
    Editor,
    /// Decides who else works here, and deletes.
    Owner,
}

impl Role {
    /// All of them, from the least.
    pub const ALL: [Self; 3] = [Self::Viewer, Self::Editor, Self::Owner];

    /// Whether it is enough where `needed` is asked for.
    pub fn may(self, needed: Self) -> bool {
        self >= needed
    }

    /// Its name in forms, in the database, and in sentences.
    pub fn word(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Owner => "owner",
        }
    }

    /// The role of this name.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}
