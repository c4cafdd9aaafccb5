//! Which of the mails of a list are shown: the choices above it, with how many each has.

use maud::{Markup, html};

use crate::domain::Fields;

/// Some kinds of mails: a name in the address, a word on the page, the kinds; no kind is every one.
pub type Filter<K> = (&'static str, &'static str, &'static [K]);

/// The choices of a list, and which of them is on.
pub struct Choice<K: 'static> {
    filters: &'static [Filter<K>],
    on: usize,
}

impl<K: PartialEq> Choice<K> {
    /// What the address asks for, else the first.
    pub fn of(filters: &'static [Filter<K>], query: &Fields) -> Self {
        let wanted = query.get("show").unwrap_or_default();
        Self { filters, on: filters.iter().position(|(name, ..)| *name == wanted).unwrap_or(0) }
    }

    /// The kinds that are shown.
    pub fn kinds(&self) -> &'static [K] {
        self.filters.get(self.on).map_or(&[], |(_, _, kinds)| kinds)
    }

    /// The address of the list as it is shown, up to where `page=` follows.
    pub fn base(&self, path: &str) -> String {
        let name = self.filters.get(self.on).map_or("", |(name, ..)| name);
        format!("{path}?show={name}&")
    }

    /// The choices as links; those that have nothing are left out.
    pub fn links(&self, path: &str, counts: &[(K, u64)]) -> Markup {
        html! {
            nav.pages aria-label="Which mails" {
                @for (place, (name, word, kinds)) in self.filters.iter().enumerate() {
                    @let count = sum(counts, kinds);
                    @if count > 0 || place == self.on || place == 0 {
                        a href={ (path) "?show=" (name) } aria-current=[(place == self.on).then_some("page")] {
                            (word) " (" (count) ")"
                        }
                    }
                }
            }
        }
    }
}

/// How many there are of these kinds; of all where none is named.
pub fn sum<K: PartialEq>(counts: &[(K, u64)], kinds: &[K]) -> u64 {
    let counted = |kind: &K| kinds.is_empty() || kinds.contains(kind);
    counts.iter().filter(|(kind, _)| counted(kind)).map(|(_, count)| count).sum()
}
