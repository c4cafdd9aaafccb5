//! The appointment that goes with a mail (RFC 5545, RFC 5546): one event, in UTC, for one person.
//!
//! Written here property by property, in a fixed order, so that the same appointment is the same
//! bytes today and tomorrow. The others in the group never appear in it: a calendar copies
//! attendees to everybody.

use chrono::{DateTime, TimeDelta, Utc};
use lettre::Address;
use lettre::message::Mailbox;

use super::clean;

/// What the appointment asks of the calendar that gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Put it in, or bring it up to date.
    Request,
    /// Take it out.
    Cancel,
}

impl Method {
    /// As iTIP writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }

    /// The name of the attachment.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Request => "invite.ics",
            Self::Cancel => "cancel.ics",
        }
    }
}

/// One appointment, as of one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    pub method: Method,
    /// Made once for each group and never changed: `d17-g2@host`.
    pub uid: String,
    /// 0 at first, one more at each change of time or place and at the cancellation.
    pub sequence: u32,
    /// When this version was decided.
    pub stamp: DateTime<Utc>,
    pub starts: DateTime<Utc>,
    /// How long it takes.
    pub minutes: u32,
    pub summary: String,
    pub description: String,
    /// Where: a room, or an address to click.
    pub location: String,
    /// A page about it, `http` or `https`.
    pub url: Option<String>,
    /// Whether an answer by mail is read, so that calendars may offer to send one.
    pub replies: bool,
}

impl Calendar {
    /// When it is over.
    pub fn ends(&self) -> DateTime<Utc> {
        let length = TimeDelta::minutes(i64::from(self.minutes));
        self.starts.checked_add_signed(length).unwrap_or(self.starts)
    }

    /// The iCalendar text: CRLF, lines of at most 75 octets, the same bytes each time.
    /// `organizer` must be the sender of the mail and `attendee` its addressee, or calendars will
    /// not take changes from it.
    pub fn to_ics(&self, organizer: &Address, attendee: &Mailbox) -> String {
        let status = match self.method {
            Method::Request => "CONFIRMED",
            Method::Cancel => "CANCELLED",
        };
        let mut lines = vec![
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".to_owned(),
            "PRODID:-//Colloquy//Discussions//EN".to_owned(),
            "CALSCALE:GREGORIAN".to_owned(),
            format!("METHOD:{}", self.method.name()),
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", text(&clean::line(&self.uid, 200))),
            format!("SEQUENCE:{}", self.sequence),
            format!("DTSTAMP:{}", utc(self.stamp)),
            format!("DTSTART:{}", utc(self.starts)),
            format!("DTEND:{}", utc(self.ends())),
            format!("SUMMARY:{}", text(&clean::line(&self.summary, 200))),
        ];
        if !self.description.is_empty() {
            lines.push(format!("DESCRIPTION:{}", text(&clean::lines(&self.description))));
        }
        if !self.location.is_empty() {
            lines.push(format!("LOCATION:{}", text(&clean::line(&self.location, 500))));
        }
        if let Some(url) = &self.url {
            lines.push(format!("URL:{}", clean::line(url, 900)));
        }
        lines.push(format!("STATUS:{status}"));
        lines.push(format!("ORGANIZER:{}", mailto(organizer)));
        lines.push(self.attendee(attendee));
        lines.push("END:VEVENT".to_owned());
        lines.push("END:VCALENDAR".to_owned());
        lines.iter().map(|line| folded(line)).collect()
    }

    fn attendee(&self, attendee: &Mailbox) -> String {
        let name = attendee.name.as_deref().unwrap_or_default();
        // A quoted parameter cannot hold a quotation mark (RFC 5545, 3.1).
        let name = clean::line(name, 70).replace('"', "'");
        let name = if name.is_empty() { String::new() } else { format!(";CN=\"{name}\"") };
        // RSVP=FALSE where nobody reads a reply by mail: answers are given on the web then.
        let part = match (self.method, self.replies) {
            (Method::Request, true) => ";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE",
            (Method::Request, false) => ";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE",
            (Method::Cancel, _) => ";ROLE=REQ-PARTICIPANT",
        };
        format!("ATTENDEE{name};CUTYPE=INDIVIDUAL{part}:{}", mailto(&attendee.email))
    }
}

fn utc(moment: DateTime<Utc>) -> String {
    moment.format("%Y%m%dT%H%M%SZ").to_string()
}

/// A value of type TEXT (RFC 5545, 3.3.11).
fn text(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for character in value.chars() {
        match character {
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            '\n' => escaped.push_str("\\n"),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// A bare `mailto:` address (RFC 6068): what has a meaning in a URI is written as `%XX`.
fn mailto(address: &Address) -> String {
    let mut uri = "mailto:".to_owned();
    let address: &str = address.as_ref();
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || b"@.+-_~!$'*=".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push('%');
            for half in [byte >> 4, byte & 15] {
                uri.extend(char::from_digit(u32::from(half), 16).map(|d| d.to_ascii_uppercase()));
            }
        }
    }
    uri
}

/// A content line with its CRLF, folded so that no line is longer than 75 octets and no character
/// is cut apart (RFC 5545, 3.1).
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut used = 0;
    for character in line.chars() {
        if used + character.len_utf8() > 75 {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(character);
        used += character.len_utf8();
    }
    out.push_str("\r\n");
    out
}
