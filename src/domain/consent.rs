//! What a respondent allows, one tick each.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::kind::ContactAnswer;

/// One thing a respondent may allow. Nothing is allowed by default.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
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

impl ContactAnswer {
    /// What an organizer of a confidential questionnaire is shown of it. Who wants to join or may
    /// be written to is shown with both, since nobody can be seated or written to without; who
    /// may be quoted by name, with the name. What was allowed is always shown.
    #[must_use]
    pub fn as_agreed(&self) -> Self {
        let both = self.allows(Consent::Join) || self.allows(Consent::Contact);
        let name = both || self.allows(Consent::QuoteNamed);
        let shown = |show: bool, text: &str| if show { text.to_owned() } else { String::new() };
        Self {
            name: shown(name, &self.name),
            address: shown(both, &self.address),
            consents: self.consents.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_shown_where_its_owner_agreed_and_an_address_where_it_is_needed() {
        let shown = |consents: &[Consent]| {
            let (name, address) = ("Ada".to_owned(), "ada@example.org".to_owned());
            let consents = consents.iter().copied().collect();
            let agreed = ContactAnswer { name, address, consents }.as_agreed();
            (!agreed.name.is_empty(), !agreed.address.is_empty())
        };
        assert_eq!(shown(&[]), (false, false));
        assert_eq!(shown(&[Consent::Quote, Consent::Group]), (false, false));
        assert_eq!(shown(&[Consent::QuoteNamed]), (true, false));
        assert_eq!(shown(&[Consent::Join]), (true, true));
        assert_eq!(shown(&[Consent::Contact, Consent::Quote]), (true, true));
    }
}
