//! Who somebody is, as far as they want to say, and what they allow. Kept apart from the answers.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Problem;
use crate::domain::consent::Consent;
use crate::domain::email::Email;
use crate::domain::fields::Fields;
use crate::domain::text::one_line;

/// Name, address and consents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ContactQuestion)]
pub struct Contact {
    /// What is asked for, in the order of the form.
    pub consents: Vec<Consent>,
}

/// What somebody said of themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactAnswer {
    /// One line, at most 120 characters; may be empty.
    pub name: String,
    /// A mail address that can be written to; may be empty.
    pub address: String,
    /// What they allow.
    pub consents: BTreeSet<Consent>,
}

impl ContactAnswer {
    /// Whether they allow it.
    pub fn allows(&self, consent: Consent) -> bool {
        self.consents.contains(&consent)
    }
}

impl Contact {
    pub(super) fn read(
        &self,
        fields: &Fields,
        name: &str,
    ) -> Result<Option<ContactAnswer>, Problem> {
        let typed = fields.filled(&format!("{name}.address")).unwrap_or_default().trim();
        let address = match typed {
            "" => String::new(),
            typed => match typed.parse::<Email>() {
                Ok(address) => address.to_string(),
                Err(_) => return Err(Problem::NoAddress),
            },
        };
        let given = fields.filled(&format!("{name}.name")).unwrap_or_default();
        let consents: BTreeSet<Consent> = self
            .consents
            .iter()
            .copied()
            .filter(|consent| fields.has(&format!("{name}.{}", consent.key()), "yes"))
            .collect();
        let needs_address = [Consent::Join, Consent::Contact];
        if address.is_empty() && needs_address.iter().any(|c| consents.contains(c)) {
            return Err(Problem::AddressMissing);
        }
        let answer = ContactAnswer { name: one_line(given, 120), address, consents };
        Ok((answer != ContactAnswer::default()).then_some(answer))
    }
}
