//! "When can you come?": a word to a participant of whom it is not known.

use super::clean;
use super::footer::{self, Footer, Why, greeting};
use super::message::{Block, Content};
use crate::words::Words;

/// The question when one participant can come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Times {
    pub name: Option<String>,
    /// The discussion's title.
    pub title: String,
    /// Where the participant says when.
    pub link: String,
    pub footer: Footer,
}

impl Times {
    /// The mail, in the words given.
    pub fn content(&self, words: Words) -> Content {
        let title = clean::line(&self.title, 50);
        let opening = words.with(
            "mail-times-opening",
            &[
                ("organizer", clean::line(&self.footer.organizer, 70).into()),
                ("title", clean::line(&self.title, 200).into()),
            ],
        );
        let mut paragraphs = vec![
            greeting(words, self.name.as_deref()),
            Block::Paragraph(opening),
            Block::Action { label: words.get("mail-times-action"), href: self.link.clone() },
            Block::Paragraph(words.get("mail-times-hint")),
        ];
        paragraphs.extend(self.footer.blocks(words));
        Content {
            language: words.language(),
            direction: words.direction(),
            subject: words.with("mail-times-subject", &[("title", title.into())]),
            preheader: None,
            paragraphs,
            calendar: None,
        }
    }

    /// The mail as it may be, for previews and tests.
    pub fn sample() -> Self {
        Self {
            name: Some("Ada".to_owned()),
            title: "Several judgments on DeepSeek and the second half of intelligence".to_owned(),
            link: "https://colloquy.example.org/g/4f9c1d/times".to_owned(),
            footer: footer::sample(Why::Participant),
        }
    }
}
