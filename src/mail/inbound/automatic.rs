//! Signs that a machine wrote a mail: answers during a holiday, lists, newsletters. Such mails are
//! kept and never answered or handed on (RFC 3834).

use mail_parser::Message;

use super::{Incoming, head};

/// How subjects of automatic answers begin, in small letters, where programs set no other sign.
const SUBJECTS: [&str; 12] = [
    "automatic reply:",
    "automatische antwort:",
    "auto-reply:",
    "autoreply:",
    "auto:",
    "out of office:",
    "out of office re:",
    "abwesenheitsnotiz:",
    "réponse automatique",
    "respuesta automática:",
    "自动回复",
    "自動回覆",
];

/// By which sign a machine wrote it; `None`: there is none.
pub fn sign(message: &Message<'_>, incoming: &Incoming) -> Option<&'static str> {
    let said = |name: &str| head(message, name).map(|value| value.to_ascii_lowercase());
    let submitted = said("Auto-Submitted").unwrap_or_default();
    if !submitted.is_empty() && submitted.split([';', ' ']).next() != Some("no") {
        return Some("it says that it was written by a machine (Auto-Submitted)");
    }
    if incoming.return_path.as_deref() == Some("") {
        return Some("it wants no answer (null return path)");
    }
    for name in ["X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Vacation"] {
        if said(name).is_some_and(|value| value != "no") {
            return Some("it says that it is an automatic answer");
        }
    }
    let bulk = ["bulk", "junk", "list", "auto_reply", "auto-reply"];
    if said("Precedence").is_some_and(|value| bulk.contains(&&*value)) {
        return Some("it says that it went to many (Precedence)");
    }
    if head(message, "List-Id").is_some() || head(message, "List-Unsubscribe").is_some() {
        return Some("it came from a list");
    }
    let local = incoming.sender.split('@').next().unwrap_or_default().to_ascii_lowercase();
    let machines = ["mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply"];
    if machines.contains(&&*local) {
        return Some("its sender is a machine");
    }
    let subject = incoming.subject.to_lowercase();
    if SUBJECTS.iter().any(|start| subject.starts_with(start)) {
        return Some("its subject is that of an automatic answer");
    }
    None
}
