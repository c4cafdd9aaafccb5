//! What a calendar answers to an appointment of ours (iTIP `REPLY`, RFC 5546; iCalendar, RFC 5545).
//!
//! Only what is needed is read, line by line: programs differ in everything else, and time zones of
//! their own making must not stand in the way of a yes.

use chrono::{DateTime, NaiveDateTime, Utc};
use mail_parser::{Message, MessageParser, MimeHeaders as _};

use super::is;
use crate::mail::clean;

/// A calendar's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarReply {
    /// Which appointment.
    pub uid: String,
    /// Which version of it.
    pub sequence: u32,
    /// When it was answered, if that is said in UTC.
    pub stamp: Option<DateTime<Utc>>,
    /// When the appointment begins as they know it, if that is said in UTC.
    pub starts: Option<DateTime<Utc>>,
    /// Who answers: an address in small letters.
    pub attendee: String,
    /// What.
    pub part: Part,
    /// What they said beside; one line.
    pub comment: Option<String>,
}

/// Whether somebody comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Yes.
    Accepted,
    /// Perhaps.
    Tentative,
    /// No.
    Declined,
}

/// So much of a calendar is read, in bytes.
const MOST: usize = 256 * 1024;

/// The answer in a mail: `None` if there is none, `Err` with why it cannot be used.
pub fn of(message: &Message<'_>) -> Option<Result<CalendarReply, &'static str>> {
    let mut found = None;
    for part in &message.parts {
        let named = part.attachment_name().is_some_and(|name| {
            name.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case("ics"))
        });
        if !(is(part, "text", "calendar") || is(part, "application", "ics") || named) {
            continue;
        }
        let bytes = part.contents();
        let text = String::from_utf8_lossy(bytes.get(..MOST).unwrap_or(bytes));
        match parse(&text) {
            Some(Ok(reply)) => return Some(Ok(reply)),
            Some(Err(why)) => found = Some(Err(why)),
            None => {}
        }
    }
    found
}

/// When the appointment in a mail begins, if one is in it and says so in UTC: for our own mails.
pub fn starts_of(raw: &[u8]) -> Option<DateTime<Utc>> {
    let message = MessageParser::default().parse(raw)?;
    let part = message.parts.iter().find(|part| is(part, "text", "calendar"))?;
    let unfolded = unfolded(&String::from_utf8_lossy(part.contents()));
    unfolded
        .iter()
        .filter_map(|line| split(line))
        .find(|line| line.name == "DTSTART")
        .and_then(|line| utc(line.value))
}

/// One line of a calendar: its name, its parameters, its value.
struct Line<'a> {
    name: String,
    parameters: &'a str,
    value: &'a str,
}

/// Reads a calendar; `None`: it is no `REPLY`.
pub fn parse(text: &str) -> Option<Result<CalendarReply, &'static str>> {
    let unfolded = unfolded(text);
    let lines: Vec<Line<'_>> = unfolded.iter().filter_map(|line| split(line)).collect();
    let method = lines.iter().find(|line| line.name == "METHOD")?;
    if !method.value.trim().eq_ignore_ascii_case("REPLY") {
        return None;
    }
    Some(event(&lines))
}

fn event(lines: &[Line<'_>]) -> Result<CalendarReply, &'static str> {
    // What lies inside the event counts, not what lies deeper, such as alarms.
    let (mut inside, mut events, mut depth) = (vec![], 0, 0_usize);
    for line in lines {
        let value = line.value.trim().to_ascii_uppercase();
        match line.name.as_str() {
            "BEGIN" if value == "VEVENT" && depth == 0 => {
                events += 1;
                depth = 1;
            }
            "BEGIN" if depth > 0 => depth += 1,
            "END" if depth == 1 && value != "VEVENT" => break,
            "END" if depth > 0 => depth -= 1,
            _ if depth == 1 => inside.push(line),
            _ => {}
        }
    }
    match (events, depth) {
        (0, _) => return Err("the calendar's answer names no appointment"),
        (1, 0) => {}
        (1, _) => return Err("the calendar's answer breaks off"),
        _ => return Err("the calendar's answer names several appointments"),
    }
    let of =
        |name: &str| inside.iter().find(|line| line.name == name).map(|line| line.value.trim());
    let uid = of("UID").filter(|uid| !uid.is_empty() && uid.len() < 1000);
    let uid = unescaped(uid.ok_or("the calendar's answer names no appointment")?);
    let mut attendees = inside.iter().filter(|line| line.name == "ATTENDEE");
    let attendee = attendees.next().ok_or("the calendar's answer does not say whose it is")?;
    if attendees.next().is_some() {
        return Err("the calendar's answer is for several people");
    }
    let part = match parameter(attendee.parameters, "PARTSTAT").as_deref() {
        Some("ACCEPTED") => Part::Accepted,
        Some("TENTATIVE") => Part::Tentative,
        Some("DECLINED") => Part::Declined,
        Some("DELEGATED") => return Err("somebody else is to come instead, which we do not know"),
        _ => return Err("the calendar's answer says neither yes nor no"),
    };
    let sequence = of("SEQUENCE").map_or(Ok(0), str::parse);
    let sequence = sequence.or(Err("the calendar's answer has a version that is no number"))?;
    let comment = of("COMMENT")
        .map(unescaped)
        .or_else(|| parameter_as_is(attendee.parameters, "X-RESPONSE-COMMENT"));
    let comment = comment.map(|comment| clean::line(&comment, 500));
    Ok(CalendarReply {
        uid,
        sequence,
        stamp: of("DTSTAMP").and_then(utc),
        starts: of("DTSTART").and_then(utc),
        attendee: address(attendee.value),
        part,
        comment: comment.filter(|comment| !comment.is_empty()),
    })
}

/// Lines that were folded are one again (RFC 5545, 3.1), whatever ends them.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    for line in text.lines().map(|line| line.trim_end_matches('\r')) {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some(last)) => last.push_str(more),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// `NAME;PARAMETERS:VALUE`; a colon inside of quotation marks does not end the parameters.
fn split(line: &str) -> Option<Line<'_>> {
    let mut quoted = false;
    let colon = line.char_indices().find_map(|(at, c)| {
        quoted ^= c == '"';
        (c == ':' && !quoted).then_some(at)
    })?;
    let (head, value) = line.split_at_checked(colon)?;
    let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
    let name = name.trim().to_ascii_uppercase();
    Some(Line { name, parameters, value: value.strip_prefix(':').unwrap_or_default() })
}

/// A parameter's value in capital letters.
fn parameter(parameters: &str, name: &str) -> Option<String> {
    parameter_as_is(parameters, name).map(|value| value.to_ascii_uppercase())
}

fn parameter_as_is(parameters: &str, name: &str) -> Option<String> {
    let mut quoted = false;
    let parts = parameters.split(|c: char| {
        quoted ^= c == '"';
        c == ';' && !quoted
    });
    let mut named = parts.filter_map(|part| part.split_once('='));
    let (_, value) = named.find(|(of, _)| of.trim().eq_ignore_ascii_case(name))?;
    Some(value.trim().trim_matches('"').to_owned())
}

/// A moment in UTC, `20261007T170000Z`.
fn utc(value: &str) -> Option<DateTime<Utc>> {
    let plain = value.trim().strip_suffix(['Z', 'z'])?;
    NaiveDateTime::parse_from_str(plain, "%Y%m%dT%H%M%S").ok().map(|at| at.and_utc())
}

/// The address of a `mailto:` URI, in small letters, `%XX` turned back (RFC 6068).
fn address(value: &str) -> String {
    let value = value.trim();
    let mail = value.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    let value = mail.and_then(|_| value.get(7..)).unwrap_or(value);
    let mut bytes = vec![];
    let mut rest = value.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let decoded = hex.and_then(|two| u8::from_str_radix(two, 16).ok());
        let decoded = decoded.filter(|_| *byte == b'%');
        bytes.push(decoded.unwrap_or(*byte));
        rest = if decoded.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).trim().to_lowercase()
}

/// A TEXT value as it was meant (RFC 5545, 3.3.11).
fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(other) => text.push(other),
                None => {}
            },
            _ => text.push(character),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPLY: &str = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:u@x\r\nSEQUENCE:2\r\n\
        DTSTAMP:20261007T080000Z\r\nDTSTART;TZID=\"A:B\":20261007T190000\r\n\
        ATTENDEE;CN=\"Ada; \r\n or: so\";PARTSTAT=ACCEPTED;X-RESPONSE-COMMENT=\"a: b\":MAILTO:Ada%2Bx@Example.org\r\n\
        BEGIN:VALARM\r\nATTENDEE:mailto:other@x\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    #[test]
    fn an_answer_is_read_whatever_ends_its_lines() {
        for text in [REPLY.to_owned(), REPLY.replace("\r\n", "\n")] {
            let reply = parse(&text).unwrap().unwrap();
            assert_eq!(
                (reply.uid.as_str(), reply.sequence, reply.part),
                ("u@x", 2, Part::Accepted)
            );
            assert_eq!(reply.attendee, "ada+x@example.org");
            assert_eq!(reply.comment.as_deref(), Some("a: b"));
            assert_eq!(reply.stamp.unwrap().to_rfc3339(), "2026-10-07T08:00:00+00:00");
            assert_eq!(reply.starts, None, "a clock of their own is not guessed");
        }
    }

    #[test]
    fn what_cannot_be_used_says_why() {
        assert_eq!(parse(&REPLY.replace("REPLY", "REQUEST")), None);
        for (from, to, why) in [
            ("END:VEVENT", "X:", "breaks off"),
            ("UID:u@x", "X:", "names no appointment"),
            ("ATTENDEE;", "X-A;", "whose it is"),
            ("PARTSTAT=ACCEPTED", "PARTSTAT=DELEGATED", "somebody else"),
            ("PARTSTAT=ACCEPTED", "X=Y", "neither yes nor no"),
            ("SEQUENCE:2", "SEQUENCE:-2", "no number"),
            ("UID:u@x", "UID:u@x\r\nATTENDEE:mailto:b@x", "several people"),
            ("BEGIN:VEVENT", "BEGIN:VEVENT\r\nEND:VEVENT\r\nBEGIN:VEVENT", "several appointments"),
        ] {
            let said = parse(&REPLY.replacen(from, to, 1)).unwrap().unwrap_err();
            assert!(said.contains(why), "{said}");
        }
    }
}
