//! One of n points between two ends.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Problem;
use crate::domain::answer::Answer;
use crate::domain::condition::CANNOT_SAY;
use crate::domain::fields::Fields;

/// Points 1 to `points`, with a label at each end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ScaleQuestion)]
pub struct Scale {
    /// How many points, 2 to 11.
    pub points: u8,
    /// What 1 means.
    pub low: String,
    /// What the last point means.
    pub high: String,
    /// Whether "can't say" can be chosen instead of a point.
    #[serde(default)]
    pub cannot_say: bool,
}

impl Scale {
    pub(super) fn read(&self, fields: &Fields, name: &str) -> Result<Option<Answer>, Problem> {
        let Some(typed) = fields.filled(name) else { return Ok(None) };
        if self.cannot_say && typed == CANNOT_SAY {
            return Ok(Some(Answer::CannotSay));
        }
        match typed.parse() {
            Ok(point) if (1..=self.points).contains(&point) => Ok(Some(Answer::Scale(point))),
            _ => Err(Problem::NotOffered),
        }
    }
}
