//! Organizers, their sessions and the links with which they sign in.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, Set,
};

use super::entity::{organizer, session, sign_in_link};
use super::sessions::{self, Session};
use crate::domain::OrganizerId;
use crate::domain::email::Email;

pub use organizer::Model as Organizer;

impl Organizer {
    /// As colleagues see them: their name, or the address where there is none.
    pub fn shown(&self) -> String {
        let address = self.address.as_ref().map(ToString::to_string);
        match self.name.as_str() {
            "" => address.unwrap_or_else(|| "an organizer without a name".to_owned()),
            name => name.to_owned(),
        }
    }
}

/// How many organizers there are.
pub async fn count(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    organizer::Entity::find().count(db).await
}

/// The organizer who came first: the owner of what is made from the command line.
pub async fn first(db: &impl ConnectionTrait) -> Result<Option<Organizer>, DbErr> {
    organizer::Entity::find().order_by_asc(organizer::Column::Id).one(db).await
}

/// The organizer with this id.
pub async fn by_id(db: &impl ConnectionTrait, id: OrganizerId) -> Result<Option<Organizer>, DbErr> {
    organizer::Entity::find_by_id(id).one(db).await
}

/// How these organizers are called, as far as they are still there.
pub async fn names(
    db: &impl ConnectionTrait,
    of: impl IntoIterator<Item = OrganizerId>,
) -> Result<BTreeMap<OrganizerId, String>, DbErr> {
    let of: BTreeSet<OrganizerId> = of.into_iter().collect();
    let found = organizer::Entity::find().filter(organizer::Column::Id.is_in(of)).all(db).await?;
    Ok(found.into_iter().map(|one| (one.id, one.shown())).collect())
}

/// The organizer with this address.
pub async fn by_address(
    db: &impl ConnectionTrait,
    address: &Email,
) -> Result<Option<Organizer>, DbErr> {
    organizer::Entity::find()
        .filter(organizer::Column::AddressFolded.eq(address.folded()))
        .one(db)
        .await
}

/// Keeps a new organizer; the first has no address until they give one.
pub async fn insert(
    db: &impl ConnectionTrait,
    id: OrganizerId,
    address: Option<Email>,
    name: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    organizer::Entity::insert(organizer::ActiveModel {
        id: Set(id),
        // The folded address is unique; without one, the id stands in.
        address_folded: Set(address.as_ref().map_or_else(|| id.to_string(), Email::folded)),
        address: Set(address),
        name: Set(name.to_owned()),
        created_at: Set(now),
    })
    .exec_without_returning(db)
    .await?;
    Ok(())
}

/// Keeps what an organizer says of themselves.
pub async fn update(
    db: &impl ConnectionTrait,
    id: OrganizerId,
    address: Email,
    name: &str,
) -> Result<(), DbErr> {
    organizer::Entity::update(organizer::ActiveModel {
        id: Set(id),
        address_folded: Set(address.folded()),
        address: Set(Some(address)),
        name: Set(name.to_owned()),
        ..Default::default()
    })
    .exec(db)
    .await?;
    Ok(())
}

/// Keeps the address with which an organizer signs in.
pub async fn readdress(
    db: &impl ConnectionTrait,
    id: OrganizerId,
    address: Email,
) -> Result<(), DbErr> {
    organizer::Entity::update(organizer::ActiveModel {
        id: Set(id),
        address_folded: Set(address.folded()),
        address: Set(Some(address)),
        ..Default::default()
    })
    .exec(db)
    .await?;
    Ok(())
}

/// Keeps how an organizer is called.
pub async fn rename(db: &impl ConnectionTrait, id: OrganizerId, name: &str) -> Result<(), DbErr> {
    let named =
        organizer::ActiveModel { id: Set(id), name: Set(name.to_owned()), ..Default::default() };
    organizer::Entity::update(named).exec(db).await?;
    Ok(())
}

/// The code that was mailed beside a link, known by hashes: of the page that asked for it, and of
/// the code together with that page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Which page it is for.
    pub request_hash: String,
    /// What fits it.
    pub code_hash: String,
}

/// Keeps a sign-in link, known by its hash, and the code beside it if there is one.
pub async fn insert_link(
    db: &impl ConnectionTrait,
    token_hash: String,
    code: Option<Code>,
    organizer_id: OrganizerId,
    expires_at: DateTime<Utc>,
) -> Result<(), DbErr> {
    let (request_hash, code_hash) = code.map(|code| (code.request_hash, code.code_hash)).unzip();
    sign_in_link::Entity::insert(sign_in_link::ActiveModel {
        token_hash: Set(token_hash),
        organizer_id: Set(organizer_id),
        expires_at: Set(expires_at),
        used_at: Set(None),
        request_hash: Set(request_hash),
        code_hash: Set(code_hash),
        tries: Set(0),
    })
    .exec_without_returning(db)
    .await?;
    Ok(())
}

/// Uses a link by the code beside it, at most `tries` times: whom it signs in, or `None` where
/// the code is another, or the link is used, too old or tried too often. Commit in any case: the
/// try counts.
pub async fn use_code(
    tx: &impl ConnectionTrait,
    code: &Code,
    tries: i32,
    now: DateTime<Utc>,
) -> Result<Option<OrganizerId>, DbErr> {
    let counted = sign_in_link::Entity::update_many()
        .col_expr(sign_in_link::Column::Tries, Expr::col(sign_in_link::Column::Tries).add(1))
        .filter(sign_in_link::Column::RequestHash.eq(code.request_hash.as_str()))
        .filter(sign_in_link::Column::UsedAt.is_null())
        .filter(sign_in_link::Column::ExpiresAt.gt(now))
        .filter(sign_in_link::Column::Tries.lt(tries))
        .exec(tx)
        .await?;
    if counted.rows_affected == 0 {
        return Ok(None);
    }
    let link = sign_in_link::Entity::find()
        .filter(sign_in_link::Column::RequestHash.eq(code.request_hash.as_str()))
        .filter(sign_in_link::Column::CodeHash.eq(code.code_hash.as_str()))
        .one(tx)
        .await?;
    match link {
        Some(link) => use_link(tx, &link.token_hash, now).await,
        None => Ok(None),
    }
}

/// Whether a link is still good, without using it.
pub async fn link_is_good(
    db: &impl ConnectionTrait,
    token_hash: &str,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let link = sign_in_link::Entity::find_by_id(token_hash.to_owned()).one(db).await?;
    Ok(link.is_some_and(|link| link.used_at.is_none() && link.expires_at > now))
}

/// Uses a link once: whom it signs in, or `None` where it is used or too old.
pub async fn use_link(
    db: &impl ConnectionTrait,
    token_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<OrganizerId>, DbErr> {
    let used = sign_in_link::Entity::update_many()
        .col_expr(sign_in_link::Column::UsedAt, Expr::value(now))
        .filter(sign_in_link::Column::TokenHash.eq(token_hash))
        .filter(sign_in_link::Column::UsedAt.is_null())
        .filter(sign_in_link::Column::ExpiresAt.gt(now))
        .exec(db)
        .await?;
    if used.rows_affected == 0 {
        return Ok(None);
    }
    let link = sign_in_link::Entity::find_by_id(token_hash.to_owned()).one(db).await?;
    Ok(link.map(|link| link.organizer_id))
}

/// Forgets the links with which an organizer could sign in.
pub async fn delete_links(db: &impl ConnectionTrait, of: OrganizerId) -> Result<(), DbErr> {
    let own = sign_in_link::Column::OrganizerId.eq(of);
    sign_in_link::Entity::delete_many().filter(own).exec(db).await?;
    Ok(())
}

/// Keeps a session, known by the hash of its cookie.
pub async fn insert_session(
    db: &impl ConnectionTrait,
    token_hash: String,
    organizer_id: OrganizerId,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<(), DbErr> {
    session::Entity::insert(session::ActiveModel {
        token_hash: Set(token_hash),
        organizer_id: Set(organizer_id),
        created_at: Set(now),
        expires_at: Set(expires_at),
        ..Default::default()
    })
    .exec_without_returning(db)
    .await?;
    Ok(())
}

/// Whose session this is, with the session, if it has not ended; see [`sessions::live`].
pub async fn by_session(
    db: &impl ConnectionTrait,
    token_hash: &str,
    now: DateTime<Utc>,
    idle: DateTime<Utc>,
) -> Result<Option<(Organizer, Session)>, DbErr> {
    let Some(session) = sessions::live(db, token_hash, now, idle).await? else { return Ok(None) };
    let organizer = by_id(db, session.organizer_id).await?;
    Ok(organizer.map(|organizer| (organizer, session)))
}

/// Ends a session.
pub async fn delete_session(db: &impl ConnectionTrait, token_hash: &str) -> Result<(), DbErr> {
    session::Entity::delete_by_id(token_hash.to_owned()).exec(db).await?;
    Ok(())
}

/// Whether no organizer has a session: then nobody can get in but by a printed link.
pub async fn nobody_signed_in(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    Ok(session::Entity::find().count(db).await? == 0)
}
