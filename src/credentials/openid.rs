//! Signing in with an account elsewhere: OpenID Connect Core 1.0, authorization code with PKCE
//! (RFC 7636). Which provider is asked is said in the settings, by whoever runs the service.

use std::time::Duration;

use chrono::{DateTime, Utc};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreIdTokenClaims, CoreProviderMetadata,
};
use openidconnect::{
    AccessTokenHash, AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest,
    HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, Scope, TokenResponse as _,
};
use reqwest::{Client, redirect};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Largest answer of a provider that is read, in bytes.
const LARGEST: usize = 1024 * 1024;
/// How long a provider may take for one answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why nobody was signed in.
#[derive(Debug, Error)]
pub enum OpenIdError {
    /// The provider cannot be reached, or what it says is not what the standard says.
    #[error("The provider does not answer as it should: {0}")]
    Provider(String),
    /// What came back does not fit what was begun.
    #[error("The answer does not fit: {0}")]
    Refused(String),
}

/// A provider as it is set, and where it sends people back to.
#[derive(Debug)]
pub struct Provider {
    issuer: String,
    client_id: String,
    client_secret: SecretString,
    back: String,
    http: Client,
}

/// What a sign-in needs to know when the person comes back, secret to everybody else.
#[derive(Debug, Deserialize, Serialize)]
struct Waiting {
    nonce: String,
    verifier: String,
}

/// A sign-in that has begun.
#[derive(Clone, Debug)]
pub struct Begun {
    /// Where the person goes.
    pub address: String,
    /// What they come back with.
    pub state: String,
    /// What is needed then.
    pub waiting: String,
}

/// Whom the provider knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The provider.
    pub issuer: String,
    /// What it calls this person, always the same.
    pub subject: String,
    /// Their mail address, where the provider says that it is theirs.
    pub address: Option<String>,
    /// Their name, if it says one.
    pub name: Option<String>,
}

impl Provider {
    /// The provider at `issuer`, which sends people back to `back`.
    ///
    /// # Errors
    /// A system without certificates.
    pub fn new(
        issuer: &str,
        client_id: &str,
        client_secret: &SecretString,
        back: String,
    ) -> Result<Self, OpenIdError> {
        let http = Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .pool_max_idle_per_host(0)
            .timeout(PATIENCE)
            .build()
            .map_err(|error| OpenIdError::Provider(error.to_string()))?;
        let (issuer, client_id) = (issuer.to_owned(), client_id.to_owned());
        Ok(Self { issuer, client_id, client_secret: client_secret.clone(), back, http })
    }

    /// Begins a sign-in.
    ///
    /// # Errors
    /// A provider that does not say where people sign in.
    pub async fn begin(&self) -> Result<Begun, OpenIdError> {
        let metadata = self.metadata().await?;
        let client = CoreClient::from_provider_metadata(
            metadata,
            ClientId::new(self.client_id.clone()),
            self.secret(),
        )
        .set_redirect_uri(self.redirect()?);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (address, state, nonce) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scopes(["email", "profile"].map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(challenge)
            .url();
        let (nonce, verifier) = (nonce.secret().clone(), verifier.into_secret());
        let waiting = serde_json::to_string(&Waiting { nonce, verifier }).map_err(refused)?;
        Ok(Begun { address: address.into(), state: state.into_secret(), waiting })
    }

    /// Whom the provider has signed in, from the code that they brought back.
    ///
    /// # Errors
    /// A provider that does not answer, a code that it does not know, a token that is not signed
    /// by it, not for us, too old or not for this sign-in.
    pub async fn finish(
        &self,
        code: &str,
        waiting: &str,
        now: DateTime<Utc>,
    ) -> Result<Known, OpenIdError> {
        let waiting: Waiting = serde_json::from_str(waiting).map_err(refused)?;
        let client = CoreClient::from_provider_metadata(
            self.metadata().await?,
            ClientId::new(self.client_id.clone()),
            self.secret(),
        )
        .set_redirect_uri(self.redirect()?);
        let ask = |request: HttpRequest| self.ask(request);
        let token = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|error| OpenIdError::Provider(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(waiting.verifier))
            .request_async(&ask)
            .await
            .map_err(refused)?;
        let id = token.id_token().ok_or_else(|| OpenIdError::Refused("no ID token".to_owned()))?;
        let verifier = client.id_token_verifier().set_time_fn(move || now);
        let claims = id.claims(&verifier, &Nonce::new(waiting.nonce)).map_err(refused)?;
        if let Some(said) = claims.access_token_hash() {
            let algorithm = id.signing_alg().map_err(refused)?;
            let key = id.signing_key(&verifier).map_err(refused)?;
            let hash = AccessTokenHash::from_token(token.access_token(), algorithm, key);
            if hash.map_err(refused)? != *said {
                return Err(OpenIdError::Refused("another access token".to_owned()));
            }
        }
        Ok(known(claims))
    }

    fn secret(&self) -> Option<ClientSecret> {
        let secret = self.client_secret.expose_secret();
        (!secret.is_empty()).then(|| ClientSecret::new(secret.to_owned()))
    }

    fn redirect(&self) -> Result<RedirectUrl, OpenIdError> {
        RedirectUrl::new(self.back.clone())
            .map_err(|error| OpenIdError::Provider(error.to_string()))
    }

    /// What the provider says of itself. Asked each time: people sign in seldom, keys change.
    async fn metadata(&self) -> Result<CoreProviderMetadata, OpenIdError> {
        let provider = |error: &dyn std::error::Error| OpenIdError::Provider(error.to_string());
        let issuer = IssuerUrl::new(self.issuer.clone()).map_err(|error| provider(&error))?;
        let ask = |request: HttpRequest| self.ask(request);
        CoreProviderMetadata::discover_async(issuer, &ask).await.map_err(|error| provider(&error))
    }

    /// One request and its answer.
    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, Unreachable> {
        let request = reqwest::Request::try_from(request).map_err(Unreachable::Http)?;
        let mut response = self.http.execute(request).await.map_err(Unreachable::Http)?;
        let mut answer = openidconnect::http::Response::builder().status(response.status());
        for (name, value) in response.headers() {
            answer = answer.header(name, value);
        }
        let mut body = vec![];
        while let Some(chunk) = response.chunk().await.map_err(Unreachable::Http)? {
            if body.len() + chunk.len() > LARGEST {
                return Err(Unreachable::Endless);
            }
            body.extend_from_slice(&chunk);
        }
        answer.body(body).map_err(Unreachable::Odd)
    }
}

#[derive(Debug, Error)]
enum Unreachable {
    #[error(transparent)]
    Http(reqwest::Error),
    #[error("the answer is larger than a megabyte")]
    Endless,
    #[error(transparent)]
    Odd(openidconnect::http::Error),
}

/// An address that the provider has not checked could be anybody's.
fn known(claims: &CoreIdTokenClaims) -> Known {
    let checked = claims.email_verified() == Some(true);
    let name = claims.name().and_then(|name| name.get(None)).map(|name| name.as_str().to_owned());
    Known {
        issuer: claims.issuer().as_str().to_owned(),
        subject: claims.subject().as_str().to_owned(),
        address: claims.email().filter(|_| checked).map(|email| email.as_str().to_owned()),
        name,
    }
}

fn refused(error: impl std::error::Error) -> OpenIdError {
    // The causes say what it was; none of them holds a secret.
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        said = format!("{said}: {inner}");
        cause = inner.source();
    }
    OpenIdError::Refused(said)
}
