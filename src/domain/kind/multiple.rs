//! Any number of options, and something else.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Problem;
use super::single::Chosen;
use crate::domain::fields::Fields;
use crate::domain::question::{Line, text_of};

/// Options as boxes to tick.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = MultipleQuestion)]
pub struct Multiple {
    /// What can be ticked.
    pub options: Vec<Line>,
    /// Whether "something else" can be ticked and written.
    #[serde(default)]
    pub other: bool,
}

impl Multiple {
    pub(super) fn read(&self, fields: &Fields, name: &str) -> Result<Option<Chosen>, Problem> {
        let known = |key: &str| key == "other" || text_of(&self.options, key).is_some();
        if fields.all(name).any(|key| !key.trim().is_empty() && !known(key)) {
            return Err(Problem::NotOffered);
        }
        let options: Vec<String> = self
            .options
            .iter()
            .filter(|line| fields.has(name, &line.key))
            .map(|line| line.key.clone())
            .collect();
        let other = if self.other { fields.filled(&format!("{name}.other")) } else { None };
        let chosen = Chosen { options, other: other.map(str::to_owned) };
        Ok((chosen != Chosen::default()).then_some(chosen))
    }
}
