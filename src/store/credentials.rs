//! What organizers sign in with: passkeys, passwords, accounts elsewhere; and the sign-ins that
//! have begun.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, Set,
};

use super::entity::{ceremony, openid_identity, passkey, password};
use crate::domain::{OrganizerId, PasskeyId};

pub use passkey::Model as Passkey;

/// An organizer's passkeys, oldest first.
pub async fn passkeys(db: &impl ConnectionTrait, of: OrganizerId) -> Result<Vec<Passkey>, DbErr> {
    passkey::Entity::find()
        .filter(passkey::Column::OrganizerId.eq(of))
        .order_by_asc(passkey::Column::CreatedAt)
        .order_by_asc(passkey::Column::Id)
        .all(db)
        .await
}

/// The passkey that browsers know by this id, in base64url.
pub async fn passkey(
    db: &impl ConnectionTrait,
    credential_id: &str,
) -> Result<Option<Passkey>, DbErr> {
    passkey::Entity::find().filter(passkey::Column::CredentialId.eq(credential_id)).one(db).await
}

/// Keeps a new passkey.
///
/// # Errors
/// One that is known already; a database that refuses.
pub async fn insert_passkey(db: &impl ConnectionTrait, new: Passkey) -> Result<(), DbErr> {
    passkey::Entity::insert(new.into_active_model().reset_all()).exec_without_returning(db).await?;
    Ok(())
}

/// Keeps what a passkey has become when it was used.
pub async fn used(
    db: &impl ConnectionTrait,
    id: PasskeyId,
    credential: String,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    passkey::Entity::update_many()
        .col_expr(passkey::Column::Credential, Expr::value(credential))
        .col_expr(passkey::Column::UsedAt, Expr::value(now))
        .filter(passkey::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Removes a passkey of this organizer: what they called it, if it was there.
pub async fn delete_passkey(
    tx: &impl ConnectionTrait,
    of: OrganizerId,
    id: PasskeyId,
) -> Result<Option<String>, DbErr> {
    let own = passkey::Entity::find_by_id(id).filter(passkey::Column::OrganizerId.eq(of));
    let Some(found) = own.one(tx).await? else { return Ok(None) };
    let gone = passkey::Entity::delete_by_id(id).exec(tx).await?;
    Ok((gone.rows_affected > 0).then_some(found.name))
}

/// Keeps what is needed to end what has begun, known by the hash of its token.
pub async fn begin(
    db: &impl ConnectionTrait,
    token_hash: String,
    organizer_id: Option<OrganizerId>,
    state: String,
    expires_at: DateTime<Utc>,
) -> Result<(), DbErr> {
    ceremony::Entity::insert(ceremony::ActiveModel {
        token_hash: Set(token_hash),
        organizer_id: Set(organizer_id),
        state: Set(state),
        expires_at: Set(expires_at),
    })
    .exec_without_returning(db)
    .await?;
    Ok(())
}

/// Takes what was kept of what has begun, once: for whom, and the state; `None` where it is
/// unknown, over or too old.
pub async fn end(
    tx: &impl ConnectionTrait,
    token_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<(Option<OrganizerId>, String)>, DbErr> {
    let Some(found) = ceremony::Entity::find_by_id(token_hash.to_owned()).one(tx).await? else {
        return Ok(None);
    };
    let gone = ceremony::Entity::delete_by_id(token_hash.to_owned()).exec(tx).await?;
    let good = gone.rows_affected > 0 && found.expires_at > now;
    Ok(good.then_some((found.organizer_id, found.state)))
}

/// Whether something has begun and will never end.
pub async fn is_any_stale(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let stale = ceremony::Entity::find().filter(ceremony::Column::ExpiresAt.lte(now));
    Ok(stale.count(db).await? > 0)
}

/// Removes what has begun and will never end.
pub async fn delete_stale(tx: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), DbErr> {
    ceremony::Entity::delete_many().filter(ceremony::Column::ExpiresAt.lte(now)).exec(tx).await?;
    Ok(())
}

/// The hash of an organizer's password, and since when it is theirs; `None`: they have none.
pub async fn password(
    db: &impl ConnectionTrait,
    of: OrganizerId,
) -> Result<Option<(String, DateTime<Utc>)>, DbErr> {
    let found = password::Entity::find_by_id(of).one(db).await?;
    Ok(found.map(|found| (found.hash, found.changed_at)))
}

/// Keeps an organizer's password, instead of the one before.
pub async fn set_password(
    db: &impl ConnectionTrait,
    of: OrganizerId,
    hash: String,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    password::Entity::insert(password::ActiveModel {
        organizer_id: Set(of),
        hash: Set(hash),
        changed_at: Set(now),
    })
    .on_conflict(
        OnConflict::column(password::Column::OrganizerId)
            .update_columns([password::Column::Hash, password::Column::ChangedAt])
            .to_owned(),
    )
    .exec_without_returning(db)
    .await?;
    Ok(())
}

/// Forgets an organizer's password; whether they had one.
pub async fn delete_password(db: &impl ConnectionTrait, of: OrganizerId) -> Result<bool, DbErr> {
    let gone = password::Entity::delete_by_id(of).exec(db).await?;
    Ok(gone.rows_affected > 0)
}

/// Whom a provider means by this subject.
pub async fn by_identity(
    db: &impl ConnectionTrait,
    issuer: &str,
    subject: &str,
) -> Result<Option<OrganizerId>, DbErr> {
    let key = (issuer.to_owned(), subject.to_owned());
    let found = openid_identity::Entity::find_by_id(key).one(db).await?;
    Ok(found.map(|found| found.organizer_id))
}

/// Keeps whom a provider means by this subject.
pub async fn insert_identity(
    db: &impl ConnectionTrait,
    (issuer, subject): (&str, &str),
    organizer_id: OrganizerId,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    openid_identity::Entity::insert(openid_identity::ActiveModel {
        issuer: Set(issuer.to_owned()),
        subject: Set(subject.to_owned()),
        organizer_id: Set(organizer_id),
        created_at: Set(now),
    })
    .exec_without_returning(db)
    .await?;
    Ok(())
}

/// The providers that know an organizer.
pub async fn identities(db: &impl ConnectionTrait, of: OrganizerId) -> Result<Vec<String>, DbErr> {
    let found = openid_identity::Entity::find()
        .filter(openid_identity::Column::OrganizerId.eq(of))
        .order_by_asc(openid_identity::Column::Issuer)
        .order_by_asc(openid_identity::Column::Subject)
        .all(db)
        .await?;
    Ok(found.into_iter().map(|identity| identity.issuer).collect())
}

/// Forgets that a provider knows an organizer; whether it did.
pub async fn delete_identities(
    db: &impl ConnectionTrait,
    of: OrganizerId,
    issuer: &str,
) -> Result<bool, DbErr> {
    let gone = openid_identity::Entity::delete_many()
        .filter(openid_identity::Column::OrganizerId.eq(of))
        .filter(openid_identity::Column::Issuer.eq(issuer))
        .exec(db)
        .await?;
    Ok(gone.rows_affected > 0)
}

/// Forgets what an organizer could sign in with since then and not before.
pub async fn delete_since(
    db: &impl ConnectionTrait,
    of: OrganizerId,
    since: DateTime<Utc>,
) -> Result<(), DbErr> {
    passkey::Entity::delete_many()
        .filter(passkey::Column::OrganizerId.eq(of))
        .filter(passkey::Column::CreatedAt.gte(since))
        .exec(db)
        .await?;
    password::Entity::delete_many()
        .filter(password::Column::OrganizerId.eq(of))
        .filter(password::Column::ChangedAt.gte(since))
        .exec(db)
        .await?;
    openid_identity::Entity::delete_many()
        .filter(openid_identity::Column::OrganizerId.eq(of))
        .filter(openid_identity::Column::CreatedAt.gte(since))
        .exec(db)
        .await?;
    Ok(())
}
