//! One respondent's votes, small in memory: a hundred thousand respondents are held at once, and
//! those who voted on the same statements share one list of them.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Vote;

/// Votes by statement key, in the order of the keys; each key once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ballot {
    keys: Arc<[String]>,
    /// One for each key.
    votes: Box<[Vote]>,
}

/// Lists of keys that ballots share.
pub type Shared = HashSet<Arc<[String]>>;

impl Ballot {
    /// The vote on a statement; none if it was not seen.
    pub fn get(&self, key: &str) -> Option<Vote> {
        let at = self.keys.binary_search_by(|known| known.as_str().cmp(key)).ok()?;
        self.votes.get(at).copied()
    }

    /// Every vote with its statement, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Vote)> {
        self.keys.iter().map(String::as_str).zip(self.votes.iter().copied())
    }

    /// How many statements were voted on.
    pub fn len(&self) -> usize {
        self.votes.len()
    }

    /// Whether there is no vote at all.
    pub fn is_empty(&self) -> bool {
        self.votes.is_empty()
    }

    /// Takes its keys from the lists that are known, or adds them to these.
    pub fn share(&mut self, known: &mut Shared) {
        if let Some(same) = known.get(&self.keys) {
            self.keys = same.clone();
        } else {
            known.insert(self.keys.clone());
        }
    }
}

/// Of a key that comes twice the last vote counts.
impl FromIterator<(String, Vote)> for Ballot {
    fn from_iter<I: IntoIterator<Item = (String, Vote)>>(votes: I) -> Self {
        let (keys, votes): (Vec<_>, Vec<_>) =
            votes.into_iter().collect::<BTreeMap<_, _>>().into_iter().unzip();
        Self { keys: keys.into(), votes: votes.into() }
    }
}

impl Serialize for Ballot {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Ballot {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(BTreeMap::<String, Vote>::deserialize(deserializer)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ballot(votes: &[(&str, Vote)]) -> Ballot {
        votes.iter().map(|(key, vote)| ((*key).to_owned(), *vote)).collect()
    }

    #[test]
    fn votes_stand_by_key_and_the_last_of_two_counts() {
        let given = ballot(&[("s2", Vote::Pass), ("s10", Vote::Agree), ("s2", Vote::Disagree)]);
        let read: Vec<_> = given.iter().collect();
        assert_eq!(read, [("s10", Vote::Agree), ("s2", Vote::Disagree)]);
        assert_eq!((given.get("s2"), given.get("s1")), (Some(Vote::Disagree), None));
        assert_eq!((given.len(), given.is_empty(), ballot(&[]).is_empty()), (2, false, true));
    }

    #[test]
    fn ballots_on_the_same_statements_share_one_list_and_say_what_they_said() {
        let mut known = Shared::new();
        let mut all = [
            ballot(&[("a", Vote::Agree), ("b", Vote::Pass)]),
            ballot(&[("b", Vote::Agree), ("a", Vote::Disagree)]),
            ballot(&[("a", Vote::Agree)]),
        ];
        let before = all.clone();
        for ballot in &mut all {
            ballot.share(&mut known);
        }
        assert_eq!(all, before);
        assert!(
            Arc::ptr_eq(&all[0].keys, &all[1].keys) && !Arc::ptr_eq(&all[0].keys, &all[2].keys)
        );
        assert_eq!(known.len(), 2);
    }
}
