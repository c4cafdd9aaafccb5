//! "You have a seat": when, where, with whom, and the guide; with an appointment.

use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Tz;

use super::calendar::{Calendar, Method};
use super::clean;
use super::footer::{self, Footer, Why, greeting};
use super::message::{Block, Content};
use crate::words::Words;

/// What a mail needs to know about one person's seat in one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    pub name: Option<String>,
    /// The discussion's title.
    pub title: String,
    /// The name of the group: "Group 2".
    pub group: String,
    pub starts: DateTime<Utc>,
    pub minutes: u32,
    /// The participant's own clock.
    pub zone: Tz,
    /// The organizer's clock; told as well where it differs.
    pub organizer_zone: Tz,
    /// A room, or an address to click.
    pub place: String,
    /// Who leads the group, by the name they agreed to show.
    pub host: Option<String>,
    /// Whether it is the addressee.
    pub you_host: bool,
    /// The others who agreed to show their names, the host left out.
    pub with: Vec<String>,
    /// How many more there are.
    pub others: usize,
    /// The page of the guide.
    pub guide: String,
    /// Where a participant says whether they come; a host who does not take part is not asked.
    pub answer: Option<String>,
    /// Where a participant answers the poll before the meeting, if there is one.
    pub poll: Option<String>,
    /// The host's page, for a participant who leads the group.
    pub leads: Option<String>,
    /// Made once for this group: `d17-g2@host`.
    pub uid: String,
    /// Whether an answer by mail is read.
    pub replies: bool,
    /// 0 for the first mail, one more for each change.
    pub sequence: u32,
    /// Whether it speaks of a change.
    pub changed: bool,
    /// When this version was decided.
    pub stamp: DateTime<Utc>,
    pub footer: Footer,
}

impl Seat {
    /// The mail, in the words given.
    pub fn content(&self, words: Words) -> Content {
        let (subject, opening) = if self.changed {
            ("mail-seat-subject-changed", "mail-seat-opening-changed")
        } else {
            ("mail-seat-subject", "mail-seat-opening")
        };
        let title = ("title", clean::line(&self.title, 200).into());
        let mut paragraphs = vec![
            greeting(words, self.name.as_deref()),
            Block::Paragraph(words.with(opening, &[title])),
            Block::Facts(self.facts(words)),
        ];
        if self.you_host {
            paragraphs.push(Block::Paragraph(words.get("mail-seat-you-host")));
        }
        paragraphs.push(Block::Paragraph(words.get("mail-seat-guide-hint")));
        let label = words.get("mail-seat-guide-action");
        paragraphs.push(Block::Action { label, href: self.guide.clone() });
        paragraphs.extend(
            self.links()
                .into_iter()
                .map(|(key, href)| Block::Link { label: words.get(key), href: href.clone() }),
        );
        paragraphs.extend(self.footer.blocks(words));
        let short = ("title", clean::line(&self.title, 50).into());
        Content {
            language: words.language(),
            direction: words.direction(),
            subject: words.with(subject, &[short]),
            preheader: Some(words.date_time(self.starts, self.zone)),
            paragraphs,
            calendar: Some(self.calendar(words)),
        }
    }

    /// What else can be done by a link.
    fn links(&self) -> Vec<(&'static str, &String)> {
        let all = [
            ("mail-seat-answer", self.answer.as_ref()),
            ("mail-seat-poll", self.poll.as_ref()),
            ("mail-seat-leads", self.leads.as_ref()),
        ];
        all.into_iter().filter_map(|(key, href)| Some((key, href?))).collect()
    }

    fn facts(&self, words: Words) -> Vec<(String, String)> {
        let when = words.date_time(self.starts, self.zone);
        let there = words.date_time(self.starts, self.organizer_zone);
        let minutes = usize::try_from(self.minutes).unwrap_or(usize::MAX);
        let length = words.with("mail-minutes", &[("minutes", minutes.into())]);
        let mut facts = vec![(words.get("mail-seat-when"), when.clone())];
        if there != when {
            facts.push((words.get("mail-seat-when-organizer"), there));
        }
        facts.push((words.get("mail-seat-length"), length));
        facts.push((words.get("mail-seat-where"), clean::line(&self.place, 500)));
        facts.push((words.get("mail-seat-group"), clean::line(&self.group, 100)));
        if let Some(host) = self.host.as_deref().filter(|_| !self.you_host) {
            facts.push((words.get("mail-seat-host"), clean::line(host, 70)));
        }
        facts.push((words.get("mail-seat-with"), self.company(words)));
        facts
    }

    /// "Bo, Chen and 3 more": names of those who agreed, and a number for the rest.
    fn company(&self, words: Words) -> String {
        let names: Vec<_> = self.with.iter().map(|name| clean::line(name, 70)).collect();
        let names = names.join(if words.language() == "zh" { "、" } else { ", " });
        match (names.is_empty(), self.others) {
            (true, others) => words.with("mail-others", &[("count", others.into())]),
            (false, 0) => names,
            (false, others) => {
                let values = [("names", names.into()), ("count", others.into())];
                words.with("mail-names-and-others", &values)
            }
        }
    }

    fn calendar(&self, words: Words) -> Calendar {
        let title = ("title", clean::line(&self.title, 150).into());
        let line = |key, href: &str| format!("{}: {href}", words.get(key));
        Calendar {
            method: Method::Request,
            uid: self.uid.clone(),
            sequence: self.sequence,
            stamp: self.stamp,
            starts: self.starts,
            minutes: self.minutes,
            summary: words.with("mail-seat-summary", &[title]),
            description: [("mail-seat-guide-action", &self.guide)]
                .into_iter()
                .chain(self.links())
                .map(|(key, href)| line(key, href))
                .collect::<Vec<_>>()
                .join("\n"),
            location: clean::line(&self.place, 500),
            url: Some(self.guide.clone()),
            replies: self.replies,
        }
    }

    /// A seat as it may be, for previews and tests.
    pub fn sample() -> Self {
        let at = |hour| Utc.with_ymd_and_hms(2026, 10, 7, hour, 0, 0).single().unwrap_or_default();
        Self {
            name: Some("Ada".to_owned()),
            title: "The second half of intelligence".to_owned(),
            group: "Group 2".to_owned(),
            starts: at(17),
            minutes: 60,
            zone: Tz::Europe__London,
            organizer_zone: Tz::Europe__Berlin,
            place: "https://meet.example.org/colloquy-2".to_owned(),
            host: Some("Chen".to_owned()),
            you_host: false,
            with: vec!["Bo".to_owned(), "Dana".to_owned()],
            others: 3,
            guide: "https://colloquy.example.org/g/7f3e".to_owned(),
            answer: Some("https://colloquy.example.org/g/7f3e#answer".to_owned()),
            poll: Some("https://colloquy.example.org/g/7f3e/poll".to_owned()),
            leads: None,
            uid: "d17-g2@colloquy.example.org".to_owned(),
            replies: false,
            sequence: 0,
            changed: false,
            stamp: at(8),
            footer: footer::sample(Why::Participant),
        }
    }
}
