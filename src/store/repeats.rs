//! Requests that name themselves, so that a program may repeat one of which it does not know
//! whether it was carried out. The name is written in the first transaction that the request
//! writes in: what it does and that it was done are kept together, or neither.

use std::cell::RefCell;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, Set,
};

use super::entity::api_answer;
use crate::domain::OrganizerId;

pub use api_answer::Model as Kept;

/// A request that names itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Who asks.
    pub organizer: OrganizerId,
    /// The name.
    pub key: String,
    /// A print of the request: another one under the same name is a mistake.
    pub print: String,
    /// When it came.
    pub at: DateTime<Utc>,
}

tokio::task_local! {
    static NAMED: RefCell<Option<Named>>;
}

/// Another request of this name was carried out meanwhile.
#[derive(Debug, thiserror::Error)]
#[error("another request of this name was carried out meanwhile")]
pub struct Twice;

/// Carries a request out under its name: the first transaction that it begins to write in keeps
/// the name. What comes of it, and whether a transaction was begun.
pub async fn named<T>(request: Named, carry_out: impl Future<Output = T>) -> (T, bool) {
    NAMED
        .scope(RefCell::new(Some(request)), async {
            let done = carry_out.await;
            (done, NAMED.with(|named| named.borrow().is_none()))
        })
        .await
}

/// Keeps the name of the request that writes, if it has one and it is not kept yet.
pub(super) async fn keep_name(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    let named = NAMED.try_with(|named| named.borrow_mut().take()).ok().flatten();
    let Some(named) = named else { return Ok(()) };
    let columns = [api_answer::Column::OrganizerId, api_answer::Column::Key];
    let new = api_answer::Entity::insert(row(named, None))
        .on_conflict(OnConflict::columns(columns).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await;
    match new {
        Ok(1..) => Ok(()),
        Ok(0) | Err(DbErr::RecordNotInserted) => Err(DbErr::Custom(Twice.to_string())),
        Err(error) => Err(error),
    }
}

/// Whether the database refused because of [`Twice`].
pub fn is_twice(error: &DbErr) -> bool {
    matches!(error, DbErr::Custom(said) if *said == Twice.to_string())
}

fn row(named: Named, answer: Option<(u16, String, String)>) -> api_answer::ActiveModel {
    let (status, head, body) = answer.map_or((None, String::new(), String::new()), |answer| {
        (Some(i32::from(answer.0)), answer.1, answer.2)
    });
    api_answer::ActiveModel {
        organizer_id: Set(named.organizer),
        key: Set(named.key),
        print: Set(named.print),
        status: Set(status),
        head: Set(head),
        body: Set(body),
        created_at: Set(named.at),
    }
}

/// What is kept under a name.
pub async fn by_key(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    key: &str,
) -> Result<Option<Kept>, DbErr> {
    api_answer::Entity::find_by_id((organizer, key.to_owned())).one(db).await
}

/// Keeps what was answered: status, headers and body. `begun`: whether the name is kept already.
pub async fn answered(
    db: &impl ConnectionTrait,
    named: Named,
    begun: bool,
    (status, head, body): (u16, String, String),
) -> Result<(), DbErr> {
    if begun {
        api_answer::Entity::update_many()
            .col_expr(api_answer::Column::Status, Expr::value(i32::from(status)))
            .col_expr(api_answer::Column::Head, Expr::value(head))
            .col_expr(api_answer::Column::Body, Expr::value(body))
            .filter(api_answer::Column::OrganizerId.eq(named.organizer))
            .filter(api_answer::Column::Key.eq(named.key))
            .exec(db)
            .await?;
        return Ok(());
    }
    let columns = [api_answer::Column::OrganizerId, api_answer::Column::Key];
    let kept = api_answer::Entity::insert(row(named, Some((status, head, body))))
        .on_conflict(OnConflict::columns(columns).do_nothing().to_owned())
        .exec_without_returning(db)
        .await;
    match kept {
        Ok(_) | Err(DbErr::RecordNotInserted) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Whether there is something that [`forget`] would remove.
pub async fn is_any_old(db: &impl ConnectionTrait, until: DateTime<Utc>) -> Result<bool, DbErr> {
    let old = api_answer::Entity::find().filter(api_answer::Column::CreatedAt.lt(until));
    Ok(old.count(db).await? > 0)
}

/// Removes what came before `until`.
pub async fn forget(db: &impl ConnectionTrait, until: DateTime<Utc>) -> Result<(), DbErr> {
    api_answer::Entity::delete_many()
        .filter(api_answer::Column::CreatedAt.lt(until))
        .exec(db)
        .await?;
    Ok(())
}
