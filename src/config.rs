//! Settings: `config/default.toml` says them all; a file, the environment and flags override.
//! The only module that reads the environment.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use config::{Config, Environment, File, FileFormat};
use lettre::Address;
use lettre::message::Mailbox;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use crate::domain::network::Network;
use crate::domain::rates::Rates;
use crate::mail::dkim::Signer;
use crate::mail::imap::ImapServer;
use crate::mail::smtp::SmtpServer;
use crate::mail::verp::LONGEST_LOCAL;

/// Everything that can be set. Unknown names stop the start.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The folder for what is kept.
    pub data: PathBuf,
    /// How to listen.
    pub server: Server,
    /// How much one reader, or one script, may send.
    pub limits: Limits,
    /// Where the database is.
    pub database: Database,
    /// How mail leaves.
    pub mail: Mail,
    /// What mails are signed with.
    pub dkim: Dkim,
    /// How mail comes in.
    pub inbound: Inbound,
    /// Who may propose names and summaries of themes.
    pub narrator: Narrator,
    /// What themes are found with.
    pub themes: Themes,
    /// How organizers stay signed in.
    pub sessions: Sessions,
    /// What is logged.
    pub log: Log,
}

/// How to listen.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Address to listen on.
    pub host: String,
    /// Port to listen on; 0: the system chooses.
    pub port: u16,
    /// What links begin with; empty: made of host and port.
    pub public_url: String,
    /// Threads that answer.
    pub workers: usize,
    /// Largest form, in bytes.
    pub body_limit: usize,
    /// Longest time for a form to arrive, in seconds.
    pub body_seconds: u64,
    /// Longest pause while a form arrives, in seconds.
    pub body_idle_seconds: u64,
    /// Forms that arrive slowly, for each network address at the most.
    pub slow_bodies: usize,
    /// Open connections for each thread at the most.
    pub connections: usize,
    /// Proxies that are believed about where a request comes from.
    pub proxies: Vec<Network>,
}

/// How much one reader, or one script, may send. No limit loses a text.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Forms from one network address in ten minutes; 0: any number.
    pub address_forms: u32,
    /// Forms through one personal link in ten minutes; 0: any number.
    pub link_forms: u32,
    /// Mails with a sign-in link for one network address in ten minutes; 0: any number.
    pub sign_in_mails: u32,
    /// Seconds between a form's drawing and its sending that no person needs less of; 0: none.
    pub form_seconds: u32,
}

/// Where the database is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite:…` or `postgres://…`; empty: SQLite in the data folder.
    pub url: SecretString,
    /// Connections in the pool.
    pub connections: u32,
}

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

    fn check(&self) -> anyhow::Result<()> {
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
    /// What envelope senders are made of, if mails that come back are to be told apart.
    pub fn returns_to(&self) -> Option<Address> {
        self.bounces.parse().ok()
    }

    /// The mail server, if one is set; [`Settings::load`] has checked that it can be read.
    pub fn server(&self) -> Option<SmtpServer> {
        self.url.expose_secret().parse().ok()
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

/// A language model that may propose names and summaries of themes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Narrator {
    /// What the address of its chat interface begins with; empty: nobody is ever asked.
    pub url: String,
    /// Its key; may be empty.
    pub key: SecretString,
    /// The name of the model.
    pub model: String,
    /// Seconds that one answer may take.
    pub timeout_seconds: u32,
}

/// What themes are found with.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Themes {
    /// The file of the larger model; empty: the one in the data folder, if it is there.
    pub model: PathBuf,
}

impl Themes {
    /// Where the larger model lies if it is there.
    pub fn place(&self, data: &Path) -> PathBuf {
        if self.model.as_os_str().is_empty() {
            data.join("model").join("use-m3.bin")
        } else {
            self.model.clone()
        }
    }
}

/// How organizers stay signed in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sessions {
    /// Days that a session lasts.
    pub days: u32,
    /// Minutes that a sign-in link is good.
    pub link_minutes: u32,
}

/// What is logged.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// A `tracing` filter.
    pub filter: String,
    /// One JSON object a line.
    pub json: bool,
}

/// What the command line may say instead.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// `--config FILE`
    pub config: Option<PathBuf>,
    /// `--data FOLDER`
    pub data: Option<PathBuf>,
    /// `--database URL`
    pub database: Option<String>,
    /// `--port PORT`
    pub port: Option<u16>,
    /// `--host HOST`
    pub host: Option<String>,
    /// `--public-url URL`
    pub public_url: Option<String>,
}

impl Settings {
    /// The settings in force: defaults, then the file, then the environment, then flags.
    ///
    /// # Errors
    /// A file that cannot be read, a name that does not exist, a value of the wrong kind.
    pub fn load(flags: &Flags) -> anyhow::Result<Self> {
        let environment = Environment::with_prefix("COLLOQUY")
            .prefix_separator("_")
            .separator("__")
            .try_parsing(true)
            .list_separator(",")
            .with_list_parse_key("server.proxies")
            .with_list_parse_key("mail.warm_up");
        let mut settings: Self = Self::sources(flags.config.as_deref())
            .add_source(environment)
            .build()
            .and_then(Config::try_deserialize)
            .context("the settings do not fit; config/default.toml lists them all")?;
        if let Some(data) = &flags.data {
            settings.data.clone_from(data);
        }
        if let Some(url) = &flags.database {
            settings.database.url = url.clone().into();
        }
        if let Some(port) = flags.port {
            settings.server.port = port;
        }
        if let Some(host) = &flags.host {
            settings.server.host.clone_from(host);
        }
        if let Some(url) = &flags.public_url {
            settings.server.public_url.clone_from(url);
        }
        settings.complete()
    }

    fn sources(file: Option<&Path>) -> config::ConfigBuilder<config::builder::DefaultState> {
        let defaults = File::from_str(include_str!("../config/default.toml"), FileFormat::Toml);
        let sources = Config::builder().add_source(defaults);
        match file {
            Some(file) => sources.add_source(File::from(file)),
            None => sources,
        }
    }

    fn complete(mut self) -> anyhow::Result<Self> {
        if self.database.url.expose_secret().is_empty() {
            let file = self.data.join("colloquy.db");
            self.database.url = format!("sqlite:{}", file.display()).into();
        }
        let url = self.database.url.expose_secret();
        let known = ["sqlite:", "postgres://", "postgresql://"];
        ensure!(
            known.iter().any(|scheme| url.starts_with(scheme)),
            "the database's address begins with sqlite: or postgres://"
        );
        let public = self.server.public_url.trim_end_matches('/').to_owned();
        ensure!(
            public.is_empty() || public.starts_with("http://") || public.starts_with("https://"),
            "server.public_url begins with http:// or https://"
        );
        self.server.public_url = public;
        let narrator = &self.narrator.url;
        ensure!(
            narrator.is_empty()
                || narrator.starts_with("http://")
                || narrator.starts_with("https://"),
            "narrator.url begins with http:// or https://"
        );
        let mail = self.mail.url.expose_secret();
        if !mail.is_empty() {
            mail.parse::<SmtpServer>().context("mail.url")?;
        }
        let bounces = &self.mail.bounces;
        ensure!(
            bounces.is_empty()
                || bounces.parse::<Address>().is_ok_and(|address| {
                    address.user().len() <= LONGEST_LOCAL && !address.user().contains('+')
                }),
            "mail.bounces is a mail address with at most {LONGEST_LOCAL} characters, and no +, before its @"
        );
        self.inbound.check()?;
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_complete() {
        let settings = Settings::load(&Flags::default()).unwrap();
        assert_eq!(settings.server.body_limit, 1024 * 1024);
        assert_eq!(settings.database.url.expose_secret(), "sqlite:data/colloquy.db");
        assert_eq!(settings.mail.rates().domains.get("gmail.com"), Some(&120));
    }

    #[test]
    fn a_database_of_an_unknown_kind_stops_the_start() {
        let flags = Flags { database: Some("mysql://x".to_owned()), ..Flags::default() };
        assert!(Settings::load(&flags).is_err());
    }
}
