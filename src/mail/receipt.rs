//! The private link to a respondent's own page, sent to themselves because they asked.

use super::clean;
use super::message::{Block, Content};
use crate::words::Words;

/// The private link. It is a mail that was asked for: nothing to unsubscribe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptLink {
    /// The questionnaire's title.
    pub title: String,
    /// Opens the page.
    pub link: String,
}

impl ReceiptLink {
    /// The mail, in the words given.
    pub fn content(&self, words: Words) -> Content {
        let title = |most| clean::line(&self.title, most);
        Content {
            language: words.language(),
            direction: words.direction(),
            subject: words.with("mail-receipt-subject", &[("title", title(50).into())]),
            preheader: None,
            paragraphs: vec![
                Block::Paragraph(words.get("mail-greeting-unnamed")),
                Block::Paragraph(
                    words.with("mail-receipt-opening", &[("title", title(200).into())]),
                ),
                Block::Action { label: words.get("mail-receipt-action"), href: self.link.clone() },
                Block::Paragraph(words.get("mail-receipt-private")),
                Block::Small(words.get("mail-why-own-link")),
                Block::Small(words.get("mail-no-tracking")),
            ],
            calendar: None,
        }
    }

    /// A link as it may be, for previews and tests.
    pub fn sample() -> Self {
        Self {
            title: "On Earth, To the Sky".to_owned(),
            link: "https://colloquy.example.org/r/9b2d7c".to_owned(),
        }
    }
}
