//! Who, among an organizer's contacts, something is for.

use serde::{Deserialize, Serialize};

use super::ListId;
use super::text::one_line;

/// The longest tag, in characters.
const LONGEST_TAG: usize = 40;

/// Contacts that are on one of `lists` *and* carry one of `tags`; where one of the two is empty
/// it asks for nothing, so that an empty audience is everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Audience {
    /// Who is on one of these lists.
    pub lists: Vec<ListId>,
    /// Who carries one of these tags, as [`tag`] writes them.
    pub tags: Vec<String>,
}

impl Audience {
    /// Whether it is everybody.
    pub fn is_everybody(&self) -> bool {
        self.lists.is_empty() && self.tags.is_empty()
    }
}

/// A tag as it is kept: one line in small letters, at most 40 characters; `None`: nothing is left.
pub fn tag(typed: &str) -> Option<String> {
    let tag = one_line(typed.trim_start().trim_start_matches('#'), LONGEST_TAG).to_lowercase();
    (!tag.is_empty()).then_some(tag)
}

/// The tags that a field lists, separated by comma or semicolon, each once, in order.
pub fn tags(typed: &str) -> Vec<String> {
    let mut tags: Vec<String> =
        typed.split([',', ';', '，', '；', '、', '\n']).filter_map(tag).collect();
    tags.sort();
    tags.dedup();
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_apart_by_their_letters_only() {
        assert_eq!(tags("Berlin, #VIP;berlin、 读书会 ,"), ["berlin", "vip", "读书会"]);
        assert_eq!(tags(" ,;#"), Vec::<String>::new());
        assert_eq!(tag(&"长".repeat(100)).unwrap().chars().count(), 40);
    }
}
