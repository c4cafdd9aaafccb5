//! When somebody could come: yes, if need be or no for each slot.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Problem;
use crate::domain::fields::Fields;

/// Possible times of the discussion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = AvailabilityQuestion)]
pub struct Availability {
    /// The slots, earliest first.
    pub slots: Vec<Slot>,
    /// The organizer's time zone, an IANA name; readers see it beside their own.
    pub zone: String,
}

/// One possible time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = PossibleTime)]
pub struct Slot {
    /// Names it within its question: `t1`.
    pub key: String,
    /// When it begins.
    pub start: DateTime<Utc>,
    /// How long it is.
    pub minutes: u32,
}

/// Whether somebody could come to a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Free {
    /// They can.
    Yes,
    /// They could, and would rather not.
    IfNeedBe,
    /// They cannot.
    No,
}

impl Slot {
    /// A slot whose key says the time itself, so that it stays when other times come or go.
    pub fn at(start: DateTime<Utc>, minutes: u32) -> Self {
        Self { key: start.format("t%Y%m%d%H%M").to_string(), start, minutes }
    }
}

impl Free {
    /// Every answer, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Yes, Self::IfNeedBe, Self::No];

    /// `yes`, `if_need_be`, `no`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::IfNeedBe => "if_need_be",
            Self::No => "no",
        }
    }
}

impl Availability {
    pub(super) fn read(
        &self,
        fields: &Fields,
        name: &str,
    ) -> Result<Option<BTreeMap<String, Free>>, Problem> {
        let mut free = BTreeMap::new();
        for slot in &self.slots {
            let Some(typed) = fields.filled(&format!("{name}.{}", slot.key)) else { continue };
            let answer = Free::ALL.into_iter().find(|free| free.key() == typed);
            free.insert(slot.key.clone(), answer.ok_or(Problem::NotOffered)?);
        }
        Ok((!free.is_empty()).then_some(free))
    }
}
