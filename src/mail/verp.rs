//! Addresses of our own that say which message they belong to (variable envelope return paths):
//! `LOCAL+b.MESSAGE.TAG@DOMAIN`. The tag is made with the installation's secret, so that nobody
//! who did not get the mail can say that it came back.

use lettre::Address;
use uuid::Uuid;

use crate::domain::{MessageId, base32};

/// The longest local part that leaves room for the rest within 64 octets (RFC 5321, 4.5.3.1.1).
pub const LONGEST_LOCAL: usize = 18;

/// The envelope sender of one message; `None`: the address has no room for it.
pub fn sender(base: &Address, message: MessageId, tag: &str) -> Option<Address> {
    let of = base32::encode(message.0.as_bytes());
    let local = format!("{}+b.{of}.{tag}", base.user());
    (local.len() <= 64).then(|| Address::new(local, base.domain()).ok())?
}

/// What an address of ours says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bears {
    /// The message it was made for.
    pub message: MessageId,
    /// What proves it.
    pub tag: String,
}

/// What `address` says if it has the form of one that [`sender`] makes of `base`, in any case of
/// letters. Whether the tag is right is not looked at.
pub fn read(base: &Address, address: &str) -> Option<Bears> {
    let (local, domain) = address.trim().rsplit_once('@')?;
    if !domain.eq_ignore_ascii_case(base.domain()) {
        return None;
    }
    let (user, rest) = local.split_once('+')?;
    if !user.eq_ignore_ascii_case(base.user()) {
        return None;
    }
    let mut parts = rest.split('.');
    let kind = parts.next()?;
    let (message, tag) = (parts.next()?, parts.next()?);
    if !kind.eq_ignore_ascii_case("b") || parts.next().is_some() {
        return None;
    }
    let message = Uuid::from_slice(&base32::decode(message)?).ok()?;
    Some(Bears { message: MessageId(message), tag: tag.to_ascii_lowercase() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> Address {
        "discuss@example.org".parse().unwrap()
    }

    #[test]
    fn an_address_says_which_message_it_belongs_to() {
        let message = MessageId(Uuid::from_u128(7));
        let address = sender(&base(), message, "abcdefgh22222222").unwrap().to_string();
        assert!(address.split_once('@').unwrap().0.len() <= 64, "{address}");
        let bears = Bears { message, tag: "abcdefgh22222222".to_owned() };
        assert_eq!(read(&base(), &address), Some(bears.clone()));
        // Some servers change the case, and none may.
        assert_eq!(read(&base(), &address.to_uppercase()), Some(bears));
        let long = format!("{}@example.org", "x".repeat(LONGEST_LOCAL + 1)).parse().unwrap();
        assert_eq!(sender(&long, message, "abcdefgh22222222"), None);
    }

    #[test]
    fn other_addresses_say_nothing() {
        for other in [
            "discuss@example.org",
            "discuss+b@example.org",
            "discuss+b.aaaa.bbbb@example.org",
            "discuss+c.aaaaaaaaaaaaaaaaaaaaaaaaaa.x@example.org",
            "discuss+b.aaaaaaaaaaaaaaaaaaaaaaaaaa.x.y@example.org",
            "discuss+b.aaaaaaaaaaaaaaaaaaaaaaaaaa.x@example.com",
            "others+b.aaaaaaaaaaaaaaaaaaaaaaaaaa.x@example.org",
            "",
            "@",
            "+b..@example.org",
        ] {
            assert_eq!(read(&base(), other), None, "{other}");
        }
    }
}
