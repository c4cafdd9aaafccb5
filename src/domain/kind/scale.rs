//! One of n points between two ends.

use serde::{Deserialize, Serialize};

use super::Problem;
use crate::domain::fields::Fields;

/// Points 1 to `points`, with a label at each end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    /// How many points, 2 to 11.
    pub points: u8,
    /// What 1 means.
    pub low: String,
    /// What the last point means.
    pub high: String,
}

impl Scale {
    pub(super) fn read(&self, fields: &Fields, name: &str) -> Result<Option<u8>, Problem> {
        let Some(typed) = fields.filled(name) else { return Ok(None) };
        match typed.parse() {
            Ok(point) if (1..=self.points).contains(&point) => Ok(Some(point)),
            _ => Err(Problem::NotOffered),
        }
    }
}
