//! The link with which a reader goes on with another device. Nothing of what they wrote is in it.

use chrono::{DateTime, TimeZone as _, Utc};
use chrono_tz::Tz;

use super::clean;
use super::message::{Block, Content};
use crate::words::Words;

/// A link to a draft. It is a mail that was asked for: nothing to unsubscribe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftLink {
    /// The questionnaire's title.
    pub title: String,
    /// Opens the draft.
    pub link: String,
    /// Until when it is kept.
    pub until: DateTime<Utc>,
}

impl DraftLink {
    /// The mail, in the words given.
    pub fn content(&self, words: Words) -> Content {
        let title = |most| clean::line(&self.title, most);
        let until = words.date(self.until, Tz::UTC);
        Content {
            language: words.language(),
            direction: words.direction(),
            subject: words.with("mail-draft-subject", &[("title", title(50).into())]),
            preheader: None,
            paragraphs: vec![
                Block::Paragraph(words.get("mail-greeting-unnamed")),
                Block::Paragraph(words.with("mail-draft-opening", &[("title", title(200).into())])),
                Block::Action { label: words.get("mail-draft-action"), href: self.link.clone() },
                Block::Paragraph(words.with("mail-draft-until", &[("date", until.into())])),
                Block::Paragraph(words.get("mail-draft-stranger")),
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
            link: "https://colloquy.example.org/d/9b2d7c".to_owned(),
            until: Utc.with_ymd_and_hms(2026, 12, 23, 12, 0, 0).single().unwrap_or_default(),
        }
    }
}
