//! Asking others over HTTP: an article by its address, a webhook. Whoever names the address is not
//! trusted: only hosts of the open internet are asked, which is decided where names become
//! addresses, for every hop of a redirect anew; within limits of ports, size and time.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue,
    LOCATION, RETRY_AFTER, USER_AGENT,
};
use reqwest::{Client, Response, Url, redirect};

use crate::config;
use crate::domain::network::Network;

mod guard;
mod public;

/// Largest answer that is read, in bytes, where nothing else is said.
pub const LARGEST: usize = 10 << 20;
/// Of an answer to something that was handed over, so many bytes are kept.
const KEPT: usize = 4 << 10;
/// So often an answer may name another address.
const HOPS: usize = 5;
/// Seconds until a connection stands.
const CONNECT: Duration = Duration::from_secs(5);

/// Asks others. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Fetcher {
    client: Option<Client>,
    rules: Arc<Rules>,
}

/// Whom it may ask.
#[derive(Debug)]
struct Rules {
    /// Networks that may be asked though they are not of the open internet.
    networks: Vec<Network>,
    /// Ports that may be asked; empty: any.
    ports: Vec<u16>,
    /// For one question and its whole answer, all hops together.
    time: Duration,
}

/// What was found at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// Where it was found in the end, after redirects.
    pub address: String,
    /// What kind the other side says it is, such as `text/html; charset=gb18030`; may be empty.
    pub content_type: String,
    /// All of it, at most as much as was wanted.
    pub bytes: Vec<u8>,
}

/// What was said to something that was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status, whatever it is: a redirect is an answer too, nobody follows it.
    pub status: u16,
    /// The seconds after which to try again, if the other side names them.
    pub retry_after: Option<u64>,
    /// How it begins.
    pub text: String,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoFetch {
    /// What was given is no address of the web.
    #[error("this is no address that begins with http:// or https://")]
    Address,
    /// It carries a name and a password.
    #[error("an address with a name and a password in it is not asked")]
    Credentials,
    /// Its port is not one that may be asked.
    #[error("port {0} is not asked from here")]
    Port(u16),
    /// Nobody has this name.
    #[error("there is no host of the name {0}")]
    Unknown(String),
    /// It is not of the open internet.
    #[error("{0} is not an address of the open internet, and others are not asked from here")]
    NotPublic(String),
    /// It led from one address to the next, without an end.
    #[error("it led on to another address more than {HOPS} times")]
    Redirects,
    /// It took too long.
    #[error("there was no whole answer within {0} seconds")]
    Slow(u64),
    /// No connection, or one that broke off.
    #[error("it cannot be reached: {0}")]
    Unreachable(String),
    /// It has another answer than what was asked for.
    #[error("it answered with status {0}")]
    Status(u16),
    /// Its answer is larger than so many bytes, which is as much as was wanted.
    #[error("what is there is larger than {} MB", .0 >> 20)]
    Large(usize),
    /// Its answer is packed in a way that nobody asked for.
    #[error("what is there comes packed as {0}")]
    Packed(String),
}

impl Fetcher {
    /// One that keeps to these settings.
    pub fn of(settings: &config::Fetch) -> Self {
        let rules = Arc::new(Rules {
            networks: settings.networks.clone(),
            ports: settings.ports.clone(),
            time: Duration::from_secs(settings.seconds.into()),
        });
        let client = Client::builder()
            // Each hop is looked at here before it is made.
            .redirect(redirect::Policy::none())
            // A proxy would look names up by itself.
            .no_proxy()
            .dns_resolver(guard::Resolver(rules.clone()))
            .pool_max_idle_per_host(0)
            .connect_timeout(CONNECT)
            .build()
            .ok();
        Self { client, rules }
    }

    /// Whether an address may be asked, as far as it says so itself; its name is looked up when it
    /// is asked.
    ///
    /// # Errors
    /// [`NoFetch::Address`], [`NoFetch::Credentials`], [`NoFetch::Port`], [`NoFetch::NotPublic`].
    pub fn check(&self, address: &str) -> Result<(), NoFetch> {
        self.rules.url(address).map(|_url| ())
    }

    /// What is at an address; `accept`: the kinds that are wanted, as in the header.
    ///
    /// # Errors
    /// See [`NoFetch`]; any status but success is one.
    pub async fn get(&self, address: &str, accept: &str) -> Result<Fetched, NoFetch> {
        self.get_within(address, accept, LARGEST).await
    }

    /// The same of an answer with so many bytes at most.
    ///
    /// # Errors
    /// See [`NoFetch`]; any status but success is one.
    pub async fn get_within(
        &self,
        address: &str,
        accept: &str,
        largest: usize,
    ) -> Result<Fetched, NoFetch> {
        self.in_time(self.got(address, accept, largest)).await
    }

    /// Hands something over; nothing is sent on to where a redirect points.
    ///
    /// # Errors
    /// See [`NoFetch`]; a status is none.
    pub async fn post(
        &self,
        address: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Result<Answer, NoFetch> {
        self.in_time(self.posted(address, headers, body)).await
    }

    async fn in_time<T>(
        &self,
        asking: impl Future<Output = Result<T, NoFetch>>,
    ) -> Result<T, NoFetch> {
        let slow = |_late| NoFetch::Slow(self.rules.time.as_secs());
        tokio::time::timeout(self.rules.time, asking).await.map_err(slow)?
    }

    async fn got(&self, address: &str, accept: &str, largest: usize) -> Result<Fetched, NoFetch> {
        let mut url = self.rules.url(address)?;
        for _hop in 0..=HOPS {
            let asking = self.client()?.get(url.clone());
            let asking = asking.header(ACCEPT, accept).header(ACCEPT_ENCODING, "identity");
            let answer = asking.header(USER_AGENT, AGENT).send().await.map_err(failed)?;
            let status = answer.status();
            let onward = answer.headers().get(LOCATION).and_then(|to| to.to_str().ok());
            match onward {
                Some(to) if status.is_redirection() => {
                    let to = url.join(to).map_err(|_odd| NoFetch::Address)?;
                    url = self.rules.url(to.as_str())?;
                }
                _ if status.is_success() => return fetched(url, answer, largest).await,
                _ => return Err(NoFetch::Status(status.as_u16())),
            }
        }
        Err(NoFetch::Redirects)
    }

    async fn posted(
        &self,
        address: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Result<Answer, NoFetch> {
        let url = self.rules.url(address)?;
        let mut head = HeaderMap::new();
        for (name, value) in headers {
            let name: Result<HeaderName, _> = name.parse();
            if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
                head.insert(name, value);
            }
        }
        let asking = self.client()?.post(url).header(USER_AGENT, AGENT).headers(head).body(body);
        let mut answer = asking.send().await.map_err(failed)?;
        let status = answer.status().as_u16();
        let retry_after = answer.headers().get(RETRY_AFTER).and_then(|after| after.to_str().ok());
        let retry_after = retry_after.and_then(|after| after.trim().parse().ok());
        let mut bytes = vec![];
        while let (true, Ok(Some(part))) = (bytes.len() < KEPT, answer.chunk().await) {
            bytes.extend(part.into_iter().take(KEPT - bytes.len()));
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Ok(Answer { status, retry_after, text })
    }

    fn client(&self) -> Result<&Client, NoFetch> {
        let without = || NoFetch::Unreachable("there are no means for TLS".to_owned());
        self.client.as_ref().ok_or_else(without)
    }
}

/// Who asks.
const AGENT: &str = concat!("Colloquy/", env!("CARGO_PKG_VERSION"));

/// The whole answer, within its limits.
async fn fetched(url: Url, mut answer: Response, largest: usize) -> Result<Fetched, NoFetch> {
    let said = |name| {
        let value = answer.headers().get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let (content_type, packed) = (said(CONTENT_TYPE), said(CONTENT_ENCODING));
    if !packed.is_empty() && !packed.eq_ignore_ascii_case("identity") {
        return Err(NoFetch::Packed(packed));
    }
    let mut bytes = vec![];
    while let Some(part) = answer.chunk().await.map_err(failed)? {
        bytes.extend_from_slice(&part);
        if bytes.len() > largest {
            return Err(NoFetch::Large(largest));
        }
    }
    Ok(Fetched { address: url.into(), content_type, bytes })
}

/// What went wrong, in our words if we have said it ourselves, else in those of its first cause.
fn failed(error: reqwest::Error) -> NoFetch {
    if error.is_timeout() {
        return NoFetch::Slow(CONNECT.as_secs());
    }
    let mut cause: &(dyn Error + 'static) = &error;
    loop {
        if let Some(ours) = cause.downcast_ref::<NoFetch>() {
            return ours.clone();
        }
        match cause.source() {
            Some(deeper) => cause = deeper,
            None => return NoFetch::Unreachable(cause.to_string()),
        }
    }
}

#[cfg(test)]
mod tests;
