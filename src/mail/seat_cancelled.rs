//! A discussion that will not be: with the appointment that takes the old one out again.

use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Tz;

use super::calendar::{Calendar, Method};
use super::clean;
use super::footer::{self, Footer, Why, greeting};
use super::message::{Block, Content};
use crate::words::Words;

/// Why somebody does not sit there any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// They gave the seat back.
    Left,
    /// They sit in another group; a mail of its own says where.
    Moved,
    /// The group does not meet as it was said.
    Off,
}

impl Ended {
    fn words(self) -> &'static str {
        match self {
            Self::Left => "mail-seat-cancelled-left",
            Self::Moved => "mail-seat-cancelled-moved",
            Self::Off => "mail-seat-cancelled-opening",
        }
    }
}

/// What a mail needs to know about a seat that is no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatCancelled {
    pub name: Option<String>,
    /// The discussion's title.
    pub title: String,
    /// The name of the group: "Group 2".
    pub group: String,
    pub starts: DateTime<Utc>,
    pub minutes: u32,
    /// The participant's own clock.
    pub zone: Tz,
    /// Why.
    pub ended: Ended,
    /// What the organizer has to say about it.
    pub reason: Option<String>,
    /// The one of the seat.
    pub uid: String,
    /// One more than the last mail about the seat.
    pub sequence: u32,
    /// When it was decided.
    pub stamp: DateTime<Utc>,
    pub footer: Footer,
}

impl SeatCancelled {
    /// The mail, in the words given.
    pub fn content(&self, words: Words) -> Content {
        let title = |most| ("title", clean::line(&self.title, most).into());
        let opening = words.with(self.ended.words(), &[title(200)]);
        let when = words.date_time(self.starts, self.zone);
        let mut paragraphs = vec![greeting(words, self.name.as_deref()), Block::Paragraph(opening)];
        if let Some(reason) = self.reason.as_deref().filter(|r| !r.trim().is_empty()) {
            paragraphs.push(Block::Quote(reason.to_owned()));
        }
        paragraphs.push(Block::Facts(vec![
            (words.get("mail-seat-cancelled-was"), when),
            (words.get("mail-seat-group"), clean::line(&self.group, 100)),
        ]));
        paragraphs.extend(self.footer.blocks(words));
        Content {
            language: words.language(),
            direction: words.direction(),
            subject: words.with("mail-seat-cancelled-subject", &[title(50)]),
            preheader: None,
            paragraphs,
            calendar: Some(Calendar {
                method: Method::Cancel,
                uid: self.uid.clone(),
                sequence: self.sequence,
                stamp: self.stamp,
                starts: self.starts,
                minutes: self.minutes,
                summary: words.with("mail-seat-summary", &[title(150)]),
                description: String::new(),
                location: String::new(),
                url: None,
                replies: false,
            }),
        }
    }

    /// A cancellation as it may be, for previews and tests.
    pub fn sample() -> Self {
        let at = |hour| Utc.with_ymd_and_hms(2026, 10, 7, hour, 0, 0).single().unwrap_or_default();
        Self {
            name: Some("Ada".to_owned()),
            title: "The second half of intelligence".to_owned(),
            group: "Group 2".to_owned(),
            starts: at(17),
            minutes: 60,
            zone: Tz::Asia__Shanghai,
            ended: Ended::Off,
            reason: Some("Our host is ill. We will offer new times soon.".to_owned()),
            uid: "d17-g2@colloquy.example.org".to_owned(),
            sequence: 1,
            stamp: at(9),
            footer: footer::sample(Why::Participant),
        }
    }
}
