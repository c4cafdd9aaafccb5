//! What servers report about a mail: as delivery status notifications (RFC 3464), or in words, as
//! qmail and older Exims do.

use mail_parser::{Message, PartType};

use super::fields::{self, get, typed};
use super::{Incoming, id_in, is, originals};
use crate::mail::clean;
use crate::mail::smtp::Enhanced;

/// What became of the mail to one addressee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The addressee, as the server names it; empty: it does not.
    pub recipient: String,
    /// What it means.
    pub verdict: Verdict,
    /// The enhanced status code, where one is given.
    pub status: Option<Enhanced>,
    /// What the server said; one line of at most 500 characters.
    pub text: String,
}

/// What a report means for the message and its addressee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// There is no such mailbox: not delivered, and never will be.
    NoMailbox,
    /// Given up for now: the mailbox is full, or its server could not be reached for days.
    Soft,
    /// Refused because of us: reputation, signature, our address. The addressee is not to blame.
    OurFault,
    /// Refused for another reason.
    Refused,
    /// Not yet delivered; it is tried further.
    Late,
    /// Delivered, or handed on.
    Arrived,
}

impl Verdict {
    /// Whether the mail did not arrive.
    pub fn is_lost(self) -> bool {
        matches!(self, Self::NoMailbox | Self::Soft | Self::OurFault | Self::Refused)
    }

    /// What a failure with this code means; the same codes blame the same side as while sending.
    fn of_failure(status: Option<Enhanced>) -> Self {
        let Some(Enhanced { class, subject, detail }) = status else { return Self::Refused };
        match (subject, detail) {
            (7, _) | (1, 7 | 8) => Self::OurFault,
            // A full mailbox empties, and a server that did not answer for days may come back.
            (2, 2) | (3, 1 | 2) | (4, 1 | 7) => Self::Soft,
            _ if class == 4 => Self::Soft,
            (1, 1 | 2 | 3 | 6 | 10) | (2, 1) => Self::NoMailbox,
            _ => Self::Refused,
        }
    }
}

/// So many addressees of one report are read; ours have one each.
const MOST: usize = 20;
/// So much of a report in words is read, in bytes.
const WORDS: usize = 64 * 1024;

/// The reports in a mail, and the Message-IDs of the mail that it is about; nothing if it is none.
pub fn of(message: &Message<'_>, incoming: &Incoming) -> (Vec<Report>, Vec<String>) {
    let status = message.parts.iter().find(|part| {
        is(part, "message", "delivery-status") || is(part, "message", "global-delivery-status")
    });
    if let Some(part) = status {
        let text = String::from_utf8_lossy(part.contents());
        let reports: Vec<Report> =
            fields::groups(&text, MOST + 1).iter().filter_map(|group| of_group(group)).collect();
        if !reports.is_empty() {
            return (reports, originals(message));
        }
    }
    match in_words(message, incoming) {
        Some((report, mut ids)) => {
            ids.extend(originals(message));
            (vec![report], ids)
        }
        None => (vec![], vec![]),
    }
}

fn of_group(group: &[(String, String)]) -> Option<Report> {
    let recipient = get(group, "original-recipient").or_else(|| get(group, "final-recipient"))?;
    let action = get(group, "action").unwrap_or_default().to_ascii_lowercase();
    let said = get(group, "diagnostic-code").map(typed).unwrap_or_default();
    let given = get(group, "status").and_then(enhanced);
    // Some servers say only 5.0.0, and what they were told is more exact.
    let vague = given.is_none_or(|code| code.subject == 0 && code.detail == 0);
    let status = if vague { enhanced(said).or(given) } else { given };
    let verdict = match action.split_whitespace().next().unwrap_or_default() {
        "delayed" => Verdict::Late,
        "delivered" | "relayed" | "expanded" => Verdict::Arrived,
        "failed" => Verdict::of_failure(status),
        // Without an action the code alone speaks.
        _ => match status.map(|code| code.class) {
            Some(2) => Verdict::Arrived,
            Some(4) => Verdict::Late,
            Some(5) => Verdict::of_failure(status),
            _ => return None,
        },
    };
    let said = if said.is_empty() { get(group, "status").unwrap_or_default() } else { said };
    let text = clean::line(said, 500);
    Some(Report { recipient: clean::line(typed(recipient), 320), verdict, status, text })
}

/// The first enhanced status code (RFC 3463) in a text: `5.1.1`, `#5.1.1`, `550-5.1.1`.
pub fn enhanced(text: &str) -> Option<Enhanced> {
    text.split(|c: char| !(c.is_ascii_digit() || c == '.')).find_map(|word| {
        let mut parts = word.trim_end_matches('.').split('.').map(|part| {
            let fits = (1..=3).contains(&part.len());
            fits.then(|| part.parse::<u16>().ok()).flatten()
        });
        let (class, subject, detail) = (parts.next()??, parts.next()??, parts.next()??);
        let fits = matches!(class, 2 | 4 | 5) && parts.next().is_none();
        fits.then_some(Enhanced { class, subject, detail })
    })
}

/// How copies of the mail are announced in reports in words.
const COPIES: [&str; 5] = [
    "--- Below this line is a copy of the message",
    "------ This is a copy of the message",
    "------ This is a copy of your message",
    "----- Original message",
    "--- The header of the original message",
];

/// A report in words: from a mail system, about an address in angle brackets or alone on its line.
fn in_words(message: &Message<'_>, incoming: &Incoming) -> Option<(Report, Vec<String>)> {
    let failed = super::head(message, "X-Failed-Recipients");
    let local = incoming.sender.split('@').next().unwrap_or_default().to_ascii_lowercase();
    let system = ["mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon"].contains(&&*local);
    let body = words(message);
    let opens = |text: &str| body.trim_start().starts_with(text);
    let qmail = opens("Hi. This is the ");
    let exim = opens("This message was created automatically by mail delivery software");
    if !(failed.is_some() || (system && (qmail || exim || has_code(&body)))) {
        return None;
    }
    let cut = COPIES.iter().filter_map(|mark| body.find(mark)).min().unwrap_or(body.len());
    let (said, copy) = body.split_at_checked(cut)?;
    let late = exim && said.contains("has not been delivered") && !said.contains("permanent");
    let status = enhanced(said);
    let recipient = failed
        .as_deref()
        .and_then(|all| all.split(',').next())
        .map(str::trim)
        .or_else(|| named(said))
        .unwrap_or_default();
    let verdict = if late || status.is_some_and(|code| code.class == 2) {
        Verdict::Late
    } else {
        Verdict::of_failure(status)
    };
    let after = if recipient.is_empty() { None } else { said.split_once(recipient) };
    let why = after.map_or(said, |(_, why)| why.trim_start_matches(['>', ':', ' ', '\r', '\n']));
    let why: Vec<&str> = why.lines().take_while(|line| !line.trim().is_empty()).take(8).collect();
    let text = clean::line(&why.join(" "), 500);
    let copy = copy.split_once('\n').map_or("", |(_, rest)| rest).trim_start();
    let report = Report { recipient: clean::line(recipient, 320), verdict, status, text };
    Some((report, id_in(copy)))
}

fn has_code(body: &str) -> bool {
    enhanced(body).is_some_and(|code| code.class != 2)
}

fn words(message: &Message<'_>) -> String {
    let whole = message.parts.iter().find_map(|part| match &part.body {
        PartType::Text(text) => Some(text.chars().take(WORDS).collect::<String>()),
        _ => None,
    });
    whole.unwrap_or_default()
}

/// The address that a report in words is about.
fn named(said: &str) -> Option<&str> {
    said.lines().find_map(|line| {
        let line = line.trim().trim_end_matches(':');
        let line = line.trim_start_matches('<').trim_end_matches('>');
        let fits = line.contains('@') && !line.contains(char::is_whitespace) && line.len() < 320;
        fits.then_some(line)
    })
}
