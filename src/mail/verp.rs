//! Addresses of our own that say which message they belong to (variable envelope return paths):
//! `LOCAL+b.MESSAGE.TAG@DOMAIN`, and those that stop mails to the reader of an invitation:
//! `LOCAL+u.INVITATION.TAG@DOMAIN`. The tag is made with the installation's secret, so that nobody
//! who did not get the mail can say that it came back.

use lettre::Address;
use uuid::Uuid;

use crate::domain::{InvitationId, MessageId, base32};

/// The longest local part that leaves room for the rest within 64 octets (RFC 5321, 4.5.3.1.1).
pub const LONGEST_LOCAL: usize = 18;

/// The envelope sender of one message; `None`: the address has no room for it.
pub fn sender(base: &Address, message: MessageId, tag: &str) -> Option<Address> {
    made(base, BOUNCES, message.0, tag)
}

/// The address to which a reader writes to get no more mails; `None`: as with [`sender`], or a link
/// would have to spell it in another way.
pub fn stop(base: &Address, invitation: InvitationId, tag: &str) -> Option<Address> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let fits = base.user().bytes().chain(base.domain().bytes()).all(plain);
    fits.then(|| made(base, STOPS, invitation.0, tag))?
}

/// The letter of addresses to which mails come back, and of those by which mails are stopped.
const BOUNCES: &str = "b";
const STOPS: &str = "u";

fn made(base: &Address, kind: &str, of: Uuid, tag: &str) -> Option<Address> {
    let local = format!("{}+{kind}.{}.{tag}", base.user(), base32::encode(of.as_bytes()));
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
    let (message, tag) = parts(base, BOUNCES, address)?;
    Some(Bears { message: MessageId(message), tag })
}

/// The same for addresses that [`stop`] makes: the invitation, and what proves it.
pub fn read_stop(base: &Address, address: &str) -> Option<(InvitationId, String)> {
    let (invitation, tag) = parts(base, STOPS, address)?;
    Some((InvitationId(invitation), tag))
}

fn parts(base: &Address, kind: &str, address: &str) -> Option<(Uuid, String)> {
    let (local, domain) = address.trim().rsplit_once('@')?;
    if !domain.eq_ignore_ascii_case(base.domain()) {
        return None;
    }
    let (user, rest) = local.split_once('+')?;
    if !user.eq_ignore_ascii_case(base.user()) {
        return None;
    }
    let mut parts = rest.split('.');
    let (of_kind, id, tag) = (parts.next()?, parts.next()?, parts.next()?);
    if !of_kind.eq_ignore_ascii_case(kind) || parts.next().is_some() {
        return None;
    }
    let id = Uuid::from_slice(&base32::decode(id)?).ok()?;
    Some((id, tag.to_ascii_lowercase()))
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
    fn an_address_says_whose_mails_stop() {
        let invitation = InvitationId(Uuid::from_u128(7));
        let address = stop(&base(), invitation, "abcdefgh22222222").unwrap().to_string();
        let said = Some((invitation, "abcdefgh22222222".to_owned()));
        assert_eq!(read_stop(&base(), &address), said);
        assert_eq!(read_stop(&base(), &address.to_uppercase()), said);
        assert_eq!(read(&base(), &address), None, "one is never the other");
        let back = sender(&base(), MessageId(invitation.0), "abcdefgh22222222").unwrap();
        assert_eq!(read_stop(&base(), back.as_ref()), None);
        // In a link it would have to be written in another way, which not every program undoes.
        let odd = "dis%cuss@example.org".parse().unwrap();
        assert_eq!(stop(&odd, invitation, "abcdefgh22222222"), None);
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
