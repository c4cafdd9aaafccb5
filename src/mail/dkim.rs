//! DKIM signatures (RFC 6376) with RSA and Ed25519 (RFC 8463): the sender's domain vouches for a
//! mail, and for the way to unsubscribe in it (RFC 8058).
//!
//! Written here because the libraries that sign take the time from the clock, so that a mail sent
//! again would be another mail; this one is told the time, and gives the same bytes each time.

use std::fmt::Write as _;

use anyhow::{Context as _, bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;
use sha2::{Digest as _, Sha256};

mod relaxed;

/// What is signed where it is there. Content-Type among them: another one would show the text in
/// another way.
const SIGNED: [&str; 13] = [
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Auto-Submitted",
    "In-Reply-To",
];

/// Signed once more than they are there, so that nobody can add a second one (RFC 6376, 8.15).
const CLOSED: [&str; 2] = ["From", "Subject"];

/// The shortest RSA key, in bits: RFC 8301 asks signers for at least as many.
const RSA_BITS: usize = 2048;

/// `rsaEncryption` with no parameters, as a public key names it (RFC 3279, 2.3.1).
const RSA_NAME: [u8; 15] =
    [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];

/// Signs mails in the name of one domain.
#[derive(Debug)]
pub struct Signer {
    domain: String,
    keys: Vec<Key>,
}

#[derive(Debug)]
struct Key {
    selector: String,
    pair: Pair,
}

#[derive(Debug)]
enum Pair {
    Rsa(Box<RsaKeyPair>),
    Ed25519(Box<Ed25519KeyPair>),
}

/// What has to stand in the domain's DNS so that others can check the signatures of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// `SELECTOR._domainkey.DOMAIN`
    pub name: String,
    /// The text of the TXT record.
    pub text: String,
}

impl Signer {
    /// A signer without keys: what it is given stays as it is.
    pub fn new(domain: &str) -> Self {
        Self { domain: domain.to_owned(), keys: vec![] }
    }

    /// Whether it signs at all.
    pub fn signs(&self) -> bool {
        !self.keys.is_empty()
    }

    /// Takes a private key: PEM, RSA (PKCS #1 or #8) or Ed25519 (PKCS #8).
    ///
    /// # Errors
    /// A text that is no such key, an RSA key under 2048 bits, a selector that is no domain name.
    pub fn add(&mut self, selector: &str, pem: &[u8]) -> anyhow::Result<()> {
        let label = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        ensure!(
            selector.len() <= 60 && selector.split('.').all(label),
            "a selector is a name such as colloquy or mail.2027, not {selector:?}"
        );
        let pair = match PrivateKeyDer::from_pem_slice(pem).context("not a private key in PEM")? {
            PrivateKeyDer::Pkcs1(der) => rsa(RsaKeyPair::from_der(der.secret_pkcs1_der()))?,
            PrivateKeyDer::Pkcs8(der) => {
                let der = der.secret_pkcs8_der();
                match Ed25519KeyPair::from_pkcs8_maybe_unchecked(der) {
                    Ok(pair) => Pair::Ed25519(Box::new(pair)),
                    Err(_not_ed25519) => rsa(RsaKeyPair::from_pkcs8(der))?,
                }
            }
            _ => bail!("the key is neither RSA nor Ed25519"),
        };
        self.keys.push(Key { selector: selector.to_owned(), pair });
        Ok(())
    }

    /// What the DNS has to say for each key.
    pub fn records(&self) -> Vec<Record> {
        let record = |key: &Key| Record {
            name: format!("{}._domainkey.{}", key.selector, self.domain),
            text: key.pair.record(),
        };
        self.keys.iter().map(record).collect()
    }

    /// The mail with a signature of each key before it; `at` is when it was made. The same mail
    /// gives the same bytes.
    ///
    /// # Errors
    /// A key that cannot sign.
    pub fn sign(&self, raw: &[u8], at: DateTime<Utc>) -> anyhow::Result<Vec<u8>> {
        let mut signed = Vec::with_capacity(raw.len() + 1024 * self.keys.len());
        if self.signs() {
            let (headers, body) = relaxed::parts(raw);
            let chosen = chosen(&headers);
            let hash = STANDARD.encode(Sha256::digest(relaxed::body(body)));
            for key in &self.keys {
                let text = self.signature(key, &chosen, &hash, at)?;
                signed.extend_from_slice(text.as_bytes());
            }
        }
        signed.extend_from_slice(raw);
        Ok(signed)
    }

    fn signature(
        &self,
        key: &Key,
        chosen: &Chosen<'_>,
        hash: &str,
        at: DateTime<Utc>,
    ) -> anyhow::Result<String> {
        let mut text = format!(
            "DKIM-Signature: v=1; a={}; c=relaxed/relaxed;\r\n d={};\r\n s={}; t={};\r\n h={};\r\n bh={hash};\r\n b=",
            key.pair.algorithm(),
            self.domain,
            key.selector,
            at.timestamp(),
            chosen.names.join(":\r\n  "),
        );
        let mut input = Vec::new();
        for header in &chosen.headers {
            input.extend_from_slice(&relaxed::header(header));
            input.extend_from_slice(b"\r\n");
        }
        // The signature signs itself too, without its value and without a line end.
        input.extend_from_slice(&relaxed::header(text.as_bytes()));
        let value = STANDARD.encode(key.pair.sign(&input)?);
        let mut rest = value.as_str();
        while let Some((line, more)) = rest.split_at_checked(72) {
            write!(text, "{line}\r\n  ")?;
            rest = more;
        }
        text.push_str(rest);
        text.push_str("\r\n");
        Ok(text)
    }
}

fn rsa(pair: Result<RsaKeyPair, ring::error::KeyRejected>) -> anyhow::Result<Pair> {
    let pair = pair.map_err(|error| anyhow::anyhow!("the key cannot be used: {error}"))?;
    let bits = pair.public().modulus_len() * 8;
    ensure!(bits >= RSA_BITS, "the RSA key has {bits} bits; {RSA_BITS} are the least");
    Ok(Pair::Rsa(Box::new(pair)))
}

impl Pair {
    /// As the tag `a=` names it.
    fn algorithm(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "rsa-sha256",
            Self::Ed25519(_) => "ed25519-sha256",
        }
    }

    fn sign(&self, input: &[u8]) -> anyhow::Result<Vec<u8>> {
        match self {
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), input, &mut signature)
                    .map_err(|ring::error::Unspecified| anyhow::anyhow!("the key cannot sign"))?;
                Ok(signature)
            }
            // RFC 8463, 3: Ed25519 signs the hash, not the text.
            Self::Ed25519(pair) => Ok(pair.sign(&Sha256::digest(input)).as_ref().to_vec()),
        }
    }

    fn record(&self) -> String {
        match self {
            Self::Rsa(pair) => {
                let public = STANDARD.encode(public_key_info(pair.public().as_ref()));
                format!("v=DKIM1; k=rsa; p={public}")
            }
            Self::Ed25519(pair) => {
                format!("v=DKIM1; k=ed25519; p={}", STANDARD.encode(pair.public_key().as_ref()))
            }
        }
    }
}

/// An RSA key as `SubjectPublicKeyInfo` (RFC 5280, 4.1): what `p=` holds everywhere, whatever
/// RFC 6376 calls it.
fn public_key_info(key: &[u8]) -> Vec<u8> {
    let mut bits = vec![0];
    bits.extend_from_slice(key);
    let mut inner = RSA_NAME.to_vec();
    inner.extend(tagged(0x03, &bits));
    tagged(0x30, &inner)
}

/// A value in DER with its tag and length.
fn tagged(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = value.len().to_be_bytes();
    let length: Vec<u8> = length.into_iter().skip_while(|byte| *byte == 0).collect();
    let mut out = vec![tag];
    if value.len() >= 0x80 {
        out.push(0x80 | u8::try_from(length.len()).unwrap_or(0));
    }
    out.extend(length);
    out.extend_from_slice(value);
    out
}

/// The headers of a mail that are signed, in the order of their names.
struct Chosen<'a> {
    names: Vec<&'static str>,
    headers: Vec<&'a [u8]>,
}

fn chosen<'a>(headers: &[&'a [u8]]) -> Chosen<'a> {
    let mut chosen = Chosen { names: vec![], headers: vec![] };
    for name in SIGNED {
        // The last of a name comes first (RFC 6376, 5.4.2).
        for header in headers.iter().rev().filter(|header| relaxed::is_named(header, name)) {
            chosen.names.push(name);
            chosen.headers.push(header);
        }
        if CLOSED.contains(&name) {
            chosen.names.push(name);
        }
    }
    chosen
}

#[cfg(test)]
mod tests;
