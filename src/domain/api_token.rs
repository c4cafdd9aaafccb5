//! Tokens with which programs speak for an organizer, and what these may do.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use super::base32;

/// How every token begins, so that those who look for secrets in published code find it.
pub const PREFIX: &str = "colloquy_";
/// How many letters of a token are kept, to tell tokens apart.
const SHOWN: usize = 4;
/// How many bytes of the sum stand at the end.
const SUM: usize = 5;

/// What a token may be used for. A token never allows what its organizer may not do.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Look at questionnaires, responses, results, briefs and discussions.
    Read,
    /// Change them.
    Write,
    /// Let mails go to other people.
    Send,
    /// Look at the addresses of contacts and at mails; with `write`, change contacts.
    Contacts,
}

impl Scope {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Read, Self::Write, Self::Send, Self::Contacts];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Send => "send",
            Self::Contacts => "contacts",
        }
    }

    /// The scope of this word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.word() == word)
    }
}

/// Scopes as they are kept: their words with spaces between.
pub fn written(scopes: &BTreeSet<Scope>) -> String {
    scopes.iter().map(|scope| scope.word()).collect::<Vec<_>>().join(" ")
}

/// Scopes as they were kept; a word that is unknown allows nothing.
pub fn read(written: &str) -> BTreeSet<Scope> {
    written.split(' ').filter_map(Scope::of).collect()
}

/// A token of these random bytes: the prefix, 256 bits, and a sum by which a mistyped one is
/// told from one that was revoked, without asking the database.
pub fn mint(bytes: [u8; 32]) -> String {
    format!("{PREFIX}{}{}", base32::encode(&bytes), sum(&bytes))
}

/// How a token begins: enough to tell it from others, and nothing to guess it by.
pub fn begins(token: &str) -> String {
    token.chars().take(PREFIX.len() + SHOWN).collect()
}

/// Whether it is written as tokens are.
pub fn is_whole(token: &str) -> bool {
    let Some(rest) = token.strip_prefix(PREFIX) else { return false };
    let Some((random, last)) = rest.split_at_checked(52) else { return false };
    base32::decode(random).is_some_and(|bytes| bytes.len() == 32 && sum(&bytes) == last)
}

fn sum(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    base32::encode(digest.get(..SUM).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_token_is_told_from_a_true_one() {
        let token = mint([7; 32]);
        assert_eq!(token.len(), PREFIX.len() + 52 + 8);
        assert!(is_whole(&token));
        assert_eq!(begins(&token).len(), PREFIX.len() + SHOWN);
        for at in PREFIX.len()..token.len() {
            let mut wrong = token.clone().into_bytes();
            wrong[at] = if wrong[at] == b'a' { b'b' } else { b'a' };
            assert!(!is_whole(&String::from_utf8(wrong).unwrap()), "{at}");
        }
        let (short, other) = (token.get(1..).unwrap(), token.get(..token.len() - 1).unwrap());
        for wrong in ["", PREFIX, short, other, "colloquy_中中中"] {
            assert!(!is_whole(wrong), "{wrong}");
        }
    }

    #[test]
    fn scopes_are_kept_in_words() {
        let all: BTreeSet<Scope> = Scope::ALL.into_iter().collect();
        assert_eq!(written(&all), "read write send contacts");
        assert_eq!(read(&written(&all)), all);
        assert_eq!(read("read root"), BTreeSet::from([Scope::Read]));
        assert_eq!(read(""), BTreeSet::new());
    }
}
