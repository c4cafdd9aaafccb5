//! How fast mails may leave.

use std::collections::BTreeMap;
use std::time::Duration;

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

    /// How many mails to this domain may leave at once: ten seconds' worth.
    pub fn at_once(rate: u32) -> u32 {
        (rate / 6).max(1)
    }

    /// How long so many mails to these domains need to leave if nothing else does, and what holds
    /// them up: the domain whose mails are the last, or the pace of all together (`None`).
    pub fn need<'a>(
        &self,
        mails: impl IntoIterator<Item = (&'a str, u64)>,
    ) -> (Duration, Option<&'a str>) {
        let (mut all, mut longest) = (0_u64, (0, None));
        for (domain, count) in mails {
            all = all.saturating_add(count);
            let rate = self.of(domain);
            if rate > 0 {
                let waiting = count.saturating_sub(u64::from(Self::at_once(rate)));
                let seconds = waiting.saturating_mul(60).div_ceil(u64::from(rate));
                if seconds > longest.0 {
                    longest = (seconds, Some(domain));
                }
            }
        }
        if self.per_second > 0 {
            let seconds = all.div_ceil(u64::from(self.per_second));
            if seconds > longest.0 {
                longest = (seconds, None);
            }
        }
        (Duration::from_secs(longest.0), longest.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_need_as_long_as_the_slowest_of_the_paces_that_are_set() {
        let rates = Rates {
            per_second: 5,
            per_minute: 20,
            domains: BTreeMap::from([("big.test".to_owned(), 0), ("wide.test".to_owned(), 600)]),
            days: vec![],
        };
        let need = |mails: &[(&'static str, u64)], rates: &Rates| {
            let (need, domain) = rates.need(mails.iter().copied());
            (need.as_secs(), domain)
        };
        // Three at once, and then one every three seconds.
        assert_eq!(need(&[("one.test", 80)], &rates), (231, Some("one.test")));
        assert_eq!(need(&[("one.test", 3)], &rates), (1, None));
        assert_eq!(need(&[("big.test", 80)], &rates), (16, None), "as many as all together may");
        assert_eq!(need(&[("big.test", 1000), ("wide.test", 150)], &rates), (230, None));
        let free = Rates { per_second: 0, per_minute: 0, ..Rates::default() };
        assert_eq!(need(&[("one.test", 80_000)], &free), (0, None), "nothing is set");
        assert_eq!(need(&[], &rates), (0, None));
    }
}
