//! What opens an organizer's account was changed: for the organizer, who may not have done it.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::clean;
use super::message::{Block, Content};
use crate::words::Words;

/// What was changed; names are those that the organizer or the provider has given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A passkey of this name was added.
    PasskeyAdded(String),
    /// The passkey of this name was removed.
    PasskeyRemoved(String),
    /// There was no password, and now there is one.
    PasswordSet,
    /// The password is another.
    PasswordChanged,
    /// There is no password any more.
    PasswordRemoved,
    /// This provider knows the organizer now.
    ElsewhereLinked(String),
    /// This provider was forgotten.
    ElsewhereUnlinked(String),
    /// A token of this name was made.
    TokenMade(String),
}

impl Key {
    /// Whether something was changed or taken away, so that whoever came in by it has to go.
    pub fn signs_out(&self) -> bool {
        match self {
            Self::PasskeyRemoved(_)
            | Self::PasswordChanged
            | Self::PasswordRemoved
            | Self::ElsewhereUnlinked(_) => true,
            Self::PasskeyAdded(_)
            | Self::PasswordSet
            | Self::ElsewhereLinked(_)
            | Self::TokenMade(_) => false,
        }
    }

    fn said(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::PasskeyAdded(name) => ("mail-key-passkey-added", Some(name)),
            Self::PasskeyRemoved(name) => ("mail-key-passkey-removed", Some(name)),
            Self::PasswordSet => ("mail-key-password-set", None),
            Self::PasswordChanged => ("mail-key-password-changed", None),
            Self::PasswordRemoved => ("mail-key-password-removed", None),
            Self::ElsewhereLinked(issuer) => ("mail-key-elsewhere-linked", Some(issuer)),
            Self::ElsewhereUnlinked(issuer) => ("mail-key-elsewhere-unlinked", Some(issuer)),
            Self::TokenMade(name) => ("mail-key-token-made", Some(name)),
        }
    }
}

/// What is told of it. It is about the addressee's own account: nothing to unsubscribe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyChanged {
    /// What.
    pub key: Key,
    /// When.
    pub at: DateTime<Utc>,
    /// The organizer's account.
    pub link: String,
}

impl KeyChanged {
    /// The mail, in the words given.
    pub fn content(&self, words: Words) -> Content {
        let (what, which) = self.key.said();
        let what = words.get(what);
        let mut facts = vec![(words.get("mail-key-when"), words.date_time(self.at, Tz::UTC))];
        if let Some(which) = which {
            facts.insert(0, (words.get("mail-key-which"), clean::line(which, 200)));
        }
        let mut paragraphs = vec![
            Block::Paragraph(words.get("mail-greeting-unnamed")),
            Block::Paragraph(words.with("mail-key-opening", &[("what", what.as_str().into())])),
            Block::Facts(facts),
        ];
        if self.key.signs_out() {
            paragraphs.push(Block::Paragraph(words.get("mail-key-signed-out")));
        }
        paragraphs.extend([
            Block::Paragraph(words.get("mail-key-yours")),
            Block::Paragraph(words.get("mail-key-not-yours")),
            Block::Action { label: words.get("mail-key-action"), href: self.link.clone() },
            Block::Small(words.get("mail-why-account")),
        ]);
        Content {
            language: words.language(),
            direction: words.direction(),
            subject: what,
            preheader: None,
            paragraphs,
            calendar: None,
        }
    }

    /// One as it may be, for previews and tests.
    pub fn sample() -> Self {
        Self {
            key: Key::PasskeyRemoved("my phone".to_owned()),
            at: DateTime::UNIX_EPOCH + chrono::TimeDelta::days(20_790),
            link: "https://colloquy.example.org/desk/account".to_owned(),
        }
    }
}
