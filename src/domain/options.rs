//! What an organizer chose for a whole questionnaire, beyond its questions. Kept as JSON: a
//! questionnaire of before has the defaults.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Choices for one questionnaire.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// Title and introduction in further languages, by language tag.
    pub translations: BTreeMap<String, Head>,
    /// Names of the hidden fields that a link may carry as `?h.{name}=`.
    pub hidden: Vec<String>,
    /// Origins (`https://example.org`) whose pages may show the form in a frame.
    pub embed: Vec<String>,
}

/// What stands above the questions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Head {
    /// The questionnaire's title.
    pub title: String,
    /// The words before the first question; may be empty.
    pub introduction: String,
}
