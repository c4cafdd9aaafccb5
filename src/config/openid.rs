//! Signing in with an account elsewhere.

use anyhow::ensure;
use secrecy::SecretString;
use serde::Deserialize;

/// A provider of OpenID Connect; none where no issuer is named.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenId {
    /// Its address, as it names itself; empty: none.
    pub issuer: String,
    /// What it knows us by.
    pub client_id: String,
    /// The secret that we share with it; empty: none.
    pub client_secret: SecretString,
    /// What it is called on the button.
    pub name: String,
    /// Whether whoever it knows becomes an organizer.
    pub new_organizers: bool,
}

impl OpenId {
    /// Whether a provider is set.
    pub fn is_set(&self) -> bool {
        !self.issuer.is_empty()
    }

    pub(super) fn check(&self) -> anyhow::Result<()> {
        ensure!(
            !self.is_set()
                || self.issuer.starts_with("https://")
                || self.issuer.starts_with("http://"),
            "openid.issuer begins with https://"
        );
        ensure!(
            !self.is_set() || !(self.client_id.is_empty() || self.name.is_empty()),
            "openid.client_id and openid.name are set where openid.issuer is"
        );
        Ok(())
    }
}
