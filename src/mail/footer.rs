//! The small print under every mail: why you get it, how to stop it, who is behind it.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;

use super::clean;
use super::message::Block;
use crate::words::Words;

/// Why somebody gets a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Asked to hear from the organizer, at this time.
    Asked { at: DateTime<Utc>, zone: Tz },
    /// Is among the contacts of the organizer.
    Listed,
    /// Was invited to answer before; where the address comes from, if that is known.
    Invited { from: String },
    /// Has answered; where the address comes from, if that is known.
    Answered { from: String },
    /// Is among the contacts of the organizer, who knows them from there.
    Known { from: String },
    /// Agreed to be written to: when and where, as far as the organizer has written it down.
    Agreed { on: Option<NaiveDate>, from: String },
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
        let why = match &self.why {
            Why::Asked { at, zone } => {
                let date = ("date", words.date(*at, *zone).into());
                words.with("mail-why-asked", &[date, organizer])
            }
            Why::Listed | Why::Known { .. } => words.with("mail-why-listed", &[organizer]),
            Why::Agreed { on: Some(on), .. } => {
                let at = on.and_time(NaiveTime::MIN).and_utc();
                let date = ("date", words.date(at, Tz::UTC).into());
                words.with("mail-why-agreed-on", &[date, organizer])
            }
            Why::Agreed { on: None, .. } => words.with("mail-why-agreed", &[organizer]),
            Why::Invited { .. } => words.with("mail-why-invited", &[organizer]),
            Why::Answered { .. } => words.with("mail-why-answered", &[organizer]),
            Why::Participant => words.with("mail-why-participant", &[organizer]),
        };
        let mut blocks = vec![Block::Small(why)];
        if let Why::Known { from }
        | Why::Agreed { from, .. }
        | Why::Invited { from }
        | Why::Answered { from } = &self.why
            && let from = clean::line(from, 120)
            && !from.is_empty()
        {
            blocks.push(Block::Small(words.with("mail-why-from", &[("from", from.into())])));
        }
        blocks.push(Block::Small(words.get("mail-no-tracking")));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn told(why: Why, language: &str) -> Vec<String> {
        let texts =
            sample(why).blocks(Words::of(language)).into_iter().filter_map(|block| match block {
                Block::Small(text) => Some(text.replace(['\u{2068}', '\u{2069}'], "")),
                _ => None,
            });
        texts.collect()
    }

    #[test]
    fn a_reader_is_told_when_and_where_they_agreed() {
        let on = NaiveDate::from_ymd_opt(2026, 8, 12);
        let from = "newsletter sign-up\r\nBcc: x".to_owned();
        let agreed = told(Why::Agreed { on, from }, "en");
        assert!(agreed[0].contains("on 12 August 2026 you agreed to hear from Overseas Unicorns"));
        assert_eq!(agreed[1], "Where your address comes from: newsletter sign-up Bcc: x");
        let unsaid = told(Why::Agreed { on: None, from: String::new() }, "zh");
        assert!(unsaid[0].contains("您同意") && unsaid.len() == told(Why::Listed, "zh").len());
        let known = told(Why::Known { from: "读书会成员".to_owned() }, "zh");
        assert_eq!(known[1], "您的邮箱地址来自：读书会成员");
    }
}
