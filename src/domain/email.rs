//! Addresses for mail.

use std::{fmt, str::FromStr};

use sea_orm::entity::prelude::DeriveValueType;

/// A mail address that a message can be sent to, at most 254 characters (RFC 5321), kept as typed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, DeriveValueType)]
#[sea_orm(value_type = "String")]
pub struct Email(String);

/// Why a text is no mail address.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("this is not a mail address")]
pub struct InvalidEmail;

impl Email {
    /// The address as typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which two addresses are compared: lower case, the domain in ASCII.
    pub fn folded(&self) -> String {
        folded(&self.0)
    }
}

/// [`Email::folded`] of what stands for an address somewhere, whether or not it is one.
pub fn folded(typed: &str) -> String {
    let whole = typed.trim().to_lowercase();
    match whole.rsplit_once('@').map(|(user, domain)| (user, ascii_domain(domain))) {
        Some((user, Some(domain))) => format!("{user}@{domain}"),
        _ => whole,
    }
}

/// A domain as mail servers know it: ASCII, in lower case where it was not (RFC 5891, UTS 46);
/// `None` where it cannot be one.
pub fn ascii_domain(domain: &str) -> Option<String> {
    if domain.is_ascii() {
        return Some(domain.to_owned());
    }
    idna::domain_to_ascii(domain).ok()
}

impl FromStr for Email {
    type Err = InvalidEmail;

    fn from_str(typed: &str) -> Result<Self, InvalidEmail> {
        let typed = typed.trim();
        if typed.len() > 254 || typed.contains(char::is_control) {
            return Err(InvalidEmail);
        }
        typed
            .parse()
            .map(|address: lettre::Address| Self(address.to_string()))
            .or(Err(InvalidEmail))
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_text() {
        assert_eq!(
            " Ada@Example.org ".parse::<Email>().map(|e| e.folded()),
            Ok("ada@example.org".to_owned())
        );
        let [typed, written] = ["ada@Bücher.example", "ada@xn--bcher-kva.example"]
            .map(|typed| typed.parse::<Email>().unwrap().folded());
        assert_eq!(typed, written, "one mailbox, however it is written");
        assert_eq!(folded(" JÖRG@Bücher.Test "), "jörg@xn--bcher-kva.test");
        assert_eq!(folded("Nobody at all"), "nobody at all");
        for wrong in ["", "ada", "ada@", "a@b\r\nBcc: c@d", "a b@c.de", &"x".repeat(300)] {
            assert_eq!(wrong.parse::<Email>(), Err(InvalidEmail), "{wrong}");
        }
    }
}
