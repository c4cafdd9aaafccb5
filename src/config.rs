//! Settings: `config/default.toml` says them all; a file, the environment and flags override.
//! The only module that reads the environment.

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context as _, ensure};
use config::{Config, Environment, File, FileFormat};
use secrecy::{ExposeSecret as _, SecretString};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

pub use self::mail::{Dkim, Inbound, Mail};
pub use self::openid::OpenId;
use crate::domain::network::Network;

mod mail;
mod openid;

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
    /// Whom this service may ask over HTTP.
    pub fetch: Fetch,
    /// Who may propose names and summaries of themes.
    pub narrator: Narrator,
    /// What themes are found with.
    pub themes: Themes,
    /// How organizers stay signed in.
    pub sessions: Sessions,
    /// How long it is kept who did what.
    pub audit: Audit,
    /// With which accounts elsewhere organizers sign in.
    pub openid: OpenId,
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
    /// Requests by one program's token in ten minutes; 0: any number.
    pub api_requests: u32,
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

/// Whom this service may ask over HTTP: for articles, and with webhooks.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fetch {
    /// Whether an article may be brought by its address.
    pub articles: bool,
    /// Networks that are not of the open internet and may be asked all the same.
    pub networks: Vec<Network>,
    /// Ports that may be asked; empty: any.
    #[serde(deserialize_with = "several")]
    pub ports: Vec<u16>,
    /// Seconds that one question and its answer may take.
    pub seconds: u32,
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
    /// Hours without use after which a session ends.
    pub idle_hours: u32,
    /// Minutes that a sign-in link is good.
    pub link_minutes: u32,
}

/// How long it is kept who did what at the desk.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audit {
    /// Days; 0: as long as the questionnaire.
    pub days: u32,
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
        let mut settings: Self = Self::sources(flags.config.as_deref())
            .add_source(environment())
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
        self.mail.check()?;
        self.inbound.check()?;
        self.openid.check()?;
        Ok(self)
    }
}

/// The variables that settings are read from.
fn environment() -> Environment {
    Environment::with_prefix("COLLOQUY")
        .prefix_separator("_")
        .separator("__")
        .try_parsing(true)
        .list_separator(",")
        .with_list_parse_key("server.proxies")
        .with_list_parse_key("fetch.networks")
        .with_list_parse_key("fetch.ports")
        .with_list_parse_key("mail.warm_up")
}

/// A list of numbers. Of a variable with one in it a number comes, of one with several their words.
fn several<'de, D, N>(from: D) -> Result<Vec<N>, D::Error>
where
    D: Deserializer<'de>,
    N: Deserialize<'de> + FromStr<Err: Display>,
{
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Several<N> {
        One(N),
        Many(Vec<N>),
        Words(Vec<String>),
    }
    match Several::deserialize(from)? {
        Several::One(one) => Ok(vec![one]),
        Several::Many(many) => Ok(many),
        Several::Words(words) => {
            words.iter().map(|word| word.trim().parse().map_err(D::Error::custom)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_may_hold_one_number_or_several_of_a_list() {
        let set = |ports: &str, days: &str| {
            let set = [("COLLOQUY_FETCH__PORTS", ports), ("COLLOQUY_MAIL__WARM_UP", days)];
            let set = set.map(|(name, value)| (name.to_owned(), value.to_owned()));
            let source = environment().source(Some(set.into_iter().collect()));
            let built = Settings::sources(None).add_source(source).build().unwrap();
            let settings: Settings = built.try_deserialize().unwrap();
            (settings.fetch.ports, settings.mail.warm_up)
        };
        assert_eq!(set("8080", "50"), (vec![8080], vec![50]));
        assert_eq!(set("80,443", "50,100"), (vec![80, 443], vec![50, 100]));
    }

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
