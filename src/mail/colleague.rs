//! The mail that asks a colleague to work on a questionnaire.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::message::{Block, Content};
use crate::domain::Role;
use crate::words::Words;

/// An invitation to work on a questionnaire. Somebody asked for it by name: there is nothing to
/// unsubscribe from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Who asks.
    pub by: String,
    /// The questionnaire's title.
    pub title: String,
    /// What they may do there.
    pub role: Role,
    /// The way to say yes.
    pub link: String,
    /// How long it is good.
    pub until: DateTime<Utc>,
}

impl Invitation {
    /// The mail, in the words given.
    pub fn content(&self, words: Words) -> Content {
        let about = |key: &str| {
            let values = [("name", self.by.as_str().into()), ("title", self.title.as_str().into())];
            words.with(key, &values)
        };
        let until = words.date(self.until, Tz::UTC);
        Content {
            language: words.language(),
            direction: words.direction(),
            subject: about("mail-colleague-subject"),
            preheader: None,
            paragraphs: vec![
                Block::Paragraph(words.get("mail-greeting-unnamed")),
                Block::Paragraph(about("mail-colleague-opening")),
                Block::Paragraph(words.get(&format!("colleague-{}", self.role.word()))),
                Block::Action {
                    label: words.get("mail-colleague-action"),
                    href: self.link.clone(),
                },
                Block::Paragraph(words.with("mail-colleague-until", &[("date", until.into())])),
                Block::Small(words.get("mail-why-colleague")),
            ],
            calendar: None,
        }
    }

    /// One as it may be, for previews and tests.
    pub fn sample() -> Self {
        Self {
            by: "Lin Wei".to_owned(),
            title: "The next Aha moment".to_owned(),
            role: Role::Editor,
            link: "https://colloquy.example.org/join/9b2d7c".to_owned(),
            until: DateTime::UNIX_EPOCH + chrono::TimeDelta::days(20_790),
        }
    }
}
