//! Secrets that are links: made from the installation's secret, known by their hash.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

use super::base32;
use super::email::folded;
use super::id::{InvitationId, ResponseId};

/// The installation's secret: 32 random bytes from which links are derived, so that a form sent
/// twice leads to the same receipt and a reminder carries the link of its invitation.
#[derive(Clone)]
pub struct Secret([u8; 32]);

/// What a derived link opens. The purpose is part of the derivation: no link opens anything else.
#[derive(Clone, Copy, Debug)]
pub enum Opens {
    /// `/i/{token}`: the form, as one invited contact.
    Invitation,
    /// `/r/{token}`: a respondent's own page.
    Response,
    /// `/g/{token}`: a participant's group and guide.
    Seat,
    /// `/h/{token}`: the page of somebody who leads groups.
    Host,
    /// `/keep-address/{token}`: what takes a change of an organizer's address back.
    AddressBack,
}

impl Secret {
    /// A secret of these bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The link to `id`: 128 bits in 22 characters.
    pub fn link(&self, opens: Opens, id: uuid::Uuid) -> String {
        let digest = self.digest(opens, id);
        URL_SAFE_NO_PAD.encode(digest.get(..16).unwrap_or_default())
    }

    /// The response that the form with this key makes, each time it is sent. Whoever comes to
    /// know a response's id, from an export for instance, cannot speak for it: only the key can.
    pub fn response_of_form(&self, key: uuid::Uuid) -> ResponseId {
        self.response(b"response of a form", key)
    }

    /// The one response that an invitation leads to.
    pub fn response_of(&self, invitation: InvitationId) -> ResponseId {
        self.response(b"response of an invitation", invitation.0)
    }

    fn response(&self, purpose: &[u8], id: uuid::Uuid) -> ResponseId {
        ResponseId(random_looking(&self.keyed(purpose, id.as_bytes())))
    }

    /// The code on a receipt, which a person can read aloud: 8 characters without I, O, Q, 1, 0.
    /// It names the response; it opens nothing.
    pub fn code(&self, id: uuid::Uuid) -> String {
        const ALPHABET: &[u8; 31] = b"ABCDEFGHJKLMNPRSTUVWXYZ23456789";
        let digest = self.digest(Opens::Response, id);
        let mut code = String::new();
        for (place, byte) in digest.iter().skip(16).take(8).enumerate() {
            if place == 4 {
                code.push('-');
            }
            let letter = ALPHABET.get(usize::from(*byte) % ALPHABET.len());
            code.extend(letter.map(|l| char::from(*l)));
        }
        code
    }

    /// A name for something that must not be told by its own: the same each time, and nobody
    /// without the secret can tell what it is for.
    pub fn reference(&self, of: &str) -> String {
        let keyed = self.keyed(b"reference", of.as_bytes());
        hex(keyed.get(..8).unwrap_or_default())
    }

    /// What is kept of a mail address that must not be written to: a keyed hash, which says
    /// nothing about whose it is to somebody who has only the database.
    pub fn address_hash(&self, folded: &str) -> String {
        hex(&self.keyed(b"address", folded.as_bytes()))
    }

    /// The same for the addressee of a message, whose domain is in ASCII already.
    pub fn recipient_hash(&self, recipient: &str) -> String {
        self.address_hash(&folded(recipient))
    }

    /// What proves that an address which says this message came back was made by us: 80 bits in
    /// 16 small letters and digits, which survive servers that change the case.
    pub fn bounce_tag(&self, message: uuid::Uuid) -> String {
        self.tag(b"bounce", &[message])
    }

    /// Whether this is the tag of this message.
    pub fn is_bounce_tag(&self, message: uuid::Uuid, tag: &str) -> bool {
        self.is_tag(b"bounce", &[message], tag)
    }

    /// What proves that whoever asks to stop mails got this invitation.
    pub fn stop_tag(&self, invitation: uuid::Uuid) -> String {
        self.tag(b"stop by mail", &[invitation])
    }

    /// Whether this is the tag of this invitation.
    pub fn is_stop_tag(&self, invitation: uuid::Uuid, tag: &str) -> bool {
        self.is_tag(b"stop by mail", &[invitation], tag)
    }

    /// What proves that whoever names this person's seat in this group got the mail about it.
    pub fn seat_tag(&self, group: uuid::Uuid, one: uuid::Uuid) -> String {
        self.tag(b"seat in a calendar", &[group, one])
    }

    /// Whether this is the tag of this seat.
    pub fn is_seat_tag(&self, group: uuid::Uuid, one: uuid::Uuid, tag: &str) -> bool {
        self.is_tag(b"seat in a calendar", &[group, one], tag)
    }

    /// Whether two secrets are the same, in a time that tells nothing about where they differ.
    pub fn are_same(&self, one: &str, other: &str) -> bool {
        let mut mac = self.mac(b"compared");
        mac.update(one.as_bytes());
        mac.verify_slice(&self.keyed(b"compared", other.as_bytes())).is_ok()
    }

    fn tag(&self, purpose: &[u8], of: &[uuid::Uuid]) -> String {
        let digest: [u8; 32] = self.tagging(purpose, of).finalize().into_bytes().into();
        base32::encode(digest.get(..10).unwrap_or_default())
    }

    fn is_tag(&self, purpose: &[u8], of: &[uuid::Uuid], tag: &str) -> bool {
        let tag = base32::decode(tag).filter(|tag| tag.len() == 10);
        tag.is_some_and(|tag| self.tagging(purpose, of).verify_truncated_left(&tag).is_ok())
    }

    fn tagging(&self, purpose: &[u8], of: &[uuid::Uuid]) -> Hmac<Sha256> {
        let mut mac = self.mac(purpose);
        for id in of {
            mac.update(id.as_bytes());
        }
        mac
    }

    /// The moment at which the form with this key was drawn, in whole seconds, signed: nobody
    /// else can say so, and not for another form.
    pub fn drawn(&self, key: &str, at: DateTime<Utc>) -> String {
        let seconds = at.timestamp();
        let mac = self.drawing(key, seconds).finalize().into_bytes();
        format!("{seconds}.{}", URL_SAFE_NO_PAD.encode(mac.get(..16).unwrap_or_default()))
    }

    /// When the form with this key was drawn, if `said` is what [`Secret::drawn`] said of it.
    pub fn drawn_at(&self, key: &str, said: &str) -> Option<DateTime<Utc>> {
        let (seconds, mac) = said.split_once('.')?;
        let seconds: i64 = seconds.parse().ok()?;
        let mac = URL_SAFE_NO_PAD.decode(mac).ok().filter(|mac| mac.len() == 16)?;
        self.drawing(key, seconds).verify_truncated_left(&mac).ok()?;
        DateTime::from_timestamp(seconds, 0)
    }

    fn drawing(&self, key: &str, seconds: i64) -> Hmac<Sha256> {
        let mut mac = self.mac(b"form drawn");
        mac.update(&seconds.to_be_bytes());
        mac.update(key.as_bytes());
        mac
    }

    /// The secret with which a webhook's notices are signed, the `generation`th of it.
    pub fn webhook(&self, id: uuid::Uuid, generation: i32) -> [u8; 32] {
        let mut of = id.as_bytes().to_vec();
        of.extend(generation.to_be_bytes());
        self.keyed(b"webhook", &of)
    }

    /// The key with which submissions are encrypted while they wait for the database.
    pub fn spool_key(&self) -> [u8; 32] {
        self.keyed(b"spool", b"")
    }

    fn digest(&self, opens: Opens, id: uuid::Uuid) -> [u8; 32] {
        let purpose: &[u8] = match opens {
            Opens::Invitation => b"invitation",
            Opens::Response => b"response",
            Opens::Seat => b"seat",
            Opens::Host => b"host",
            Opens::AddressBack => b"address back",
        };
        self.keyed(purpose, id.as_bytes())
    }

    fn keyed(&self, purpose: &[u8], of: &[u8]) -> [u8; 32] {
        let mut mac = self.mac(purpose);
        mac.update(of);
        mac.finalize().into_bytes().into()
    }

    fn mac(&self, purpose: &[u8]) -> Hmac<Sha256> {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length (RFC 2104)")]
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("a key");
        mac.update(purpose);
        mac
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Bytes as text that addresses, cookies and forms can hold (RFC 4648, base64url).
pub fn base64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What [`base64`] made, read again.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// A random token of 256 bits, for sessions and sign-in links.
pub fn random(bytes: [u8; 32]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What is stored of a token: its SHA-256, in hexadecimal.
pub fn hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// A name that looks random and is the same for the same text each time: from its SHA-256.
pub fn id_of(text: &str) -> uuid::Uuid {
    let digest: [u8; 32] = Sha256::digest(text.as_bytes()).into();
    random_looking(&digest)
}

/// A UUID of version 4 from the first half of a digest.
fn random_looking(digest: &[u8; 32]) -> uuid::Uuid {
    let bytes = digest.first_chunk::<16>().copied().unwrap_or_default();
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// A print of several pieces of bytes: the SHA-256 of their lengths and themselves.
pub fn print(pieces: &[&[u8]]) -> String {
    let mut digest = Sha256::new();
    for piece in pieces {
        digest.update(piece.len().to_string());
        digest.update(b":");
        digest.update(piece);
    }
    hex(&digest.finalize())
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_differ_by_purpose_and_by_id() {
        let secret = Secret::new([7; 32]);
        let (one, two) = (uuid::Uuid::from_u128(1), uuid::Uuid::from_u128(2));
        let links = [
            secret.link(Opens::Invitation, one),
            secret.link(Opens::Response, one),
            secret.link(Opens::Seat, one),
            secret.link(Opens::Response, two),
            Secret::new([8; 32]).link(Opens::Response, one),
        ];
        let distinct: std::collections::BTreeSet<_> = links.iter().collect();
        assert_eq!(distinct.len(), links.len());
        assert!(links.iter().all(|l| l.len() == 22));
        assert_eq!(secret.code(one).len(), 9);
    }

    #[test]
    fn a_form_and_an_invitation_always_lead_to_their_own_response() {
        let (secret, one) = (Secret::new([7; 32]), uuid::Uuid::from_u128(1));
        assert_eq!(secret.response_of_form(one), secret.response_of_form(one));
        assert_ne!(secret.response_of_form(one), ResponseId(one));
        assert_ne!(secret.response_of_form(one), secret.response_of(InvitationId(one)));
        assert_ne!(secret.response_of_form(one), Secret::new([8; 32]).response_of_form(one));
    }

    #[test]
    fn only_we_can_say_when_a_form_was_drawn() {
        let secret = Secret::new([7; 32]);
        let at = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        let said = secret.drawn("key", at);
        assert_eq!(secret.drawn_at("key", &said), Some(at));
        assert_eq!(secret.drawn_at("other", &said), None);
        assert_eq!(Secret::new([8; 32]).drawn_at("key", &said), None);
        for forged in
            ["", "1", "1700000000.", "1699999999.AAAAAAAAAAAAAAAAAAAAAA", "x.y", "..", "中"]
        {
            assert_eq!(secret.drawn_at("key", forged), None, "{forged}");
        }
        let (_, mac) = said.split_once('.').unwrap();
        assert_eq!(secret.drawn_at("key", &format!("1699999999.{mac}")), None);
        // A shortened signature is none.
        assert_eq!(secret.drawn_at("key", said.get(..said.len() - 2).unwrap()), None);
    }

    #[test]
    fn only_we_can_tag_what_comes_back() {
        let (secret, one, two) =
            (Secret::new([7; 32]), uuid::Uuid::from_u128(1), uuid::Uuid::from_u128(2));
        let tag = secret.bounce_tag(one);
        assert_eq!(tag.len(), 16);
        assert!(secret.is_bounce_tag(one, &tag) && secret.is_bounce_tag(one, &tag.to_uppercase()));
        assert!(!secret.is_bounce_tag(two, &tag));
        assert!(!Secret::new([8; 32]).is_bounce_tag(one, &tag));
        for forged in ["", "a", "aaaaaaaaaaaaaaaa", tag.get(..8).unwrap(), &format!("{tag}aa")] {
            assert!(!secret.is_bounce_tag(one, forged), "{forged}");
        }
        let seat = secret.seat_tag(one, two);
        assert!(secret.is_seat_tag(one, two, &seat) && !secret.is_seat_tag(two, one, &seat));
        assert!(secret.are_same("abc", "abc"));
        assert!(!secret.are_same("abc", "abd") && !secret.are_same("abc", ""));
    }

    #[test]
    fn a_token_is_stored_as_its_sha_256() {
        // FIPS 180-2, the example "abc".
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hash("abc"), known);
    }
}
