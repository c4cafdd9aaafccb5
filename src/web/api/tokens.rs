//! Tokens, for programs that make and revoke tokens.

use std::collections::BTreeSet;

use actix_web::web::Path;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answered::{Created, Done, Listed, ShownOnce};
use super::asked::{Json, Paging, Query, line};
use super::caller::Caller;
use crate::acts::change_keys::Browser;
use crate::acts::make_token::{NotMade, Wanted, make_token, revoke_token};
use crate::domain::TokenId;
use crate::domain::api_token::{self, Scope};
use crate::error::AppError;
use crate::store::{questionnaires, tokens};
use crate::web::extract::{App, Organizer};

/// A token, as far as it is known.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Token)]
pub struct Token {
    /// Names it.
    pub id: TokenId,
    /// What it is called.
    pub name: String,
    /// How it begins.
    #[schema(example = "colloquy_ab3d")]
    pub begins: String,
    /// What it may be used for.
    pub scopes: BTreeSet<Scope>,
    /// The one questionnaire that it is for, by its slug, if it is not for all.
    pub questionnaire: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Until when it is good; null: until it is revoked.
    pub expires_at: Option<DateTime<Utc>>,
    /// On which day it was used last.
    pub used_on: Option<NaiveDate>,
}

impl Token {
    /// What a program sees of a token.
    pub fn of(kept: &tokens::Token, questionnaire: Option<String>) -> Self {
        Self {
            id: kept.id,
            name: kept.name.clone(),
            begins: kept.begins.clone(),
            scopes: api_token::read(&kept.scopes),
            questionnaire,
            created_at: kept.created_at,
            expires_at: kept.expires_at,
            used_on: kept.used_on,
        }
    }
}

/// A token that was made.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NewToken {
    /// The token itself: write it down now, it is shown this once.
    pub token: String,
    /// What is kept of it.
    pub about: Token,
}

/// A token to be made.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeToken {
    /// What it is called.
    #[schema(min_length = 1, max_length = 80, example = "newsletter server")]
    pub name: String,
    /// What it may be used for.
    #[schema(min_items = 1, value_type = Vec<Scope>)]
    pub scopes: BTreeSet<Scope>,
    /// The one questionnaire that it is for, by its slug; left out: all that are yours.
    pub questionnaire: Option<String>,
    /// Until when it is good; left out: until it is revoked.
    pub expires_at: Option<DateTime<Utc>>,
}

/// `GET /api/v1/tokens`
pub async fn list(
    app: App,
    me: Organizer,
    Query(paging): Query<Paging>,
) -> Result<Listed<Token>, AppError> {
    let db = app.store.read();
    let all = tokens::all_of(db, me.0.id).await?;
    let part = Listed::of(all, |token| token.id.to_string(), &paging)?;
    let mut data = vec![];
    for token in part.data {
        let of = match token.questionnaire_id {
            Some(id) => questionnaires::by_id(db, id).await?.map(|of| of.slug.to_string()),
            None => None,
        };
        data.push(Token::of(&token, of));
    }
    Ok(Listed { data, next: part.next })
}

/// `POST /api/v1/tokens`
pub async fn make(
    app: App,
    me: Organizer,
    caller: Caller,
    Json(wanted): Json<MakeToken>,
) -> Result<ShownOnce<NewToken>, AppError> {
    let more: Vec<&str> =
        wanted.scopes.difference(&caller.scopes()).map(|scope| scope.word()).collect();
    if !more.is_empty() {
        let why = format!("This token has no scope “{}” to give on.", more.join("”, “"));
        return Err(AppError::NotAllowed(why));
    }
    let latest = caller.token.expires_at;
    let expires = match (wanted.expires_at, latest) {
        (Some(wanted), Some(latest)) => Some(wanted.min(latest)),
        (wanted, latest) => wanted.or(latest),
    };
    let questionnaire = match &wanted.questionnaire {
        Some(slug) => Some(me.questionnaire(&app, slug).await?),
        None => None,
    };
    let asked = Wanted {
        name: line("name", &wanted.name, 80)?,
        scopes: wanted.scopes,
        questionnaire: questionnaire.as_ref().map(|of| of.id),
        expires,
    };
    let (token, kept) =
        make_token(&app, me.0.id, asked, &Browser::program()).await.map_err(|why| match why {
            NotMade::Unexpected(error) => error.into(),
            refused => AppError::Refused(refused.to_string()),
        })?;
    let at = format!("/api/v1/tokens/{}", kept.id);
    let about = Token::of(&kept, questionnaire.map(|of| of.slug.to_string()));
    Ok(ShownOnce(Created { at, made: NewToken { token, about } }))
}

/// `DELETE /api/v1/tokens/{id}`
pub async fn revoke(app: App, me: Organizer, id: Path<String>) -> Result<Done, AppError> {
    if revoke_token(&app, me.0.id, id.parse()?).await? { Ok(Done) } else { Err(AppError::NotFound) }
}
