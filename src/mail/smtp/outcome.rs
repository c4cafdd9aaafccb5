//! What became of one attempt to send, and whose fault it is if nothing came of it.

use std::fmt;

use lettre::transport::smtp::{Error, response::Response};

/// How far a conversation with a server had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// No TCP connection, no greeting, or no encryption.
    Connect,
    /// While we said who we are.
    Auth,
    /// The sender's address.
    Sender,
    /// The addressee's address.
    Recipient,
    /// Before the server was ready for the text, or in the middle of it.
    Data,
    /// The server had the whole text.
    Dot,
}

impl Stage {
    /// The word that is kept for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Auth => "auth",
            Self::Sender => "mail_from",
            Self::Recipient => "rcpt_to",
            Self::Data => "data",
            Self::Dot => "dot",
        }
    }
}

/// What became of one attempt. Only `Unknown` leaves a doubt; all others but `Sent` are certain
/// that no server has accepted the mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server has taken it over.
    Sent { code: u16, text: String },
    /// There is no server: the mail is a file now.
    Written { text: String },
    /// Not now: worth trying again later. At [`Stage::Connect`] and [`Stage::Auth`] it is no
    /// news about this mail, and should cost it no attempt.
    Deferred { stage: Stage, code: Option<u16>, text: String },
    /// Never to this address, or not this mail. With `suppress`, the address does not exist.
    /// Without a stage it was never tried.
    Failed { stage: Option<Stage>, code: Option<u16>, text: String, suppress: bool },
    /// The server does not want *us*: settings, reputation, signature. The addressee is not to
    /// blame, and all other mails would fare the same.
    SenderFault { stage: Stage, code: Option<u16>, text: String },
    /// The whole mail was handed over and no answer came: perhaps delivered, perhaps not
    /// (RFC 1047).
    Unknown { text: String },
    /// We held it back ourselves, just before the text: `before_data` said no.
    Withheld { text: String },
}

impl Outcome {
    /// The server's answer as a number, if there was an answer.
    pub fn code(&self) -> Option<u16> {
        match self {
            Self::Sent { code, .. } => Some(*code),
            Self::Deferred { code, .. }
            | Self::Failed { code, .. }
            | Self::SenderFault { code, .. } => *code,
            Self::Written { .. } | Self::Unknown { .. } | Self::Withheld { .. } => None,
        }
    }

    /// What the server said, or what we have to say about it; one line, at most 500 characters.
    pub fn text(&self) -> &str {
        match self {
            Self::Sent { text, .. }
            | Self::Deferred { text, .. }
            | Self::Failed { text, .. }
            | Self::SenderFault { text, .. }
            | Self::Written { text }
            | Self::Unknown { text }
            | Self::Withheld { text } => text,
        }
    }

    /// The server's enhanced status code, if it gave one.
    pub fn enhanced(&self) -> Option<Enhanced> {
        Enhanced::of(self.code()?, self.text())
    }
}

/// An enhanced status code (RFC 3463), such as 5.1.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enhanced {
    pub class: u16,
    pub subject: u16,
    pub detail: u16,
}

impl Enhanced {
    /// The code at the head of an answer, if it agrees with the answer's own (RFC 2034).
    pub fn of(code: u16, text: &str) -> Option<Self> {
        let word = text.split_whitespace().next()?.trim_start_matches('#');
        let mut parts = word.trim_end_matches([':', ',']).split('.').map(|part| {
            let digits = !part.is_empty() && part.len() <= 3;
            (digits && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
        });
        let (class, subject, detail) = (parts.next()??, parts.next()??, parts.next()??);
        (parts.next().is_none() && class == code / 100).then_some(Self { class, subject, detail })
    }
}

impl fmt::Display for Enhanced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

/// What a failed step means. `handed_over` says whether the server may have had the whole mail.
pub(super) fn of_error(stage: Stage, error: &Error, handed_over: bool) -> Outcome {
    let text = error_text(error);
    match error.status().map(u16::from) {
        Some(code) => of_refusal(stage, code, text),
        None if handed_over => Outcome::Unknown {
            text: format!("no answer after the whole mail was handed over ({text})"),
        },
        // A certificate that is not trusted, or a server that lacks what the settings ask for.
        None if stage == Stage::Connect && (error.is_tls() || error.is_client()) => {
            Outcome::SenderFault { stage, code: None, text }
        }
        None if stage == Stage::Auth && error.is_client() => {
            Outcome::SenderFault { stage, code: None, text }
        }
        None => Outcome::Deferred { stage, code: None, text },
    }
}

/// What an answer of 4xx or 5xx means at this stage.
fn of_refusal(stage: Stage, code: u16, text: String) -> Outcome {
    let enhanced = Enhanced::of(code, &text).map(|e| (e.subject, e.detail));
    let code_given = Some(code);
    if !(500..600).contains(&code) {
        return Outcome::Deferred { stage, code: code_given, text };
    }
    let about_us = matches!(stage, Stage::Connect | Stage::Auth | Stage::Sender);
    // 500–504: our commands are not understood; 53x: we are not let in.
    let not_understood = matches!(code, 500..=504 | 530..=538);
    match enhanced {
        Some((7, _) | (1, 7 | 8)) => Outcome::SenderFault { stage, code: code_given, text },
        _ if about_us => Outcome::SenderFault { stage, code: code_given, text },
        // A full mailbox empties, whatever the first digit says.
        Some((2, 2)) => Outcome::Deferred { stage, code: code_given, text },
        Some((1, 1 | 2 | 3 | 6 | 10) | (2, 1)) => {
            Outcome::Failed { stage: Some(stage), code: code_given, text, suppress: true }
        }
        _ if not_understood => Outcome::SenderFault { stage, code: code_given, text },
        _ => Outcome::Failed { stage: Some(stage), code: code_given, text, suppress: false },
    }
}

/// What an unexpected answer of 2xx or 3xx means: the two of us have lost step.
pub(super) fn of_surprise(stage: Stage, response: &Response, handed_over: bool) -> Outcome {
    let text = format!("unexpected answer {}: {}", response.code(), response_text(response));
    if handed_over {
        Outcome::Unknown { text }
    } else {
        Outcome::Deferred { stage, code: None, text }
    }
}

/// The lines of an answer in one.
pub(super) fn response_text(response: &Response) -> String {
    tidy(&response.message().collect::<Vec<_>>().join(" "))
}

fn error_text(error: &Error) -> String {
    let source = std::error::Error::source(error);
    match (error.status(), source) {
        // The answer itself, without our library's words around it.
        (Some(_), Some(source)) => tidy(&source.to_string()),
        _ => tidy(&error.to_string()),
    }
}

/// What a server says is foreign text: one line, no control characters, 500 characters.
pub(super) fn tidy(text: &str) -> String {
    crate::mail::clean::line(text, 500)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(stage: Stage, code: u16, text: &str) -> &'static str {
        match of_refusal(stage, code, text.to_owned()) {
            Outcome::Deferred { .. } => "deferred",
            Outcome::Failed { suppress: true, .. } => "suppress",
            Outcome::Failed { suppress: false, .. } => "failed",
            Outcome::SenderFault { .. } => "sender",
            _ => "other",
        }
    }

    #[test]
    fn a_refusal_finds_the_one_whose_fault_it_is() {
        use Stage::{Auth, Connect, Data, Dot, Recipient, Sender};
        for (stage, code, text, expected) in [
            (Recipient, 550, "5.1.1 No such user", "suppress"),
            (Recipient, 550, "5.1.10 Null MX", "suppress"),
            (Recipient, 550, "5.2.1 Mailbox disabled", "suppress"),
            (Dot, 550, "5.1.1 No such user", "suppress"),
            (Recipient, 552, "5.2.2 Mailbox full", "deferred"),
            (Recipient, 450, "4.2.0 Greylisted", "deferred"),
            (Recipient, 421, "Too many", "deferred"),
            (Dot, 451, "4.3.0 Later", "deferred"),
            (Recipient, 550, "5.7.1 Relaying denied", "sender"),
            (Dot, 550, "5.7.26 Not authenticated", "sender"),
            (Dot, 550, "5.7.515 Access denied", "sender"),
            (Recipient, 550, "5.1.8 Bad sender's address", "sender"),
            (Sender, 550, "Who are you?", "sender"),
            (Auth, 535, "5.7.8 Bad credentials", "sender"),
            (Auth, 454, "4.7.0 Temporary", "deferred"),
            (Connect, 554, "No service", "sender"),
            (Recipient, 503, "Bad sequence", "sender"),
            (Recipient, 530, "Authentication required", "sender"),
            (Recipient, 550, "Go away", "failed"),
            (Dot, 554, "5.6.0 Bad content", "failed"),
            (Data, 554, "No valid recipients", "failed"),
        ] {
            assert_eq!(kind(stage, code, text), expected, "{stage:?} {code} {text}");
        }
    }

    #[test]
    fn enhanced_codes_are_read_at_the_head_only() {
        let of = |code, text| Enhanced::of(code, text).map(|e| e.to_string());
        assert_eq!(of(550, "5.1.1 No such user").as_deref(), Some("5.1.1"));
        assert_eq!(of(550, "#5.7.515: denied").as_deref(), Some("5.7.515"));
        for wrong in ["", "No 5.1.1", "4.1.1 x", "5.1", "5.1.1.1", "5..1", "5.1.9999", "5.+1.1"] {
            assert_eq!(of(550, wrong), None, "{wrong}");
        }
    }
}
