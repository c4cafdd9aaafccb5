//! "How was it?": the poll once more, and where the echo will be.

use super::clean;
use super::footer::{self, Footer, Why, greeting};
use super::message::{Block, Content};
use crate::words::Words;

/// What a mail needs to know once a group has met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatAfter {
    pub name: Option<String>,
    /// The discussion's title.
    pub title: String,
    /// Where the poll is answered once more, if there is one.
    pub poll: Option<String>,
    /// The participant's own page.
    pub page: String,
    pub footer: Footer,
}

impl SeatAfter {
    /// The mail, in the words given.
    pub fn content(&self, words: Words) -> Content {
        let title = |most| ("title", clean::line(&self.title, most).into());
        let mut paragraphs = vec![
            greeting(words, self.name.as_deref()),
            Block::Paragraph(words.with("mail-seat-after-opening", &[title(200)])),
        ];
        if let Some(poll) = &self.poll {
            paragraphs.push(Block::Paragraph(words.get("mail-seat-after-poll")));
            let label = words.get("mail-seat-after-poll-action");
            paragraphs.push(Block::Action { label, href: poll.clone() });
        }
        paragraphs.push(Block::Paragraph(words.get("mail-seat-after-echo")));
        let label = words.get("mail-seat-after-page");
        paragraphs.push(Block::Link { label, href: self.page.clone() });
        paragraphs.extend(self.footer.blocks(words));
        Content {
            language: words.language(),
            direction: words.direction(),
            subject: words.with("mail-seat-after-subject", &[title(50)]),
            preheader: None,
            paragraphs,
            calendar: None,
        }
    }

    /// A mail as it may be, for previews and tests.
    pub fn sample() -> Self {
        Self {
            name: Some("Ada".to_owned()),
            title: "The second half of intelligence".to_owned(),
            poll: Some("https://colloquy.example.org/g/7f3e/poll".to_owned()),
            page: "https://colloquy.example.org/g/7f3e".to_owned(),
            footer: footer::sample(Why::Participant),
        }
    }
}
