//! Complaints that providers pass on when a reader says "this is unwanted" (RFC 5965, ARF).

use mail_parser::{Message, PartType};

use super::fields::{self, get};
use super::{bare, head, is, originals, recipients};

/// A reader's complaint about one mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Complaint {
    /// `abuse`, `fraud`, `opt-out`, …; in small letters.
    pub kind: String,
    /// Addresses that stand in the report or in the mail that it returns, and may be ours.
    pub addresses: Vec<String>,
    /// The Message-IDs of the mail that it returns.
    pub refers: Vec<String>,
}

impl Complaint {
    /// Whether somebody says that a mail was unwanted. The same form also tells that one was
    /// wanted after all, or of what only machines have seen.
    pub fn is_unwanted(&self) -> bool {
        matches!(self.kind.as_str(), "abuse" | "fraud" | "opt-out" | "opt-out-list" | "other")
    }
}

/// The complaint in a mail, if it is one.
pub fn of(message: &Message<'_>) -> Option<Complaint> {
    let part = message.parts.iter().find(|part| is(part, "message", "feedback-report"))?;
    let text = String::from_utf8_lossy(part.contents());
    let groups = fields::groups(&text, 4);
    let all = groups.concat();
    let kind = get(&all, "feedback-type")?.to_ascii_lowercase();
    let mut addresses: Vec<String> = all
        .iter()
        .filter(|(name, _)| matches!(name.as_str(), "original-mail-from" | "original-rcpt-to"))
        .map(|(_, value)| bare(fields::typed(value)))
        .collect();
    for part in &message.parts {
        match &part.body {
            PartType::Message(original) => {
                addresses.extend(head(original, "Return-Path").map(|path| bare(&path)));
                addresses.extend(recipients(original));
            }
            _ if is(part, "text", "rfc822-headers") => {
                let text = String::from_utf8_lossy(part.contents());
                let heads = fields::groups(&text, 1).concat();
                addresses.extend(get(&heads, "return-path").map(bare));
            }
            _ => {}
        }
    }
    addresses.retain(|address| address.contains('@'));
    addresses.truncate(50);
    Some(Complaint { kind, addresses, refers: originals(message) })
}
