//! How mail leaves, comes in and is signed.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context as _, ensure};
use lettre::Address;
use lettre::message::Mailbox;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use crate::domain::rates::Rates;
use crate::mail::dkim::Signer;
use crate::mail::imap::ImapServer;
use crate::mail::smtp::SmtpServer;
use crate::mail::verp::LONGEST_LOCAL;

/// How mail leaves.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// A mail server; empty: `.eml` files.
    pub url: SecretString,
    /// The sender.
    pub from: Mailbox,
    /// Where mails come back to; empty: to the sender, without a sign of which it was.
    pub bounces: String,
    /// Mails a second at the most, on all nodes together; 0: any number.
    pub per_second: u32,
    /// Mails on their way to the server at once, from each node.
    pub connections: u32,
    /// Mails a minute to one domain that is not named, on all nodes together; 0: any number.
    pub per_minute: u32,
    /// Mails a minute to these domains; 0: any number.
    pub domains: BTreeMap<String, u32>,
    /// Mails on the first day with mails, the second, and so on.
    #[serde(deserialize_with = "super::several")]
    pub warm_up: Vec<u32>,
    /// Seconds without a sign of life after which a node has lost the mails it had claimed.
    pub lease_seconds: u32,
    /// Hours until a mail is given up.
    pub hours: u32,
    /// Days between a mail to a contact and the next reminder, at least.
    pub reminder_days: u32,
}

/// How mail comes in: any of these ways, or none.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inbound {
    /// What whoever posts a mail has to show; empty: nobody can.
    pub token: SecretString,
    /// Where to listen for LMTP; empty: nowhere.
    pub lmtp: String,
    /// A mailbox to look into; empty: none.
    pub imap: SecretString,
    /// Seconds between two looks.
    pub imap_seconds: u32,
}

impl Inbound {
    /// Whether mail can come in at all.
    pub fn is_open(&self) -> bool {
        !self.token.expose_secret().is_empty()
            || !self.lmtp.is_empty()
            || !self.imap.expose_secret().is_empty()
    }

    /// The mailbox to look into, if one is set.
    pub fn mailbox(&self) -> Option<ImapServer> {
        self.imap.expose_secret().parse().ok()
    }

    pub(super) fn check(&self) -> anyhow::Result<()> {
        let token = self.token.expose_secret();
        ensure!(token.is_empty() || token.len() >= 20, "inbound.token has 20 characters at least");
        ensure!(
            self.lmtp.is_empty()
                || self.lmtp.starts_with("unix:/")
                || self.lmtp.parse::<SocketAddr>().is_ok_and(|address| address.ip().is_loopback()),
            "inbound.lmtp is unix:/PATH or an address of this machine such as 127.0.0.1:2424"
        );
        if !self.imap.expose_secret().is_empty() {
            self.imap.expose_secret().parse::<ImapServer>().context("inbound.imap")?;
        }
        Ok(())
    }
}

impl Mail {
    pub(super) fn check(&self) -> anyhow::Result<()> {
        let url = self.url.expose_secret();
        if !url.is_empty() {
            url.parse::<SmtpServer>().context("mail.url")?;
        }
        ensure!(
            self.bounces.is_empty()
                || self.bounces.parse::<Address>().is_ok_and(|address| {
                    address.user().len() <= LONGEST_LOCAL && !address.user().contains('+')
                }),
            "mail.bounces is a mail address with at most {LONGEST_LOCAL} characters, and no +, before its @"
        );
        Ok(())
    }

    /// What envelope senders are made of, if mails that come back are to be told apart.
    pub fn returns_to(&self) -> Option<Address> {
        self.bounces.parse().ok()
    }

    /// The mail server, if one is set; [`super::Settings::load`] has checked that it can be read.
    pub fn server(&self) -> Option<SmtpServer> {
        self.url.expose_secret().parse().ok()
    }

    /// Whether one is set.
    pub fn has_server(&self) -> bool {
        !self.url.expose_secret().is_empty()
    }

    /// How fast mails may leave.
    pub fn rates(&self) -> Rates {
        let domains = self.domains.iter().map(|(name, rate)| (name.to_lowercase(), *rate));
        Rates {
            per_second: self.per_second,
            per_minute: self.per_minute,
            domains: domains.collect(),
            days: self.warm_up.clone(),
        }
    }
}

/// What mails are signed with: keys of the sender's domain (RFC 6376).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dkim {
    /// The selector of the RSA key.
    pub rsa_selector: String,
    /// Its file; empty: none.
    pub rsa_key: PathBuf,
    /// The selector of the Ed25519 key.
    pub ed25519_selector: String,
    /// Its file; empty: none.
    pub ed25519_key: PathBuf,
}

impl Dkim {
    /// Signs in the name of this domain.
    ///
    /// # Errors
    /// A file that cannot be read, or is no such key.
    pub fn signer(&self, domain: &str) -> anyhow::Result<Signer> {
        let mut signer = Signer::new(domain);
        let keys =
            [(&self.rsa_selector, &self.rsa_key), (&self.ed25519_selector, &self.ed25519_key)];
        for (selector, file) in keys {
            if !file.as_os_str().is_empty() {
                let of = || format!("the key that mails are signed with, {}", file.display());
                signer.add(selector, &std::fs::read(file).with_context(of)?).with_context(of)?;
            }
        }
        Ok(signer)
    }
}
