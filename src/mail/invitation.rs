//! "Your view?": one contact is asked to one questionnaire.

use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Tz;

use super::clean;
use super::footer::{self, Footer, Why, greeting};
use super::message::{Block, Content};
use crate::words::Words;

/// An invitation to answer, for one contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub name: Option<String>,
    /// The questionnaire's title.
    pub title: String,
    /// What the organizer wants to say first, in their own words.
    pub intro: Option<String>,
    pub questions: usize,
    /// How long answering takes.
    pub minutes: usize,
    pub closes: Option<DateTime<Utc>>,
    /// The clock on which times are told.
    pub zone: Tz,
    /// The personal link.
    pub link: String,
    pub footer: Footer,
}

impl Invitation {
    /// The mail, in the words given.
    pub fn content(&self, words: Words) -> Content {
        let title = clean::line(&self.title, 50);
        let subject = words.with("mail-invitation-subject", &[("title", title.into())]);
        let mut paragraphs = vec![greeting(words, self.name.as_deref())];
        paragraphs.push(Block::Paragraph(words.with(
            "mail-invitation-opening",
            &[
                ("organizer", clean::line(&self.footer.organizer, 70).into()),
                ("title", clean::line(&self.title, 200).into()),
            ],
        )));
        if let Some(intro) = self.intro.as_deref().filter(|i| !i.trim().is_empty()) {
            paragraphs.push(Block::Quote(intro.to_owned()));
        }
        let time = words.with("mail-minutes", &[("minutes", self.minutes.into())]);
        paragraphs.push(Block::Paragraph(words.with(
            "mail-invitation-effort",
            &[("count", self.questions.into()), ("time", time.into())],
        )));
        paragraphs.extend(answer_blocks(words, &self.link, self.closes, self.zone));
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

    /// An invitation as it may be, for previews and tests.
    pub fn sample() -> Self {
        let asked = Utc.with_ymd_and_hms(2026, 8, 12, 9, 0, 0).single().unwrap_or_default();
        Self {
            name: Some("Ada".to_owned()),
            title: "Several judgments on DeepSeek and the second half of intelligence".to_owned(),
            intro: Some("What would be your next Aha moment?".to_owned()),
            questions: 7,
            minutes: 10,
            closes: Utc.with_ymd_and_hms(2026, 10, 1, 21, 0, 0).single(),
            zone: Tz::Europe__Berlin,
            link: "https://colloquy.example.org/i/4f9c1d".to_owned(),
            footer: footer::sample(Why::Asked { at: asked, zone: Tz::Europe__Berlin }),
        }
    }
}

/// The button, whose it is, and until when.
pub(super) fn answer_blocks(
    words: Words,
    link: &str,
    closes: Option<DateTime<Utc>>,
    zone: Tz,
) -> Vec<Block> {
    let label = words.get("mail-answer-action");
    let mut after = words.get("mail-invitation-personal");
    if let Some(closes) = closes {
        let when = ("when", words.date_time(closes, zone).into());
        after = format!("{}\n{after}", words.with("mail-open-until", &[when]));
    }
    vec![Block::Paragraph(after), Block::Action { label, href: link.to_owned() }]
}
