//! One question and one answer over HTTP, within limits of size and time.

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HeaderValue};
use reqwest::{Client, redirect};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::Value;

use super::NoProposal;
use crate::config;

/// Largest answer that is read, in bytes.
const LARGEST: usize = 256 * 1024;

/// Where to ask.
#[derive(Debug)]
pub(super) struct Endpoint {
    client: Client,
    url: String,
    key: SecretString,
    pub host: String,
    pub model: String,
    pub timeout: Duration,
}

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    content: String,
}

impl Endpoint {
    /// None where no address is set; [`config::Settings::load`] has checked that it is one.
    pub fn of(settings: &config::Narrator) -> Option<Self> {
        let url = reqwest::Url::parse(&settings.url).ok()?;
        let host = url.host_str()?.to_owned();
        let host = url.port().map_or(host.clone(), |port| format!("{host}:{port}"));
        let timeout = Duration::from_secs(settings.timeout_seconds.into());
        // A redirect would carry people's words to a host that nobody has named.
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            // Minutes lie between questions: a kept connection may be gone by then.
            .pool_max_idle_per_host(0)
            .timeout(timeout)
            .build()
            .ok()?;
        let url = format!("{}/chat/completions", settings.url.trim_end_matches('/'));
        let (key, model) = (settings.key.clone(), settings.model.clone());
        Some(Self { client, url, key, host, model, timeout })
    }

    /// What the model says to this, `request` being all but its name.
    pub async fn ask(&self, request: &Value) -> Result<String, NoProposal> {
        let slow = |_late| NoProposal::Slow(self.timeout.as_secs());
        // The client's own limit does not count what it spends between two parts of a body.
        tokio::time::timeout(self.timeout, self.asked(request)).await.map_err(slow)?
    }

    async fn asked(&self, request: &Value) -> Result<String, NoProposal> {
        let mut body = request.clone();
        if let Some(fields) = body.as_object_mut() {
            fields.insert("model".to_owned(), Value::String(self.model.clone()));
        }
        let mut asking = self.client.post(&self.url).json(&body);
        let bearer = format!("Bearer {}", self.key.expose_secret());
        if let (false, Ok(mut bearer)) =
            (self.key.expose_secret().is_empty(), HeaderValue::from_str(&bearer))
        {
            bearer.set_sensitive(true);
            asking = asking.header(AUTHORIZATION, bearer);
        }
        let mut answer = asking.send().await.map_err(|error| self.failed(&error))?;
        if !answer.status().is_success() {
            return Err(NoProposal::Status(answer.status().as_u16()));
        }
        let mut bytes = vec![];
        while let Some(part) = answer.chunk().await.map_err(|error| self.failed(&error))? {
            bytes.extend_from_slice(&part);
            if bytes.len() > LARGEST {
                return Err(NoProposal::Large);
            }
        }
        let completion: Completion =
            serde_json::from_slice(&bytes).map_err(|_odd| NoProposal::Form)?;
        let first = completion.choices.into_iter().next().ok_or(NoProposal::Form)?;
        Ok(first.message.content)
    }

    fn failed(&self, error: &reqwest::Error) -> NoProposal {
        if error.is_timeout() {
            NoProposal::Slow(self.timeout.as_secs())
        } else {
            NoProposal::Unreachable
        }
    }
}
