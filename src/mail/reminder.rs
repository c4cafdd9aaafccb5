//! "There is still time": a second word to somebody who was invited and has not answered.

use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Tz;

use super::clean;
use super::footer::{self, Footer, Why, greeting};
use super::invitation::answer_blocks;
use super::message::{Block, Content};
use crate::words::Words;

/// A reminder for one contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    pub name: Option<String>,
    /// The questionnaire's title.
    pub title: String,
    pub closes: Option<DateTime<Utc>>,
    /// The clock on which times are told.
    pub zone: Tz,
    /// The personal link, the one of the invitation.
    pub link: String,
    /// Whether no other reminder will follow: then it says so.
    pub last: bool,
    pub footer: Footer,
}

impl Reminder {
    /// The mail, in the words given.
    pub fn content(&self, words: Words) -> Content {
        let title = clean::line(&self.title, 50);
        let subject = words.with("mail-reminder-subject", &[("title", title.into())]);
        let mut paragraphs = vec![greeting(words, self.name.as_deref())];
        paragraphs.push(Block::Paragraph(words.with(
            "mail-reminder-opening",
            &[
                ("organizer", clean::line(&self.footer.organizer, 70).into()),
                ("title", clean::line(&self.title, 200).into()),
            ],
        )));
        paragraphs.extend(answer_blocks(words, &self.link, self.closes, self.zone));
        if self.last {
            paragraphs.push(Block::Paragraph(words.get("mail-reminder-last")));
        }
        paragraphs.extend(self.footer.blocks(words));
        Content {
            language: words.language(),
            direction: words.direction(),
            subject,
            preheader: None,
            paragraphs,
            calendar: None,
        }
    }

    /// A reminder as it may be, for previews and tests.
    pub fn sample() -> Self {
        Self {
            name: None,
            title: "Several judgments on DeepSeek and the second half of intelligence".to_owned(),
            closes: Utc.with_ymd_and_hms(2026, 10, 1, 21, 0, 0).single(),
            zone: Tz::Asia__Singapore,
            link: "https://colloquy.example.org/i/4f9c1d".to_owned(),
            last: true,
            footer: footer::sample(Why::Listed),
        }
    }
}
