//! One source for both faces of a mail, and its freezing into the bytes that go over the wire.

use std::time::SystemTime;

use chrono::{DateTime, Datelike, Utc};
use lettre::message::header::{ContentType, ContentTypeErr, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use uuid::Uuid;

use super::calendar::Calendar;
use super::{clean, mailbox, render};

/// The longest subject, in characters.
pub const LONGEST_SUBJECT: usize = 78;

/// What a mail says. The plain text and the HTML are both made from it, with the same words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// The language of the words, for `lang` in HTML ([`crate::words::Words::language`]).
    pub language: &'static str,
    /// The writing direction, for `dir` in HTML.
    pub direction: &'static str,
    /// Cut at [`LONGEST_SUBJECT`] characters.
    pub subject: String,
    /// What an inbox shows beside the subject; it is also the first line of the mail, because
    /// hidden text is what spam does.
    pub preheader: Option<String>,
    /// The body, top to bottom.
    pub paragraphs: Vec<Block>,
    /// An appointment that goes with the mail.
    pub calendar: Option<Calendar>,
}

impl Content {
    /// The plain text as it is sent, lines ended by LF: for previews.
    pub fn plain_text(&self) -> String {
        render::plain(self)
    }

    /// The HTML page as it is sent: for previews.
    pub fn html(&self) -> String {
        render::html(self)
    }
}

/// One part of a mail's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph; line ends in it are kept.
    Paragraph(String),
    /// Somebody's own words.
    Quote(String),
    /// The one thing to do: a button, and its address in full.
    Action { label: String, href: String },
    /// A link without ado.
    Link { label: String, href: String },
    /// Labels with their values.
    Facts(Vec<(String, String)>),
    /// What is said in small print.
    Small(String),
    /// A link in small print.
    SmallLink { label: String, href: String },
}

impl Block {
    fn href(&self) -> Option<&str> {
        match self {
            Self::Action { href, .. } | Self::Link { href, .. } | Self::SmallLink { href, .. } => {
                Some(href)
            }
            Self::Paragraph(_) | Self::Quote(_) | Self::Facts(_) | Self::Small(_) => None,
        }
    }
}

/// Who writes to whom, and what the machines between them need to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Also the organizer of the calendar entry.
    pub from: Mailbox,
    /// Where a person's reply goes, if not to `from`.
    pub reply_to: Option<Mailbox>,
    /// Exactly one addressee, who is also the only attendee of the calendar entry.
    pub to: Mailbox,
    /// With its angle brackets; [`message_id`] makes one.
    pub message_id: String,
    /// When the mail was made.
    pub date: DateTime<Utc>,
    /// The list's name without brackets, a dotted name such as `q7.colloquy.example.org` (RFC 2919).
    pub list_id: Option<String>,
    /// The address that unsubscribes by a POST (RFC 8058), `https` or `http` as configured.
    pub unsubscribe: Option<String>,
    /// The address to which any mail unsubscribes, for mail programs that cannot post.
    pub unsubscribe_to: Option<Address>,
    /// Whether a machine wrote it by itself (RFC 3834).
    pub auto_submitted: bool,
}

/// Why a mail cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    #[error("not an address for a link: {0:?}")]
    Link(String),
    #[error("not a message id: {0:?}")]
    MessageId(String),
    #[error("not a list's name: {0:?}")]
    ListId(String),
    #[error("a date outside of the years 1970 to 9999")]
    Date,
    #[error("the header {0} has no valid name")]
    Header(&'static str),
    #[error(transparent)]
    ContentType(#[from] ContentTypeErr),
    #[error(transparent)]
    Mail(#[from] lettre::error::Error),
}

/// A Message-ID: `<kind.32-hex-digits@domain>`, by which support finds a mail again.
pub fn message_id(kind: &str, id: Uuid, domain: &str) -> String {
    format!("<{kind}.{}@{domain}>", id.simple())
}

/// The frozen bytes of one mail (RFC 5322, CRLF). The same envelope and content give the same
/// bytes, always.
///
/// # Errors
/// If a link, the message id, the list's name or a date cannot be written into a mail. Names and
/// texts never fail: they are cleaned.
pub fn build(envelope: &Envelope, content: &Content) -> Result<Vec<u8>, BuildError> {
    check(envelope, content)?;
    let to = mailbox::tidy(envelope.to.clone());
    let mut builder = Message::builder()
        .message_id(Some(envelope.message_id.clone()))
        .date(SystemTime::from(envelope.date))
        .from(mailbox::tidy(envelope.from.clone()))
        .to(to.clone())
        .subject(clean::line(&content.subject, LONGEST_SUBJECT));
    if let Some(reply_to) = &envelope.reply_to {
        builder = builder.reply_to(mailbox::tidy(reply_to.clone()));
    }
    for (name, value) in extra_headers(envelope) {
        builder = builder.raw_header(header(name, value)?);
    }

    let alternative = MultiPart::alternative()
        .boundary(boundary("alternative", &envelope.message_id))
        .singlepart(SinglePart::plain(content.plain_text()))
        .singlepart(SinglePart::html(content.html()));
    let Some(calendar) = &content.calendar else {
        return Ok(builder.multipart(alternative)?.formatted());
    };

    let ics = calendar.to_ics(&envelope.from.email, &to);
    let method = calendar.method.name();
    // No Content-Disposition here: with one, some clients show no buttons.
    let part = SinglePart::builder()
        .header(ContentType::parse(&format!("text/calendar; method={method}; charset=utf-8"))?)
        .body(ics.clone());
    let file = calendar.method.file_name();
    let attached = ContentType::parse(&format!("application/ics; name=\"{file}\""))?;
    let mixed = MultiPart::mixed()
        .boundary(boundary("mixed", &envelope.message_id))
        .multipart(alternative.singlepart(part))
        .singlepart(Attachment::new(file.to_owned()).body(ics, attached));
    Ok(builder.multipart(mixed)?.formatted())
}

fn check(envelope: &Envelope, content: &Content) -> Result<(), BuildError> {
    let calendar_url = content.calendar.as_ref().and_then(|c| c.url.as_deref());
    let links = content.paragraphs.iter().filter_map(Block::href);
    for link in links.chain(envelope.unsubscribe.as_deref()).chain(calendar_url) {
        if !clean::is_link(link) {
            return Err(BuildError::Link(clean::line(link, 100)));
        }
    }
    if !is_message_id(&envelope.message_id) {
        return Err(BuildError::MessageId(clean::line(&envelope.message_id, 100)));
    }
    if let Some(list) = &envelope.list_id
        && !is_dotted_name(list)
    {
        return Err(BuildError::ListId(clean::line(list, 100)));
    }
    let calendar_dates = content.calendar.iter().flat_map(|c| [c.starts, c.stamp, c.ends()]);
    for date in std::iter::once(envelope.date).chain(calendar_dates) {
        if !(1970..=9999).contains(&date.year()) {
            return Err(BuildError::Date);
        }
    }
    Ok(())
}

fn is_message_id(id: &str) -> bool {
    let inner = id.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    inner.is_some_and(|inner| {
        inner.len() <= 250
            && inner.split('@').count() == 2
            && !inner.starts_with('@')
            && !inner.ends_with('@')
            && inner
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.@".contains(&b))
    })
}

fn is_dotted_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 250
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

fn extra_headers(envelope: &Envelope) -> Vec<(&'static str, String)> {
    let mut headers = vec![];
    if let Some(list) = &envelope.list_id {
        headers.push(("List-Id", format!("<{list}>")));
    }
    if let Some(address) = &envelope.unsubscribe {
        let by_mail = envelope.unsubscribe_to.as_ref();
        let by_mail = by_mail.map(|to| format!(", <mailto:{to}?subject=unsubscribe>"));
        let by_mail = by_mail.unwrap_or_default();
        headers.push(("List-Unsubscribe", format!("<{address}>{by_mail}")));
        headers.push(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
    }
    if envelope.auto_submitted {
        headers.push(("Auto-Submitted", "auto-generated".to_owned()));
    }
    headers
}

/// A header on one line. The values were checked to be printable ASCII; a folded
/// List-Unsubscribe breaks the signatures of some relays.
fn header(name: &'static str, value: String) -> Result<HeaderValue, BuildError> {
    let header =
        HeaderName::new_from_ascii(name.to_owned()).map_err(|_invalid| BuildError::Header(name))?;
    Ok(HeaderValue::dangerous_new_pre_encoded(header, value.clone(), value))
}

/// A boundary that is the same each time, and that nobody who writes a text can know before the
/// mail has its id.
fn boundary(kind: &str, message_id: &str) -> String {
    let id: String = message_id.chars().filter(char::is_ascii_alphanumeric).take(48).collect();
    format!("{kind}-{id}")
}
