//! How fast mails may leave.

use std::collections::BTreeMap;

/// How many mails may leave, as set; 0 means any number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    /// Mails a second in all.
    pub per_second: u32,
    /// Mails a minute to one domain that is not named.
    pub per_minute: u32,
    /// Mails a minute to these domains, in lower case.
    pub domains: BTreeMap<String, u32>,
    /// How many mails may be tried on the first day with mails, the second, and so on; after the
    /// last, any number.
    pub days: Vec<u32>,
}

impl Rates {
    /// Mails a minute to this domain, in lower case; 0: any number.
    pub fn of(&self, domain: &str) -> u32 {
        self.domains.get(domain).copied().unwrap_or(self.per_minute)
    }
}
