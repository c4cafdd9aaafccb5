//! The address with which an organizer signs in is to change: for the new address, which has to say
//! yes, and for the old one, which can say no.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::message::{Block, Content};
use crate::words::Words;

/// One of the mails about it. They are about the addressee's own account: nothing to unsubscribe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressChange {
    /// To the new address: is it theirs?
    Confirm {
        /// Says yes.
        link: String,
        /// How long it is good.
        until: DateTime<Utc>,
    },
    /// To the old address, at once: somebody has asked for it.
    Asked {
        /// The new address.
        address: String,
        /// When it was asked for.
        at: DateTime<Utc>,
        /// Says no.
        link: String,
    },
    /// To both, once the new address has said yes.
    Changed {
        /// The new address.
        address: String,
        /// Since when.
        at: DateTime<Utc>,
        /// Takes it back, and until when; for the old address alone.
        back: Option<(String, DateTime<Utc>)>,
    },
    /// To the old address, which has said no.
    Kept {
        /// The address that counts.
        address: String,
        /// Where to sign in.
        link: String,
    },
}

impl AddressChange {
    /// The mail, in the words given.
    pub fn content(&self, words: Words) -> Content {
        let moment = |at: &DateTime<Utc>| words.date_time(*at, Tz::UTC);
        let text = |key: &str| Block::Paragraph(words.get(key));
        let action =
            |key: &str, link: &String| Block::Action { label: words.get(key), href: link.clone() };
        let (subject, body) = match self {
            Self::Confirm { link, until } => (
                "mail-address-confirm-subject",
                vec![
                    text("mail-address-confirm-opening"),
                    action("mail-address-confirm-action", link),
                    Block::Paragraph(
                        words.with("mail-address-confirm-until", &[("date", moment(until).into())]),
                    ),
                ],
            ),
            Self::Asked { address, at, link } => (
                "mail-address-asked-subject",
                vec![
                    Block::Paragraph(words.with(
                        "mail-address-asked-opening",
                        &[("date", moment(at).into()), ("address", address.as_str().into())],
                    )),
                    text("mail-address-asked-yours"),
                    text("mail-address-asked-not"),
                    action("mail-address-keep", link),
                ],
            ),
            Self::Changed { address, at, back } => {
                let said = [("date", moment(at).into()), ("address", address.as_str().into())];
                let mut body =
                    vec![Block::Paragraph(words.with("mail-address-changed-opening", &said))];
                if let Some((link, until)) = back {
                    let until = [("date", moment(until).into())];
                    body.push(Block::Paragraph(words.with("mail-address-changed-back", &until)));
                    body.push(action("mail-address-back", link));
                }
                ("mail-address-changed-subject", body)
            }
            Self::Kept { address, link } => (
                "mail-address-kept-subject",
                vec![
                    Block::Paragraph(words.with(
                        "mail-address-kept-opening",
                        &[("address", address.as_str().into())],
                    )),
                    text("mail-address-kept-next"),
                    action("mail-sign-in-action", link),
                ],
            ),
        };
        let mut paragraphs = vec![text("mail-greeting-unnamed")];
        paragraphs.extend(body);
        paragraphs.push(Block::Small(words.get("mail-why-address")));
        Content {
            language: words.language(),
            direction: words.direction(),
            subject: words.get(subject),
            preheader: None,
            paragraphs,
            calendar: None,
        }
    }

    /// Each of them as it may be, by name, for previews and tests.
    pub fn samples() -> [(&'static str, Self); 4] {
        let at = DateTime::UNIX_EPOCH + chrono::TimeDelta::days(20_790);
        let until = at + chrono::TimeDelta::days(7);
        let link = |path: &str| format!("https://colloquy.example.org/{path}");
        let address = "ada.new@example.org".to_owned();
        let back = Some((link("keep-address/9b2d7c"), until));
        [
            ("address to confirm", Self::Confirm { link: link("address/9b2d7c"), until }),
            (
                "address asked",
                Self::Asked { address: address.clone(), at, link: link("keep-address/9b2d7c") },
            ),
            ("address changed", Self::Changed { address: address.clone(), at, back }),
            ("address kept", Self::Kept { address, link: link("sign-in") }),
        ]
    }
}
