//! One option of several, or something else.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Problem;
use crate::domain::fields::Fields;
use crate::domain::question::{Line, text_of};

/// Options as radio buttons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = SingleQuestion)]
pub struct Single {
    /// What can be chosen.
    pub options: Vec<Line>,
    /// Whether "something else" can be chosen and written.
    #[serde(default)]
    pub other: bool,
}

/// What was chosen in a [`Single`] or [`super::Multiple`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Chosen {
    /// Keys of the chosen options, in the question's order.
    pub options: Vec<String>,
    /// The reader's own option.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<String>,
}

impl Single {
    pub(super) fn read(&self, fields: &Fields, name: &str) -> Result<Option<Chosen>, Problem> {
        let other = if self.other { fields.filled(&format!("{name}.other")) } else { None };
        match fields.filled(name) {
            // A text beside "other" counts even where its button was not pressed.
            None | Some("other") => {
                Ok(other.map(|text| Chosen { options: vec![], other: Some(text.to_owned()) }))
            }
            Some(key) if text_of(&self.options, key).is_some() => {
                Ok(Some(Chosen { options: vec![key.to_owned()], other: None }))
            }
            Some(_) => Err(Problem::NotOffered),
        }
    }
}
