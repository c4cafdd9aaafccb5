//! The small print under every mail: why you get it, how to stop it, who is behind it.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::clean;
use super::message::Block;
use crate::words::Words;

/// Why somebody gets a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Asked to hear from the organizer, at this time.
    Asked { at: DateTime<Utc>, zone: Tz },
    /// Is among the contacts of the organizer.
    Listed,
    /// Was invited to answer before.
    Invited,
    /// Said yes to the discussion.
    Participant,
}

/// Who a mail is written for, and what the law wants under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footer {
    pub why: Why,
    /// The organizer, by the name that readers know.
    pub organizer: String,
    /// The page that asks "unsubscribe?"; a GET of it changes nothing.
    pub unsubscribe: Option<String>,
    /// The organizer's postal address, where there must be one.
    pub imprint: Option<String>,
}

impl Footer {
    /// The blocks that end a mail.
    pub fn blocks(&self, words: Words) -> Vec<Block> {
        let organizer = ("organizer", clean::line(&self.organizer, 70).into());
        let why = match self.why {
            Why::Asked { at, zone } => {
                let date = ("date", words.date(at, zone).into());
                words.with("mail-why-asked", &[date, organizer])
            }
            Why::Listed => words.with("mail-why-listed", &[organizer]),
            Why::Invited => words.with("mail-why-invited", &[organizer]),
            Why::Participant => words.with("mail-why-participant", &[organizer]),
        };
        let mut blocks = vec![Block::Small(why), Block::Small(words.get("mail-no-tracking"))];
        if let Some(imprint) = &self.imprint {
            blocks.push(Block::Small(imprint.clone()));
        }
        if let Some(href) = &self.unsubscribe {
            let label = words.get("mail-unsubscribe");
            blocks.push(Block::SmallLink { label, href: href.clone() });
        }
        blocks
    }
}

/// "Hello Ada," or, for somebody whose name we do not know, "Hello,".
pub fn greeting(words: Words, name: Option<&str>) -> Block {
    let name = clean::line(name.unwrap_or_default(), 70);
    Block::Paragraph(if name.is_empty() {
        words.get("mail-greeting-unnamed")
    } else {
        words.with("mail-greeting", &[("name", name.into())])
    })
}

/// Small print as an organizer may have it, for previews and tests.
pub fn sample(why: Why) -> Footer {
    Footer {
        why,
        organizer: "Overseas Unicorns".to_owned(),
        unsubscribe: Some("https://colloquy.example.org/unsubscribe/k7x2".to_owned()),
        imprint: Some("Overseas Unicorns, 12 Example Street, Singapore".to_owned()),
    }
}
