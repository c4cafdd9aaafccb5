//! A mail that came in, read: a report that one of ours did not arrive, a complaint, a calendar's
//! answer, a machine's answer, or a letter. Bytes in, plain values out; nothing here panics or
//! fails, whatever the bytes are, and nothing is decided about our own messages.

use mail_parser::{Address, HeaderName, Message, MessageParser, MimeHeaders as _, PartType};

use super::clean;

pub mod automatic;
pub mod calendar;
pub mod complaint;
pub mod fields;
pub mod report;

use calendar::CalendarReply;
use complaint::Complaint;
use report::Report;

/// So much of a letter's text is handed on, in characters; the whole stays where it was kept.
pub const LONGEST_TEXT: usize = 20_000;

/// A mail that came in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Incoming {
    /// The address in `From`, without a name; empty: there is none.
    pub sender: String,
    /// The name in `From`; empty: there is none.
    pub name: String,
    /// Where answers to it go, if it says so.
    pub reply_to: Option<String>,
    /// One line of at most 200 characters.
    pub subject: String,
    /// Whom it was for, as far as its heads say: the last server's own heads first.
    pub to: Vec<String>,
    /// The envelope's sender as the last server wrote it down; empty: the null path.
    pub return_path: Option<String>,
    /// Message-IDs that it refers to, without brackets: of what it answers or returns.
    pub refers: Vec<String>,
    /// What it says, as plain text, at most [`LONGEST_TEXT`] characters.
    pub text: String,
    /// Its own Message-ID, without brackets.
    pub message_id: Option<String>,
    /// How many servers it passed.
    pub hops: usize,
    /// What it is.
    pub what: What,
}

/// What a mail is, by its form alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum What {
    /// Servers report what became of a mail (RFC 3464, or in words).
    Reports(Vec<Report>),
    /// Somebody's provider passes on that a mail was unwanted (RFC 5965).
    Complaint(Complaint),
    /// A calendar's answer (RFC 5546).
    Answer(CalendarReply),
    /// A calendar's answer that cannot be used, and why.
    Unclear(&'static str),
    /// A machine wrote it; by which sign that was seen.
    Automatic(&'static str),
    /// A person wrote it, as far as one can see.
    #[default]
    Letter,
}

/// Reads a mail; `None`: it is none.
pub fn read(raw: &[u8]) -> Option<Incoming> {
    let message = MessageParser::default().parse(raw)?;
    // A mail has one head at least that mails have.
    if message.parts.is_empty()
        || message.headers().iter().all(|head| matches!(head.name, HeaderName::Other(_)))
    {
        return None;
    }
    let (name, sender) = first(message.from());
    let mut incoming = Incoming {
        sender,
        name: clean::line(&name, 70),
        reply_to: Some(first(message.reply_to()).1).filter(|address| !address.is_empty()),
        subject: clean::line(message.subject().unwrap_or_default(), 200),
        to: recipients(&message),
        return_path: head(&message, "Return-Path").map(|path| bare(&path)),
        refers: refers(&message),
        text: text(&message),
        message_id: message.message_id().map(str::to_owned),
        hops: message
            .headers()
            .iter()
            .filter(|h| h.name().eq_ignore_ascii_case("Received"))
            .count(),
        what: What::Letter,
    };
    incoming.what = what(&message, &mut incoming);
    Some(incoming)
}

/// The order is that in which signs may be believed: a report of a server may well carry signs of
/// a machine, a calendar's answer too.
fn what(message: &Message<'_>, incoming: &mut Incoming) -> What {
    if let Some(complaint) = complaint::of(message) {
        incoming.refers.extend(complaint.refers.iter().cloned());
        return What::Complaint(complaint);
    }
    let (reports, originals) = report::of(message, incoming);
    if !reports.is_empty() {
        incoming.refers.extend(originals);
        return What::Reports(reports);
    }
    match calendar::of(message) {
        Some(Ok(reply)) => return What::Answer(reply),
        Some(Err(why)) => return What::Unclear(why),
        None => {}
    }
    automatic::sign(message, incoming).map_or(What::Letter, What::Automatic)
}

/// The first head with this name, unfolded and trimmed.
pub(super) fn head(message: &Message<'_>, name: &str) -> Option<String> {
    heads(message, name).next()
}

/// The heads with this name, top to bottom, unfolded and trimmed.
fn heads<'a>(message: &'a Message<'_>, name: &'a str) -> impl Iterator<Item = String> + 'a {
    message.headers().iter().filter(move |head| head.name().eq_ignore_ascii_case(name)).filter_map(
        |head| {
            let from = usize::try_from(head.offset_start()).ok()?;
            let to = usize::try_from(head.offset_end()).ok()?;
            let value = String::from_utf8_lossy(message.raw_message.get(from..to)?);
            Some(value.split_whitespace().collect::<Vec<_>>().join(" "))
        },
    )
}

/// The name and the address that a head names first.
fn first(address: Option<&Address<'_>>) -> (String, String) {
    let of = |part: Option<&str>| part.unwrap_or_default().trim().to_owned();
    address
        .and_then(|address| address.iter().find(|one| one.address().is_some()))
        .map(|one| (of(one.name()), of(one.address())))
        .unwrap_or_default()
}

/// An address out of its brackets.
fn bare(address: &str) -> String {
    let inner = address.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inner.map_or(address, |(inner, _)| inner).trim().to_owned()
}

/// Heads in which servers write down whom they delivered to.
const DELIVERED: [&str; 4] = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"];

fn recipients(message: &Message<'_>) -> Vec<String> {
    let mut all: Vec<String> = DELIVERED
        .iter()
        .flat_map(|name| heads(message, name).map(|value| bare(&value)).collect::<Vec<_>>())
        .collect();
    for address in [message.to(), message.cc()].into_iter().flatten() {
        all.extend(address.iter().filter_map(|one| one.address().map(str::to_owned)));
    }
    all.retain(|address| address.contains('@'));
    all.truncate(50);
    all
}

/// Message-IDs in `In-Reply-To` and `References`, without brackets.
fn refers(message: &Message<'_>) -> Vec<String> {
    let mut all = vec![];
    for name in ["In-Reply-To", "References"] {
        for value in heads(message, name) {
            all.extend(ids(&value));
        }
    }
    all.truncate(50);
    all
}

/// What stands in angle brackets.
pub(super) fn ids(value: &str) -> Vec<String> {
    value
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>').map(|(id, _)| id.trim().to_owned()))
        .filter(|id| id.contains('@') && id.len() < 300)
        .collect()
}

/// The Message-IDs of the mail that a report returns, whole or only its heads.
pub(super) fn originals(message: &Message<'_>) -> Vec<String> {
    let mut all = vec![];
    for part in &message.parts {
        if let PartType::Message(original) = &part.body {
            all.extend(original.message_id().map(str::to_owned));
        } else if is(part, "text", "rfc822-headers") || is(part, "message", "rfc822-headers") {
            all.extend(id_in(&String::from_utf8_lossy(part.contents())));
        }
    }
    all
}

/// The Message-ID in heads that are given as text.
pub(super) fn id_in(heads: &str) -> Vec<String> {
    let groups = fields::groups(heads, 1);
    let of = |(name, value): &(String, String)| (name == "message-id").then(|| ids(value));
    groups.iter().flatten().filter_map(of).flatten().collect()
}

/// Whether a part has this type.
pub(super) fn is(part: &mail_parser::MessagePart<'_>, kind: &str, subtype: &str) -> bool {
    part.content_type().is_some_and(|given| {
        given.ctype().eq_ignore_ascii_case(kind)
            && given.subtype().is_some_and(|of| of.eq_ignore_ascii_case(subtype))
    })
}

fn text(message: &Message<'_>) -> String {
    let text = message.body_text(0).unwrap_or_default();
    clean::lines(&text.chars().take(LONGEST_TEXT).collect::<String>())
}
