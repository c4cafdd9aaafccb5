//! Addresses for mail.

use std::borrow::Cow;
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

/// A mail address as people write it: a domain that stands in its ASCII form, as it does on the
/// wire, in the letters that it stands for.
pub fn written(address: &str) -> Cow<'_, str> {
    let Some((user, domain)) = address.rsplit_once('@') else { return address.into() };
    let shown = written_domain(domain);
    if shown == domain { address.into() } else { format!("{user}@{shown}").into() }
}

/// The same for a domain alone.
pub fn written_domain(domain: &str) -> Cow<'_, str> {
    if !domain.to_ascii_lowercase().contains("xn--") {
        return domain.into();
    }
    let (shown, fits) = idna::domain_to_unicode(domain);
    // What does not lead back to the same mailbox would name another.
    let same = ascii_domain(&shown).is_some_and(|back| back.eq_ignore_ascii_case(domain));
    if fits.is_ok() && same { shown.into() } else { domain.into() }
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
    fn an_address_is_shown_in_the_letters_it_was_written_in() {
        for address in ["张三@例子.中国", "a@bücher.example", "a@例え.jp", "ada@example.org", "x"]
        {
            let wire = address.parse::<Email>().map_or(address.to_owned(), |one| one.folded());
            assert_eq!(written(&wire), address);
        }
        for odd in ["a@xn--a.example", "a@xn--.de", "a@XN--99999999.de", "a@xn--ls8h=.la"] {
            assert_eq!(written(odd), odd, "what stands for nothing stays");
        }
    }

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
