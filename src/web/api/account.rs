//! The organizer for whom a program speaks.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answered::Shown;
use super::asked::{Json, line};
use super::caller::Caller;
use super::tokens::Token;
use crate::acts::change_address::save_account;
use crate::acts::change_keys::Browser;
use crate::domain::{OrganizerId, email::Email};
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

/// What of an account is changed; what is left out stays.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// How you are called.
    #[schema(max_length = 120)]
    pub name: Option<String>,
    /// Your mail address.
    #[schema(format = Email, max_length = 254, example = "ada@example.org")]
    pub address: Option<String>,
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

/// `PATCH /api/v1/account`
pub async fn change(
    app: App,
    me: Organizer,
    caller: Caller,
    Json(change): Json<Change>,
) -> Result<Shown<Account>, AppError> {
    let me = me.0;
    let name = change.name.map(|name| line("name", &name, 120)).transpose()?;
    let name = name.unwrap_or_else(|| me.name.clone());
    let address = match change.address {
        Some(typed) => typed.parse::<Email>().map_err(|_no_address| {
            AppError::Refused("This is not a mail address, such as ada@example.org.".to_owned())
        })?,
        None => me.address.clone().ok_or_else(|| {
            AppError::Refused("There is no mail address yet: give one.".to_owned())
        })?,
    };
    let others = organizers::by_address(app.store.read(), &address).await?;
    if others.is_some_and(|other| other.id != me.id) {
        return Err(AppError::Refused("Another organizer has this address.".to_owned()));
    }
    save_account(&app, me.id, &name, address, &Browser::program()).await?;
    let me = organizers::by_id(app.store.read(), me.id).await?.ok_or(AppError::NotFound)?;
    Ok(seen(me, caller))
}
