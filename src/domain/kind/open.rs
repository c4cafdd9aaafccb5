//! An answer in the reader's own words.

use serde::{Deserialize, Serialize};

use crate::domain::fields::Fields;

/// A text area, tall or low. There is no limit short of the form's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// Whether a longer text is expected.
    #[serde(default)]
    pub long: bool,
}

impl Open {
    #[expect(clippy::unused_self, reason = "every kind reads itself in the same way")]
    pub(super) fn read(&self, fields: &Fields, name: &str) -> Option<String> {
        fields.filled(name).map(str::to_owned)
    }
}
