//! Mails are built, then read back by a parser that is not ours.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeZone, Utc};
use mail_parser::{MessageParser, MimeHeaders, PartType};
use uuid::Uuid;

use super::message::{Block, BuildError, Content, Envelope, build, message_id};
use super::samples::samples;
use super::seat::Seat;
use super::seat_cancelled::SeatCancelled;
use super::sign_in::SignIn;
use super::template::{Facts, Template, sample};
use super::{calendar, mailbox};
use crate::domain::campaign::Aim;
use crate::words::Words;

mod appointments;
mod locales;

fn envelope() -> Envelope {
    Envelope {
        from: mailbox::mailbox("海外独角兽 Colloquy", "discuss@example.org").unwrap(),
        reply_to: Some(mailbox::mailbox("O'Neil, \"Q\"", "oneil@example.org").unwrap()),
        to: mailbox::mailbox("Ada <x@y.z>", "ada@bücher.example").unwrap(),
        message_id: message_id("inv", Uuid::from_u128(7), "colloquy.example.org"),
        date: Utc.with_ymd_and_hms(2026, 9, 1, 8, 30, 0).unwrap(),
        list_id: Some("q7.colloquy.example.org".to_owned()),
        unsubscribe: Some(format!("https://colloquy.example.org/u/{}", "k".repeat(120))),
        unsubscribe_to: None,
        auto_submitted: true,
    }
}

fn invited(facts: &Facts, words: Words) -> Content {
    Template::builtin(Aim::Invite, words).content(words, facts)
}

fn both_languages() -> [Words; 2] {
    [Words::of("en"), Words::of("zh")]
}

/// The words of a text, in order, without addresses and without the marks around quotes.
fn words_of(text: &str) -> Vec<String> {
    let marks = |w: &&str| !w.contains("://") && *w != ">" && *w != "—";
    // The plain text has a colon after a label where the HTML has a column.
    let words = text.split(|c: char| c.is_whitespace() || c == '：').filter(marks);
    words.map(|w| w.trim_end_matches(':').to_owned()).filter(|w| !w.is_empty()).collect()
}

/// What is to be read between the tags of a page's body.
fn visible(html: &str) -> String {
    let body = html.split("<body").nth(1).unwrap();
    let mut text = String::new();
    for piece in body.split('<') {
        text.push_str(piece.split_once('>').map_or("", |(_, shown)| shown));
        text.push(' ');
    }
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[test]
fn what_was_written_is_what_is_read() {
    for words in both_languages() {
        for (name, content) in samples(words) {
            let raw = build(&envelope(), &content).unwrap();
            let message = MessageParser::new().parse(&raw).unwrap();
            assert_eq!(message.subject(), Some(content.subject.as_str()), "{name}");
            assert!(content.subject.chars().count() <= 78, "{name}: {}", content.subject);
            assert_eq!(
                message.message_id().map(|id| format!("<{id}>")),
                Some(envelope().message_id)
            );
            assert_eq!(message.date().unwrap().to_timestamp(), envelope().date.timestamp());
            let from = message.from().unwrap().first().unwrap();
            assert_eq!(from.name(), Some("海外独角兽 Colloquy"));
            assert_eq!(from.address(), Some("discuss@example.org"));
            let to = message.to().unwrap();
            assert_eq!(to.iter().count(), 1);
            assert_eq!(to.first().unwrap().name(), Some("Ada <x@y.z>"));
            assert_eq!(to.first().unwrap().address(), Some("ada@xn--bcher-kva.example"));
            let reply = message.reply_to().unwrap().first().unwrap();
            assert_eq!(reply.name(), Some("O'Neil, \"Q\""));

            let plain = message.body_text(0).unwrap();
            let html = message.body_html(0).unwrap();
            assert_eq!(words_of(&plain), words_of(&visible(&html)), "{name}");
            assert!(words_of(&plain).len() > 5, "{name}");
            assert!(html.contains(&format!("lang=\"{}\"", words.language())), "{name}");
            assert!(html.contains("dir=\"ltr\""), "{name}");
            for asked_from_afar in ["<img", "src=", "@import", "url(", "<script", "<link"] {
                assert!(!html.contains(asked_from_afar), "{name}: {asked_from_afar}");
            }
            for block in &content.paragraphs {
                let (Block::Action { href, .. }
                | Block::Link { href, .. }
                | Block::SmallLink { href, .. }) = block
                else {
                    continue;
                };
                assert!(plain.contains(href.as_str()), "{name}: {href}");
                assert!(html.contains(&format!("href=\"{href}\"")), "{name}: {href}");
            }
            let asked_for = [
                "sign in",
                "draft",
                "receipt",
                "forward",
                "webhook off",
                "colleague",
                "key changed",
            ];
            // Nor does one leave the mails about one's own account.
            if !asked_for.contains(&name) && !name.starts_with("address ") {
                assert!(plain.contains("Unsubscribe"), "{name}");
            }
        }
    }
}

#[test]
fn machines_get_the_headers_that_they_need() {
    let raw = build(&envelope(), &sample(Aim::Invite, Words::of("en"))).unwrap();
    let text = String::from_utf8(raw).unwrap();
    assert!(text.is_ascii());
    let (head, _) = text.split_once("\r\n\r\n").unwrap();
    let unsubscribe = envelope().unsubscribe.unwrap();
    for line in [
        "List-Id: <q7.colloquy.example.org>",
        &format!("List-Unsubscribe: <{unsubscribe}>"),
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
        "Date: Tue, 01 Sep 2026 08:30:00 +0000",
        "Message-ID: <inv.00000000000000000000000000000007@colloquy.example.org>",
    ] {
        assert_eq!(head.lines().filter(|l| *l == line).count(), 1, "{line}\n{head}");
    }
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "line ends are CRLF");
    assert!(text.lines().all(|line| line.len() <= 998));

    let mut plain = envelope();
    (plain.list_id, plain.unsubscribe, plain.auto_submitted) = (None, None, false);
    let raw = build(&plain, &SignIn::sample().content(Words::of("en"))).unwrap();
    let text = String::from_utf8(raw).unwrap();
    assert!(!text.contains("List-") && !text.contains("Auto-Submitted"));
}

#[test]
fn the_same_mail_is_the_same_bytes() {
    for words in both_languages() {
        for (name, content) in samples(words) {
            let first = build(&envelope(), &content).unwrap();
            assert_eq!(first, build(&envelope(), &content).unwrap(), "{name}");
        }
    }
}

fn hostile() -> Vec<String> {
    vec![
        "Ada\r\nBcc: eve@example.org\r\n\r\nbody".to_owned(),
        "\nBcc: eve@example.org".to_owned(),
        "\"quoted\" \\ <eve@example.org>, (comment)".to_owned(),
        "\u{202e}gpj.exe\u{2066}\u{200f} \u{7}\u{0}\u{1b}[31m".to_owned(),
        "اسم عربي 👩‍👩‍👧‍👦 שם".to_owned(),
        "x".repeat(10_000),
        "王".repeat(10_000),
        "a b ".repeat(25_000),
        "=?utf-8?q?=0d=0aBcc:_eve@example.org?=".to_owned(),
        "<script>alert(1)</script><img src=x>&amp;".to_owned(),
        "BEGIN:VEVENT;:,\\n".to_owned(),
        "--alternative-inv00000000000000000000000000000007".to_owned(),
        ".\r\n.\r\nQUIT\r\n".to_owned(),
        String::new(),
        "   ".to_owned(),
    ]
}

#[test]
fn hostile_names_neither_panic_nor_add_headers() {
    for text in hostile() {
        let mut envelope = envelope();
        // Straight into the fields, past our own door: this is what makes the library panic.
        envelope.from.name = Some(text.clone());
        envelope.to.name = Some(text.clone());
        envelope.reply_to.as_mut().unwrap().name = Some(text.clone());
        let mut invitation = Facts::sample();
        invitation.name.clone_from(&text);
        invitation.title.clone_from(&text);
        invitation.introduction.clone_from(&text);
        invitation.footer.organizer.clone_from(&text);
        invitation.footer.imprint = Some(text.clone());
        let mut seat = Seat::sample();
        seat.title.clone_from(&text);
        seat.group.clone_from(&text);
        seat.place.clone_from(&text);
        seat.uid.clone_from(&text);
        seat.with = vec![text.clone(), text.clone()];
        seat.host = Some(text.clone());
        for words in both_languages() {
            for content in [invited(&invitation, words), seat.content(words)] {
                let raw = build(&envelope, &content).unwrap();
                let message = MessageParser::new().parse(&raw).unwrap();
                assert!(message.bcc().is_none(), "{text:?}");
                assert_eq!(message.to().unwrap().iter().count(), 1);
                assert_eq!(
                    message.to().unwrap().first().unwrap().address(),
                    Some(envelope.to.email.as_ref())
                );
                assert_eq!(message.from().unwrap().iter().count(), 1);
                let html = message.body_html(0).unwrap();
                assert!(!html.contains("<script") && !html.contains("<img"), "{text:?}");
                let text_parts = message.text_body_count();
                assert!(text_parts >= 1, "{text:?}");
                assert!(message.subject().unwrap().chars().count() <= 78);
                assert!(raw.split(|b| *b == b'\n').all(|line| line.len() <= 999), "{text:?}");
            }
        }
    }
}

#[test]
fn what_cannot_be_written_is_an_error_and_no_mail() {
    let words = Words::of("en");
    let mut invitation = Facts::sample();
    invitation.link = "javascript:alert(1)".to_owned();
    let unfit = build(&envelope(), &invited(&invitation, words));
    assert!(matches!(unfit, Err(BuildError::Link(_))));
    let content = sample(Aim::Invite, words);
    for id in ["", "<a@b", "<a b@c>", "<a@b>\r\nBcc: x", "<ab>", "<a@b@c>", "<@b>"] {
        let envelope = Envelope { message_id: id.to_owned(), ..envelope() };
        assert!(matches!(build(&envelope, &content), Err(BuildError::MessageId(_))), "{id}");
    }
    for list in ["", "a b", "a>\r\nBcc: x"] {
        let envelope = Envelope { list_id: Some(list.to_owned()), ..envelope() };
        assert!(matches!(build(&envelope, &content), Err(BuildError::ListId(_))), "{list}");
    }
    let address = Some("https://a/>\r\nBcc: x".to_owned());
    let unfit = Envelope { unsubscribe: address, ..envelope() };
    assert!(matches!(build(&unfit, &content), Err(BuildError::Link(_))));
    for date in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        assert!(matches!(build(&Envelope { date, ..envelope() }, &content), Err(BuildError::Date)));
        let mut seat = Seat::sample();
        seat.starts = date;
        assert!(matches!(build(&envelope(), &seat.content(words)), Err(BuildError::Date)));
    }
}

#[test]
fn the_seat_tells_both_clocks_and_only_the_names_that_may_be_told() {
    let words = Words::of("en");
    let text = Seat::sample().content(words).plain_text();
    assert!(
        text.contains("When: Wednesday 7 October 2026, 18:00 (Europe/London, UTC+1)"),
        "{text}"
    );
    assert!(
        text.contains("For the organizer: Wednesday 7 October 2026, 19:00 (Europe/Berlin, UTC+2)")
    );
    assert!(text.contains("With: Bo, Dana and 3 more"), "{text}");
    let mut seat = Seat::sample();
    seat.zone = seat.organizer_zone;
    (seat.with, seat.others) = (vec![], 1);
    let text = seat.content(words).plain_text();
    assert!(!text.contains("For the organizer"));
    assert!(text.contains("With: one other participant"), "{text}");
}

#[test]
fn a_long_title_still_makes_a_whole_subject() {
    for words in both_languages() {
        let mut invitation = Facts::sample();
        invitation.title = "很长的标题 ".repeat(100);
        let mut seat = Seat::sample();
        seat.title.clone_from(&invitation.title);
        let subjects = [invited(&invitation, words).subject, seat.content(words).subject]
            .map(|s| (s.chars().count(), s));
        for (length, subject) in subjects {
            assert!(length <= 78, "{subject}");
            assert!(subject.ends_with(['”', '》', '?']), "{subject}");
        }
    }
}
