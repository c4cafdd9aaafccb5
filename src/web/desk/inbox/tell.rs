//! Words for what came in.

use maud::{Markup, html};

use crate::domain::status::Arrival;

/// What a mail was, and whether that is good (`on`), bad (`off`) or neither.
pub fn kind(kind: Arrival) -> (&'static str, &'static str) {
    match kind {
        Arrival::Waiting => ("not read yet", ""),
        Arrival::Bounce => ("came back", "off"),
        Arrival::Notice => ("news of a mail", ""),
        Arrival::Complaint => ("unwanted", "off"),
        Arrival::Answer => ("calendar", ""),
        Arrival::Stop => ("stops mails", "off"),
        Arrival::Automatic => ("automatic", ""),
        Arrival::Letter => ("letter", "on"),
        Arrival::Forged => ("forged", "off"),
        Arrival::Unreadable => ("no mail", "off"),
    }
}

/// What a mail was, as a tag.
pub fn tag(of: Arrival) -> Markup {
    let (word, class) = kind(of);
    html! { span.{ "tag " (class) } { (word) } }
}

/// Which way a mail came.
pub fn way(way: &str) -> &'static str {
    match way {
        "http" => "handed over by a program",
        "lmtp" => "from the mail server (LMTP)",
        "imap" => "from the mailbox (IMAP)",
        _ => "in a way that is not known any more",
    }
}
