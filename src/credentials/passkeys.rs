//! Passkeys, as Web Authentication Level 3 (W3C) has them: a key that the organizer's device keeps
//! and shows only after it has asked for a finger, a face or a PIN. Each ceremony has two halves:
//! what the browser is asked, with the state that we keep, and what the browser answers.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use thiserror::Error;
use uuid::Uuid;
use webauthn_rs::Webauthn;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, WebauthnBuilder, WebauthnError,
};

/// Why there is no passkey, or why it was not taken.
#[derive(Debug, Error)]
pub enum PasskeyError {
    /// What came is no answer of a browser, or does not fit what was asked.
    #[error("The passkey was not taken.")]
    Refused(#[from] WebauthnError),
    /// What came cannot be read.
    #[error("The passkey cannot be read.")]
    Unreadable(#[from] serde_json::Error),
}

/// What the browser is asked, and what we have to know when it answers.
#[derive(Clone, Debug)]
pub struct Ceremony {
    /// For the browser: `publicKey` of `navigator.credentials.create` or `.get`, binary parts as
    /// base64url.
    pub asked: Value,
    /// For us, secret to the browser.
    pub state: String,
}

/// A passkey as it is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// What the key is known by, in base64url.
    pub credential_id: String,
    /// The public key and its counters.
    pub credential: String,
}

/// Whoever asks for passkeys: one public address.
#[derive(Debug)]
pub struct Passkeys(Webauthn);

impl Passkeys {
    /// Passkeys for the service at `public_url`; `None` where browsers know none: at an address of
    /// numbers, and without TLS anywhere but on `localhost`.
    pub fn at(public_url: &str) -> Option<Self> {
        let origin = Url::parse(public_url).ok()?;
        let host = origin.domain()?;
        let local = host == "localhost" || host.ends_with(".localhost");
        if origin.scheme() != "https" && !local {
            return None;
        }
        let builder = WebauthnBuilder::new(host, &origin).ok()?;
        Some(Self(builder.rp_name("Colloquy").build().ok()?))
    }

    /// Asks the browser for a new passkey for an organizer; not one of those they have.
    ///
    /// # Errors
    /// Names that no passkey can have.
    pub fn begin_making(
        &self,
        organizer: Uuid,
        name: &str,
        known: &[String],
    ) -> Result<Ceremony, PasskeyError> {
        let known = known.iter().filter_map(|id| URL_SAFE_NO_PAD.decode(id).ok()).collect();
        let (asked, state) =
            self.0.start_passkey_registration(organizer, name, name, Some(known))?;
        let mut asked = public_key(serde_json::to_value(asked)?);
        // Whoever signs in says no name: the device has to know whose key it is.
        let selection = asked.get_mut("authenticatorSelection").and_then(Value::as_object_mut);
        if let Some(selection) = selection {
            selection.insert("residentKey".to_owned(), json!("required"));
            selection.insert("requireResidentKey".to_owned(), json!(true));
        }
        Ok(Ceremony { asked, state: serde_json::to_string(&state)? })
    }

    /// Takes the new passkey that the browser made.
    ///
    /// # Errors
    /// An answer that is none, or to another question.
    pub fn finish_making(&self, answer: &str, state: &str) -> Result<Kept, PasskeyError> {
        let answer: RegisterPublicKeyCredential = serde_json::from_str(answer)?;
        let state: PasskeyRegistration = serde_json::from_str(state)?;
        kept(&self.0.finish_passkey_registration(&answer, &state)?)
    }

    /// Asks the browser for any passkey that it has for us.
    ///
    /// # Errors
    /// None that is known.
    pub fn begin_sign_in(&self) -> Result<Ceremony, PasskeyError> {
        let (asked, state) = self.0.start_discoverable_authentication()?;
        let asked = public_key(serde_json::to_value(asked)?);
        Ok(Ceremony { asked, state: serde_json::to_string(&state)? })
    }

    /// Which passkey an answer is said to come from, in base64url. Not checked yet.
    ///
    /// # Errors
    /// An answer that cannot be read.
    pub fn named(answer: &str) -> Result<String, PasskeyError> {
        let answer: PublicKeyCredential = serde_json::from_str(answer)?;
        Ok(URL_SAFE_NO_PAD.encode(answer.get_credential_id()))
    }

    /// Checks an answer with the passkey that it names; the passkey as it is to be kept now.
    ///
    /// # Errors
    /// A signature that is not of this key, an answer to another question, a counter that ran
    /// backwards, as that of a copied key does.
    pub fn finish_sign_in(
        &self,
        answer: &str,
        state: &str,
        credential: &str,
    ) -> Result<Kept, PasskeyError> {
        let answer: PublicKeyCredential = serde_json::from_str(answer)?;
        let state: DiscoverableAuthentication = serde_json::from_str(state)?;
        let mut key: Passkey = serde_json::from_str(credential)?;
        let seen = self.0.finish_discoverable_authentication_v2(&answer, state, &key)?;
        key.update_credential(&seen);
        kept(&key)
    }
}

/// What stands under `publicKey`.
fn public_key(mut asked: Value) -> Value {
    asked.get_mut("publicKey").map_or(Value::Null, Value::take)
}

fn kept(key: &Passkey) -> Result<Kept, PasskeyError> {
    Ok(Kept {
        credential_id: URL_SAFE_NO_PAD.encode(key.cred_id()),
        credential: serde_json::to_string(key)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_need_a_name_and_tls() {
        for good in ["https://talk.example.org", "http://localhost:8080", "https://a.example:8443"]
        {
            assert!(Passkeys::at(good).is_some(), "{good}");
        }
        for bad in ["http://127.0.0.1:8080", "https://[::1]", "http://talk.example.org", "", "x"] {
            assert!(Passkeys::at(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn what_is_asked_is_never_the_same_and_what_is_nonsense_is_refused() {
        let passkeys = Passkeys::at("https://talk.example.org").unwrap();
        let (one, two) = (passkeys.begin_sign_in().unwrap(), passkeys.begin_sign_in().unwrap());
        assert_ne!(one.asked["challenge"], two.asked["challenge"]);
        assert_eq!(one.asked["userVerification"], "required");
        let making = passkeys.begin_making(Uuid::from_u128(7), "Ada", &[]).unwrap();
        assert_eq!(making.asked["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(making.asked["rp"]["id"], "talk.example.org");
        for nonsense in ["", "{}", "null", r#"{"id":"a","rawId":"YQ","response":{},"type":"x"}"#] {
            assert!(passkeys.finish_making(nonsense, &making.state).is_err());
            assert!(passkeys.finish_sign_in(nonsense, &one.state, "{}").is_err());
            assert!(Passkeys::named(nonsense).is_err());
        }
    }
}
