//! The organizer for whom a program speaks.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answered::Shown;
use super::asked::{Json, line};
use super::caller::Caller;
use super::tokens::Token;
use crate::acts::sign_in::name_account;
use crate::domain::OrganizerId;
use crate::error::AppError;
use crate::store::organizers;
use crate::web::extract::{App, Organizer};

/// An organizer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Account {
    /// Names them.
    pub id: OrganizerId,
    /// How they are called; empty where they have not said.
    pub name: String,
    /// Their address, if they have given one.
    pub address: Option<String>,
    /// The token that was sent.
    pub token: Token,
}

/// What of an account is changed.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NameAccount {
    /// How you are called.
    #[schema(max_length = 120, example = "Ada")]
    pub name: String,
}

fn seen(me: organizers::Organizer, caller: Caller) -> Shown<Account> {
    Shown(Account {
        id: me.id,
        name: me.name,
        address: me.address.map(|address| address.to_string()),
        token: Token::of(&caller.token, None),
    })
}

/// `GET /api/v1/account`
pub async fn show(me: Organizer, caller: Caller) -> Result<Shown<Account>, AppError> {
    Ok(seen(me.0, caller))
}

/// `PATCH /api/v1/account`: the name only. Whoever holds the address signs in with it, so a token
/// that leaks must not change it.
pub async fn change(
    app: App,
    me: Organizer,
    caller: Caller,
    Json(wanted): Json<NameAccount>,
) -> Result<Shown<Account>, AppError> {
    name_account(&app, me.0.id, &line("name", &wanted.name, 120)?).await?;
    let me = organizers::by_id(app.store.read(), me.0.id).await?.ok_or(AppError::NotFound)?;
    Ok(seen(me, caller))
}
