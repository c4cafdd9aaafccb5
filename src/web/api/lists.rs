//! Lists of contacts.

use std::collections::BTreeSet;

use actix_web::web::Path;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answered::{Created, Done, Listed, Shown};
use super::asked::{Json, Paging, Query, line};
use crate::acts::edit_contacts::{ListDeed, work_on_lists};
use crate::domain::ListId;
use crate::error::AppError;
use crate::service::Service;
use crate::store::contacts::lists;
use crate::web::extract::{App, Organizer};

/// A list of contacts.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ContactList {
    /// Names it.
    pub id: ListId,
    /// What it is called.
    pub name: String,
    /// How many are on it.
    pub contacts: i64,
}

/// What a list is called.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NameList {
    /// The name.
    #[schema(min_length = 1, max_length = 80)]
    pub name: String,
}

async fn all(app: &Service, me: &Organizer) -> Result<Vec<ContactList>, AppError> {
    let db = app.store.read();
    let own = lists::all_of(db, me.0.id).await?;
    let counts = lists::counts(db, &own).await?;
    let see = |list: lists::List| ContactList {
        id: list.id,
        name: list.name,
        contacts: counts.get(&list.id).copied().unwrap_or(0),
    };
    Ok(own.into_iter().map(see).collect())
}

/// `GET /api/v1/contact-lists`
pub async fn list(
    app: App,
    me: Organizer,
    Query(paging): Query<Paging>,
) -> Result<Listed<ContactList>, AppError> {
    Listed::of(all(&app, &me).await?, |list| list.id.to_string(), &paging)
}

fn taken() -> AppError {
    AppError::Refused("Give it a name that no other list of yours has.".to_owned())
}

/// `POST /api/v1/contact-lists`
pub async fn make(
    app: App,
    me: Organizer,
    Json(wanted): Json<NameList>,
) -> Result<Created<ContactList>, AppError> {
    let before: BTreeSet<ListId> = all(&app, &me).await?.iter().map(|list| list.id).collect();
    if !work_on_lists(&app, me.0.id, ListDeed::Make(line("name", &wanted.name, 80)?)).await? {
        return Err(taken());
    }
    let made = all(&app, &me).await?.into_iter().find(|list| !before.contains(&list.id));
    let made = made.ok_or(AppError::Conflict)?;
    Ok(Created { at: format!("/api/v1/contact-lists/{}", made.id), made })
}

async fn own(app: &Service, me: &Organizer, id: ListId) -> Result<ContactList, AppError> {
    all(app, me).await?.into_iter().find(|list| list.id == id).ok_or(AppError::NotFound)
}

/// `GET /api/v1/contact-lists/{id}`
pub async fn show(
    app: App,
    me: Organizer,
    id: Path<String>,
) -> Result<Shown<ContactList>, AppError> {
    Ok(Shown(own(&app, &me, id.parse()?).await?))
}

/// `PATCH /api/v1/contact-lists/{id}`
pub async fn rename(
    app: App,
    me: Organizer,
    id: Path<String>,
    Json(wanted): Json<NameList>,
) -> Result<Shown<ContactList>, AppError> {
    let id = own(&app, &me, id.parse()?).await?.id;
    if !work_on_lists(&app, me.0.id, ListDeed::Rename(id, line("name", &wanted.name, 80)?)).await? {
        return Err(taken());
    }
    Ok(Shown(own(&app, &me, id).await?))
}

/// `DELETE /api/v1/contact-lists/{id}`
pub async fn delete(app: App, me: Organizer, id: Path<String>) -> Result<Done, AppError> {
    let id = own(&app, &me, id.parse()?).await?.id;
    work_on_lists(&app, me.0.id, ListDeed::Delete(id)).await?;
    Ok(Done)
}
