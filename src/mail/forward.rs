//! A letter that came to the address that mails are sent from, for the organizer.

use super::clean;
use super::message::{Block, Content};
use crate::words::Words;

/// So much of a letter stands in the mail, in characters; the whole is behind the link.
const LONGEST: usize = 4_000;

/// A letter, to hand on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forward {
    /// Who wrote it, by the name in it; may be empty.
    pub name: String,
    /// Their address.
    pub address: String,
    /// Its subject.
    pub subject: String,
    /// The title of the questionnaire that it is about, if that is known.
    pub about: Option<String>,
    /// What it says.
    pub text: String,
    /// Where it can be read as it came.
    pub link: String,
}

impl Forward {
    /// The mail, in the words given.
    pub fn content(&self, words: Words) -> Content {
        let who = if self.name.is_empty() { &self.address } else { &self.name };
        let who = clean::line(who, 70);
        let subject = clean::line(&self.subject, 100);
        let mut facts = vec![(words.get("mail-forward-from"), self.from())];
        if !subject.is_empty() {
            facts.push((words.get("mail-forward-its-subject"), subject));
        }
        if let Some(about) = &self.about {
            facts.push((words.get("mail-forward-about"), clean::line(about, 200)));
        }
        let mut text: String = self.text.chars().take(LONGEST).collect();
        if text.len() < self.text.len() {
            text.push_str(" …");
        }
        let mut paragraphs = vec![
            Block::Paragraph(words.with("mail-forward-opening", &[("name", who.clone().into())])),
            Block::Facts(facts),
        ];
        if !text.is_empty() {
            paragraphs.push(Block::Quote(text));
        }
        let label = words.get("mail-forward-action");
        paragraphs.push(Block::Action { label, href: self.link.clone() });
        paragraphs.push(Block::Small(words.get("mail-forward-why")));
        Content {
            language: words.language(),
            direction: words.direction(),
            subject: words.with("mail-forward-subject", &[("name", who.into())]),
            preheader: None,
            paragraphs,
            calendar: None,
        }
    }

    fn from(&self) -> String {
        let address = clean::line(&self.address, 254);
        if self.name.is_empty() {
            address
        } else {
            format!("{} <{address}>", clean::line(&self.name, 70))
        }
    }

    /// A letter as it may be, for previews and tests.
    pub fn sample() -> Self {
        Self {
            name: "Ada".to_owned(),
            address: "ada@example.org".to_owned(),
            subject: "Re: The second half of intelligence".to_owned(),
            about: Some("The second half of intelligence".to_owned()),
            text: "May I answer on paper? My screen reader stops at question 4.".to_owned(),
            link: "https://colloquy.example.org/desk/inbox/0190163d8694739baea5966c26f8ad91"
                .to_owned(),
        }
    }
}
