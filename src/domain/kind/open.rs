//! In the reader's own words.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::fields::Fields;

/// A text field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = OpenQuestion)]
pub struct Open {
    /// Whether a longer text is expected.
    #[serde(default)]
    pub long: bool,
    /// How many characters are wished for at the most. The page warns; a longer text is kept all
    /// the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
}

impl Open {
    #[expect(clippy::unused_self, reason = "every kind reads itself in the same way")]
    pub(super) fn read(&self, fields: &Fields, name: &str) -> Option<String> {
        fields.filled(name).map(str::to_owned)
    }
}
