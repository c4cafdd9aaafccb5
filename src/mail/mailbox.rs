//! Names and addresses as a mail header can bear them.

use lettre::Address;
use lettre::message::Mailbox;

use super::clean;
use crate::domain::email::ascii_domain;

/// The longest display name that is written; longer ones end in "…".
pub const LONGEST_NAME: usize = 70;

/// Why an address cannot be written to.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("this is not a mail address that can be written to")]
pub struct InvalidAddress;

/// A mailbox from what people typed. The name is cleaned ([`LONGEST_NAME`] characters at most,
/// one line), an empty name is left out; an international domain is written in its ASCII form.
/// The result never makes a header panic, whatever the name is.
///
/// # Errors
/// If the address is none, or longer than the 254 octets of RFC 5321.
pub fn mailbox(name: &str, address: &str) -> Result<Mailbox, InvalidAddress> {
    Ok(tidy(Mailbox::new(Some(name.to_owned()), self::address(address)?)))
}

/// A mailbox made elsewhere, its name cleaned as in [`mailbox`].
pub fn tidy(mailbox: Mailbox) -> Mailbox {
    let name = mailbox.name.map(|n| clean::line(&n, LONGEST_NAME)).filter(|n| !n.is_empty());
    Mailbox::new(name, mailbox.email)
}

/// An address from what people typed, its domain in ASCII.
///
/// # Errors
/// As [`mailbox`].
pub fn address(typed: &str) -> Result<Address, InvalidAddress> {
    let typed = typed.trim();
    let unfit = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '<' | '>');
    if typed.len() > 254 || typed.contains(unfit) {
        return Err(InvalidAddress);
    }
    let (user, domain) = typed.rsplit_once('@').ok_or(InvalidAddress)?;
    let address = Address::new(user, ascii_domain(domain).ok_or(InvalidAddress)?);
    address.map_err(|_error| InvalidAddress)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn international_domains_become_ascii() {
        // RFC 3492, 7.1 (B), and registered domains.
        let chinese = address("a@他们为什么不说中文.example").unwrap();
        assert_eq!(chinese.domain(), "xn--ihqwcrb4cv8a8dqg056pqjye.example");
        assert_eq!(address("a@bücher.example").unwrap().domain(), "xn--bcher-kva.example");
        assert_eq!(address("a@München.DE").unwrap().domain(), "xn--mnchen-3ya.de");
        assert_eq!(address("a@例え。jp").unwrap().domain(), "xn--r8jz45g.jp");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for wrong in [
            "",
            "ada",
            "a@b\r\nBcc: c@d.e",
            "a b@c.de",
            "<a@b.de>",
            "a@b..de",
            "a@",
            "@b.de",
            &format!("{}@b.de", "x".repeat(300)),
        ] {
            assert_eq!(address(wrong), Err(InvalidAddress), "{wrong}");
        }
    }

    #[test]
    fn a_name_is_cleaned_and_cut() {
        let mailbox = mailbox("Ada\r\nBcc: eve@example.org", "ada@example.org").unwrap();
        assert_eq!(mailbox.name.as_deref(), Some("Ada Bcc: eve@example.org"));
        let long = super::mailbox(&"王".repeat(10_000), "a@b.de").unwrap();
        assert_eq!(long.name.unwrap().chars().count(), 70);
        assert_eq!(super::mailbox(" \r\n\0 ", "a@b.de").unwrap().name, None);
    }
}
