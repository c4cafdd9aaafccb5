//! A webhook was switched off, since its address does not answer: for the organizer.

use super::clean;
use super::message::{Block, Content};
use crate::words::Words;

/// What is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookOff {
    /// The questionnaire's title.
    pub title: String,
    /// The webhook's address.
    pub address: String,
    /// What happened at the last attempt, as a piece of a sentence.
    pub why: String,
    /// Where it can be switched on again.
    pub link: String,
}

impl WebhookOff {
    /// The mail, in the words given.
    pub fn content(&self, words: Words) -> Content {
        let title = clean::line(&self.title, 200);
        let with = |key: &str| words.with(key, &[("title", title.clone().into())]);
        Content {
            language: words.language(),
            direction: words.direction(),
            subject: with("mail-webhook-subject"),
            preheader: None,
            paragraphs: vec![
                Block::Paragraph(with("mail-webhook-opening")),
                Block::Facts(vec![
                    (words.get("mail-webhook-address"), clean::line(&self.address, 300)),
                    (words.get("mail-webhook-last"), clean::line(&self.why, 300)),
                ]),
                Block::Action { label: words.get("mail-webhook-action"), href: self.link.clone() },
                Block::Small(words.get("mail-webhook-why")),
            ],
            calendar: None,
        }
    }

    /// One as it may be, for previews and tests.
    pub fn sample() -> Self {
        Self {
            title: "The second half of intelligence".to_owned(),
            address: "https://hooks.example.org/colloquy".to_owned(),
            why: "it answered with status 503".to_owned(),
            link: "https://colloquy.example.org/desk/q/second-half/webhooks/0190163d8694739baea5966c26f8ad91"
                .to_owned(),
        }
    }
}
