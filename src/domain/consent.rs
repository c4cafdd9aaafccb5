//! What a respondent allows, one tick each.

use serde::{Deserialize, Serialize};

/// One thing a respondent may allow. Nothing is allowed by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// "I want to join the discussion."
    Join,
    /// "You may write to me about it."
    Contact,
    /// "You may quote me without my name."
    Quote,
    /// "You may quote me with my name."
    QuoteNamed,
    /// "My group may see my answers."
    Group,
}

impl Consent {
    /// Every consent, in the order of the form.
    pub const ALL: [Self; 5] =
        [Self::Join, Self::Contact, Self::Quote, Self::QuoteNamed, Self::Group];

    /// The name of its field and of its words: `join`, `contact`, `quote`, `quote_named`, `group`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::Contact => "contact",
            Self::Quote => "quote",
            Self::QuoteNamed => "quote_named",
            Self::Group => "group",
        }
    }
}
