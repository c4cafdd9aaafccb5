//! An organizer lets a program speak for them, by a token that is shown once, and takes it back.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::change_keys::{Browser, changed};
use crate::domain::api_token::{self, Scope};
use crate::domain::text::one_line;
use crate::domain::{OrganizerId, QuestionnaireId, TokenId, token};
use crate::mail::key_changed::Key;
use crate::service::Service;
use crate::store::tokens::{self, Token};

/// The longest name of a token, in characters.
pub const LONGEST_NAME: usize = 80;
/// So many tokens an organizer may have.
const MOST: usize = 100;

/// A token as it is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What it is called.
    pub name: String,
    /// What it may be used for.
    pub scopes: BTreeSet<Scope>,
    /// The one questionnaire that it is for, if it is not for all.
    pub questionnaire: Option<QuestionnaireId>,
    /// Until when it is good, if it ends by itself.
    pub expires: Option<DateTime<Utc>>,
}

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub enum NotMade {
    /// It has no name.
    #[error("Give the token a name, so that you know later what uses it.")]
    NoName,
    /// It would allow nothing.
    #[error("Choose what the token may be used for.")]
    NoScope,
    /// It would have ended already.
    #[error("The token would have ended already: choose a later day.")]
    Ended,
    /// There are too many.
    #[error("There are a hundred tokens already: revoke some first.")]
    TooMany,
    /// The database refused.
    #[error(transparent)]
    Unexpected(#[from] anyhow::Error),
}

/// Makes a token; the token itself, which is not kept, and what is.
///
/// # Errors
/// See [`NotMade`]; nothing was changed.
pub async fn make_token(
    service: &Service,
    organizer: OrganizerId,
    wanted: Wanted,
    browser: &Browser,
) -> Result<(String, Token), NotMade> {
    let now = service.clock.now();
    let name = one_line(&wanted.name, LONGEST_NAME);
    if name.is_empty() {
        return Err(NotMade::NoName);
    }
    if wanted.scopes.is_empty() {
        return Err(NotMade::NoScope);
    }
    if wanted.expires.is_some_and(|expires| expires <= now) {
        return Err(NotMade::Ended);
    }
    let secret = api_token::mint(service.clock.bytes());
    let kept = Token {
        id: TokenId(service.clock.random_name()),
        organizer_id: organizer,
        questionnaire_id: wanted.questionnaire,
        name,
        token_hash: token::hash(&secret),
        begins: api_token::begins(&secret),
        scopes: api_token::written(&wanted.scopes),
        created_at: now,
        expires_at: wanted.expires,
        used_on: None,
    };
    let tx = service.store.write().await.map_err(anyhow::Error::from)?;
    if tokens::all_of(&tx, organizer).await.map_err(anyhow::Error::from)?.len() >= MOST {
        return Err(NotMade::TooMany);
    }
    tokens::insert(&tx, kept.clone()).await.map_err(anyhow::Error::from)?;
    changed(service, &tx, organizer, Key::TokenMade(kept.name.clone()), browser).await?;
    tx.commit().await.map_err(anyhow::Error::from)?;
    service.post.wake();
    Ok((secret, kept))
}

/// Revokes a token: from this moment on it opens nothing. Whether it was the organizer's.
///
/// # Errors
/// A database that refuses.
pub async fn revoke_token(
    service: &Service,
    organizer: OrganizerId,
    id: TokenId,
) -> anyhow::Result<bool> {
    let tx = service.store.write().await?;
    let gone = tokens::delete(&tx, organizer, id).await?;
    tx.commit().await?;
    Ok(gone)
}

/// Writes down that a token was used today, once a day.
///
/// # Errors
/// A database that refuses.
pub async fn note_use(service: &Service, token: &Token) -> anyhow::Result<()> {
    let today = service.clock.now().date_naive();
    if token.used_on == Some(today) {
        return Ok(());
    }
    let tx = service.store.write().await?;
    tokens::used(&tx, token.id, today).await?;
    Ok(tx.commit().await?)
}
