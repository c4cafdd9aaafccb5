//! Mails that came in: each kept once, with what it was and what was done about it.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, DerivePartialModel, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};

use super::entity::inbound;
use crate::domain::status::Arrival;
use crate::domain::{ArrivalId, MessageId, OrganizerId, QuestionnaireId};

pub use inbound::Model as Inbound;

/// A mail to keep, before anybody has looked at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInbound {
    /// Its name.
    pub id: ArrivalId,
    /// The same for the same mail, whichever way it came.
    pub print: String,
    /// Which way it came: `http`, `lmtp`, `imap`.
    pub way: &'static str,
    /// What the envelope said, as JSON.
    pub envelope: String,
    /// Who wrote it, as it says.
    pub sender: String,
    /// Its subject.
    pub subject: String,
    /// Its bytes.
    pub raw: Vec<u8>,
    /// When it came.
    pub at: DateTime<Utc>,
}

/// Keeps a mail; `false`: it is there already.
///
/// # Errors
/// A database that refuses.
pub async fn insert(db: &impl ConnectionTrait, new: NewInbound) -> Result<bool, DbErr> {
    let row = inbound::ActiveModel {
        id: Set(new.id),
        print: Set(new.print),
        way: Set(new.way.to_owned()),
        envelope: Set(new.envelope),
        kind: Set(Arrival::Waiting),
        sender: Set(new.sender),
        subject: Set(new.subject),
        said: Set(String::new()),
        organizer_id: Set(None),
        questionnaire_id: Set(None),
        message_id: Set(None),
        size: Set(i32::try_from(new.raw.len()).unwrap_or(i32::MAX)),
        raw: Set(new.raw),
        attempts: Set(0),
        received_at: Set(new.at),
        handled_at: Set(None),
    };
    let kept = inbound::Entity::insert(row)
        .on_conflict(OnConflict::column(inbound::Column::Print).do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(kept == 1)
}

/// The mail with this name.
///
/// # Errors
/// A database that refuses.
pub async fn by_id(db: &impl ConnectionTrait, id: ArrivalId) -> Result<Option<Inbound>, DbErr> {
    inbound::Entity::find_by_id(id).one(db).await
}

/// The mail with this print.
///
/// # Errors
/// A database that refuses.
pub async fn by_print(db: &impl ConnectionTrait, print: &str) -> Result<Option<Inbound>, DbErr> {
    inbound::Entity::find().filter(inbound::Column::Print.eq(print)).one(db).await
}

/// What a mail was, and what was done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it was.
    pub kind: Arrival,
    /// What was done and why, for the organizer.
    pub said: String,
    /// Whom it concerns.
    pub organizer: Option<OrganizerId>,
    /// What it concerns; with the questionnaire, it goes.
    pub questionnaire: Option<QuestionnaireId>,
    /// Which message of ours it is about.
    pub message: Option<MessageId>,
}

/// Writes down what a mail was; `false`: somebody else has done so.
///
/// # Errors
/// A database that refuses.
pub async fn settle(
    db: &impl ConnectionTrait,
    id: ArrivalId,
    found: &Found,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let settled = inbound::Entity::update_many()
        .col_expr(inbound::Column::Kind, Expr::value(found.kind))
        .col_expr(inbound::Column::Said, Expr::value(found.said.as_str()))
        .col_expr(inbound::Column::OrganizerId, Expr::value(found.organizer))
        .col_expr(inbound::Column::QuestionnaireId, Expr::value(found.questionnaire))
        .col_expr(inbound::Column::MessageId, Expr::value(found.message))
        .col_expr(inbound::Column::HandledAt, Expr::value(now))
        .filter(inbound::Column::Id.eq(id))
        .filter(inbound::Column::Kind.eq(Arrival::Waiting))
        .exec(db)
        .await?;
    Ok(settled.rows_affected == 1)
}

/// Notes that a mail could not be dealt with yet.
///
/// # Errors
/// A database that refuses.
pub async fn put_off(db: &impl ConnectionTrait, id: ArrivalId) -> Result<(), DbErr> {
    inbound::Entity::update_many()
        .col_expr(inbound::Column::Attempts, Expr::col(inbound::Column::Attempts).add(1))
        .filter(inbound::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Mails that wait, those that were tried least first, at most `most`.
///
/// # Errors
/// A database that refuses.
pub async fn waiting(db: &impl ConnectionTrait, most: u64) -> Result<Vec<ArrivalId>, DbErr> {
    inbound::Entity::find()
        .select_only()
        .column(inbound::Column::Id)
        .filter(inbound::Column::Kind.eq(Arrival::Waiting))
        .order_by_asc(inbound::Column::Attempts)
        .order_by_asc(inbound::Column::Id)
        .limit(most)
        .into_tuple()
        .all(db)
        .await
}

/// A mail without its bytes, for lists.
#[derive(Clone, Debug, PartialEq, Eq, DerivePartialModel)]
#[sea_orm(entity = "inbound::Entity")]
pub struct Line {
    /// Its name.
    pub id: ArrivalId,
    /// What it was.
    pub kind: Arrival,
    /// Who wrote it.
    pub sender: String,
    /// Its subject.
    pub subject: String,
    /// What was done and why.
    pub said: String,
    /// When it came.
    pub received_at: DateTime<Utc>,
}

/// The mails that concern an organizer, newest first, a page of `size` from `page` 0; only those
/// of `kinds` where some are named.
///
/// # Errors
/// A database that refuses.
pub async fn page(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    kinds: &[Arrival],
    page: u64,
    size: u64,
) -> Result<Vec<Line>, DbErr> {
    let mut query = inbound::Entity::find().filter(inbound::Column::OrganizerId.eq(organizer));
    if !kinds.is_empty() {
        query = query.filter(inbound::Column::Kind.is_in(kinds.iter().copied()));
    }
    query
        .order_by_desc(inbound::Column::ReceivedAt)
        .order_by_desc(inbound::Column::Id)
        .offset(page.saturating_mul(size))
        .limit(size)
        .into_partial_model::<Line>()
        .all(db)
        .await
}

/// How many mails of each kind concern an organizer.
///
/// # Errors
/// A database that refuses.
pub async fn counts(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
) -> Result<Vec<(Arrival, u64)>, DbErr> {
    let rows: Vec<(Arrival, i64)> = inbound::Entity::find()
        .filter(inbound::Column::OrganizerId.eq(organizer))
        .select_only()
        .column(inbound::Column::Kind)
        .column_as(inbound::Column::Id.count(), "number")
        .group_by(inbound::Column::Kind)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(kind, n)| (kind, u64::try_from(n).unwrap_or(0))).collect())
}

/// The mails of an organizer, newest first: those that stand behind `last`.
///
/// # Errors
/// A database that refuses.
pub async fn behind(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    last: Option<(DateTime<Utc>, ArrivalId)>,
    most: u64,
) -> Result<Vec<Inbound>, DbErr> {
    let mut query = inbound::Entity::find().filter(inbound::Column::OrganizerId.eq(organizer));
    if let Some((at, id)) = last {
        let same = Condition::all()
            .add(inbound::Column::ReceivedAt.eq(at))
            .add(inbound::Column::Id.lt(id));
        query = query.filter(Condition::any().add(inbound::Column::ReceivedAt.lt(at)).add(same));
    }
    query
        .order_by_desc(inbound::Column::ReceivedAt)
        .order_by_desc(inbound::Column::Id)
        .limit(most)
        .all(db)
        .await
}

/// One of the mails that concern an organizer.
///
/// # Errors
/// A database that refuses.
pub async fn one(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    id: ArrivalId,
) -> Result<Option<Inbound>, DbErr> {
    inbound::Entity::find_by_id(id).filter(inbound::Column::OrganizerId.eq(organizer)).one(db).await
}

/// The mails about one message of ours, oldest first.
///
/// # Errors
/// A database that refuses.
pub async fn about(db: &impl ConnectionTrait, message: MessageId) -> Result<Vec<Line>, DbErr> {
    inbound::Entity::find()
        .filter(inbound::Column::MessageId.eq(message))
        .order_by_asc(inbound::Column::ReceivedAt)
        .order_by_asc(inbound::Column::Id)
        .into_partial_model::<Line>()
        .all(db)
        .await
}

/// How many letters came for an organizer since then.
///
/// # Errors
/// A database that refuses.
pub async fn letters_since(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    since: DateTime<Utc>,
) -> Result<u64, DbErr> {
    inbound::Entity::find()
        .filter(inbound::Column::OrganizerId.eq(organizer))
        .filter(inbound::Column::Kind.eq(Arrival::Letter))
        .filter(inbound::Column::ReceivedAt.gt(since))
        .count(db)
        .await
}

/// Whether a mail came before `until`.
///
/// # Errors
/// A database that refuses.
pub async fn any_before(db: &impl ConnectionTrait, until: DateTime<Utc>) -> Result<bool, DbErr> {
    let found: Option<ArrivalId> = inbound::Entity::find()
        .select_only()
        .column(inbound::Column::Id)
        .filter(inbound::Column::ReceivedAt.lt(until))
        .into_tuple()
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// Removes the mails that came before `until`.
///
/// # Errors
/// A database that refuses.
pub async fn delete_before(db: &impl ConnectionTrait, until: DateTime<Utc>) -> Result<(), DbErr> {
    let old = inbound::Column::ReceivedAt.lt(until);
    inbound::Entity::delete_many().filter(old).exec(db).await?;
    Ok(())
}

/// The mails of one sender (an address in small letters) that concern an organizer, oldest first.
///
/// # Errors
/// A database that refuses.
pub async fn from_sender(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    folded: &str,
) -> Result<Vec<Line>, DbErr> {
    inbound::Entity::find()
        .filter(inbound::Column::OrganizerId.eq(organizer))
        .filter(inbound::Column::Sender.eq(folded))
        .order_by_asc(inbound::Column::ReceivedAt)
        .order_by_asc(inbound::Column::Id)
        .into_partial_model::<Line>()
        .all(db)
        .await
}

/// Removes the mails of one sender (an address in small letters) that concern an organizer, and
/// those about these messages; which they were, with their senders.
///
/// # Errors
/// A database that refuses.
pub async fn forget(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    folded: &str,
    messages: &[MessageId],
) -> Result<Vec<(ArrivalId, String)>, DbErr> {
    let theirs = Condition::all()
        .add(inbound::Column::OrganizerId.eq(organizer))
        .add(inbound::Column::Sender.eq(folded));
    let mut gone = vec![];
    for about in messages.chunks(500) {
        let about = inbound::Column::MessageId.is_in(about.iter().copied());
        gone.extend(take(db, Condition::all().add(about)).await?);
    }
    gone.extend(take(db, theirs).await?);
    Ok(gone)
}

async fn take(
    db: &impl ConnectionTrait,
    which: Condition,
) -> Result<Vec<(ArrivalId, String)>, DbErr> {
    let found = inbound::Entity::find()
        .select_only()
        .column(inbound::Column::Id)
        .column(inbound::Column::Sender)
        .filter(which.clone())
        .into_tuple()
        .all(db)
        .await?;
    inbound::Entity::delete_many().filter(which).exec(db).await?;
    Ok(found)
}
