//! The link by which an organizer signs in.

use super::message::{Block, Content};
use crate::words::Words;

/// A link to sign in, for one address. It is a mail that was asked for: nothing to unsubscribe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// Works once.
    pub link: String,
    /// Six digits that do the same on the page that asked.
    pub code: String,
    /// How long the link lives.
    pub minutes: usize,
}

impl SignIn {
    /// The mail, in the words given.
    pub fn content(&self, words: Words) -> Content {
        let time = words.with("mail-minutes", &[("minutes", self.minutes.into())]);
        Content {
            language: words.language(),
            direction: words.direction(),
            subject: words.get("mail-sign-in-subject"),
            preheader: None,
            paragraphs: vec![
                Block::Paragraph(words.get("mail-greeting-unnamed")),
                Block::Paragraph(words.with("mail-sign-in-opening", &[("time", time.into())])),
                Block::Action { label: words.get("mail-sign-in-action"), href: self.link.clone() },
                Block::Paragraph(
                    words.with("mail-sign-in-code", &[("code", self.spaced().into())]),
                ),
                Block::Paragraph(words.get("mail-sign-in-stranger")),
                Block::Small(words.get("mail-why-sign-in")),
            ],
            calendar: None,
        }
    }

    /// The code as people read numbers: 123 456.
    fn spaced(&self) -> String {
        let (first, second) = self.code.split_at_checked(3).unwrap_or((&self.code, ""));
        format!("{first} {second}")
    }

    /// A link as it may be, for previews and tests.
    pub fn sample() -> Self {
        let link = "https://colloquy.example.org/sign-in/9b2d7c".to_owned();
        Self { link, code: "042137".to_owned(), minutes: 20 }
    }
}
