//! "You meet tomorrow": when, where, what you talk about, and the guide.

use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Tz;

use super::clean;
use super::footer::{self, Footer, Why, greeting};
use super::message::{Block, Content};
use crate::words::Words;

/// What a mail needs to know on the day before a group meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatReminder {
    pub name: Option<String>,
    /// The discussion's title.
    pub title: String,
    pub starts: DateTime<Utc>,
    /// The participant's own clock.
    pub zone: Tz,
    /// A room, or an address to click.
    pub place: String,
    /// The questions and statements the group talks about; nobody's words.
    pub about: Vec<String>,
    /// The page with the guide.
    pub guide: String,
    /// Where a participant gives the seat back; a host who does not take part is not asked.
    pub answer: Option<String>,
    /// Where a participant answers the poll before the meeting, if there is one.
    pub poll: Option<String>,
    pub footer: Footer,
}

impl SeatReminder {
    /// The mail, in the words given.
    pub fn content(&self, words: Words) -> Content {
        let title = |most| ("title", clean::line(&self.title, most).into());
        let when = words.date_time(self.starts, self.zone);
        let opening = [title(200), ("when", when.clone().into())];
        let mut paragraphs = vec![
            greeting(words, self.name.as_deref()),
            Block::Paragraph(words.with("mail-seat-reminder-opening", &opening)),
        ];
        if !self.place.is_empty() {
            let place = (words.get("mail-seat-where"), clean::line(&self.place, 500));
            paragraphs.push(Block::Facts(vec![place]));
        }
        if !self.about.is_empty() {
            paragraphs.push(Block::Paragraph(words.get("mail-seat-reminder-about")));
            let about = self.about.iter().map(|about| format!("• {}", clean::line(about, 500)));
            paragraphs.push(Block::Paragraph(about.collect::<Vec<_>>().join("\n")));
        }
        let label = words.get("mail-seat-guide-action");
        paragraphs.push(Block::Action { label, href: self.guide.clone() });
        let further = [("mail-seat-poll", &self.poll), ("mail-seat-reminder-answer", &self.answer)];
        for (key, href) in further {
            let link = |href: &String| Block::Link { label: words.get(key), href: href.clone() };
            paragraphs.extend(href.as_ref().map(link));
        }
        paragraphs.extend(self.footer.blocks(words));
        Content {
            language: words.language(),
            direction: words.direction(),
            subject: words.with("mail-seat-reminder-subject", &[title(50)]),
            preheader: Some(when),
            paragraphs,
            calendar: None,
        }
    }

    /// A reminder as it may be, for previews and tests.
    pub fn sample() -> Self {
        Self {
            name: Some("Ada".to_owned()),
            title: "The second half of intelligence".to_owned(),
            starts: Utc.with_ymd_and_hms(2026, 10, 7, 17, 0, 0).single().unwrap_or_default(),
            zone: Tz::Europe__London,
            place: "https://meet.example.org/colloquy-2".to_owned(),
            about: vec!["Where will the next aha moment come from?".to_owned()],
            guide: "https://colloquy.example.org/g/7f3e".to_owned(),
            answer: Some("https://colloquy.example.org/g/7f3e#answer".to_owned()),
            poll: Some("https://colloquy.example.org/g/7f3e/poll".to_owned()),
            footer: footer::sample(Why::Participant),
        }
    }
}
