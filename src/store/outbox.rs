//! The outbox: mails whose bytes were frozen when they were queued. Pages read it here; the way
//! of a message, one step at a time, is in [`way`].

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _, Func, OnConflict};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, DerivePartialModel, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};

use super::entity::{message, message_event, message_raw, questionnaire};
use super::organizers::Organizer;
use crate::domain::status::{Delivery, Purpose};
use crate::domain::{CampaignId, InvitationId, MessageId, QuestionnaireId};

pub mod back;
pub mod claiming;
pub mod listing;
pub mod pace;
pub mod raw;
pub mod sent;
pub mod standing;
pub mod stray;
pub mod way;

pub use message::Model as Message;
pub use message_event::Model as Event;

/// A mail to queue, its bytes built before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMessage {
    /// Its name.
    pub id: MessageId,
    /// What it is about, so that it is queued once: `reminder:INVITATION:1`.
    pub idempotency_key: String,
    /// The questionnaire it belongs to; with it, it goes.
    pub questionnaire: Option<QuestionnaireId>,
    /// The invitation it carries the link of.
    pub invitation: Option<InvitationId>,
    /// The campaign it is part of: it leaves only while that runs.
    pub campaign: Option<CampaignId>,
    /// What it is for.
    pub purpose: Purpose,
    /// The addressee, without a name.
    pub recipient: String,
    /// The language of its words.
    pub language: String,
    /// Its subject, for lists.
    pub subject: String,
    /// Its Message-ID with angle brackets.
    pub message_id: String,
    /// The bytes that go over the wire.
    pub raw: Vec<u8>,
    /// When it was made, and may leave.
    pub at: DateTime<Utc>,
    /// After this it is not sent any more.
    pub not_after: DateTime<Utc>,
}

/// Queues a mail inside the caller's transaction; `false`: its key is there already, and nothing
/// was changed. After the commit, wake the worker with `service.post.wake()`.
pub async fn enqueue(tx: &impl ConnectionTrait, new: NewMessage) -> Result<bool, DbErr> {
    Ok(enqueue_all(tx, vec![new]).await? == 1)
}

/// Queues many; how many were not there already.
pub async fn enqueue_all(tx: &impl ConnectionTrait, new: Vec<NewMessage>) -> Result<u64, DbErr> {
    let mut queued = 0;
    let mut new = new.into_iter().peekable();
    while new.peek().is_some() {
        // A mail is some kilobytes: a hundred of them are one comfortable statement.
        let (chunk, mut texts): (Vec<_>, Vec<_>) = new
            .by_ref()
            .take(100)
            .map(|mut new| {
                let text = (new.id, std::mem::take(&mut new.raw));
                (row(new), text)
            })
            .unzip();
        let ids: Vec<MessageId> = texts.iter().map(|(id, _)| *id).collect();
        let taken = message::Entity::insert_many(chunk)
            .on_conflict(
                OnConflict::column(message::Column::IdempotencyKey).do_nothing().to_owned(),
            )
            .exec_without_returning(tx)
            .await?;
        queued += taken;
        if usize::try_from(taken).is_ok_and(|taken| taken < ids.len()) {
            // Of those that were there already, nothing is kept.
            let there: HashSet<MessageId> = message::Entity::find()
                .select_only()
                .column(message::Column::Id)
                .filter(message::Column::Id.is_in(ids))
                .into_tuple()
                .all(tx)
                .await?
                .into_iter()
                .collect();
            texts.retain(|(id, _)| there.contains(id));
        }
        if !texts.is_empty() {
            let rows = texts.iter().map(|(id, raw)| raw::row(*id, raw));
            message_raw::Entity::insert_many(rows).exec_without_returning(tx).await?;
        }
    }
    Ok(queued)
}

/// Whose turn comes first: somebody waits for it before the screen, then what has a place in a
/// calendar, then what goes to many.
fn rank(purpose: Purpose) -> i16 {
    match purpose {
        Purpose::SignIn | Purpose::Account | Purpose::Draft | Purpose::Receipt | Purpose::Test => 0,
        Purpose::Seat
        | Purpose::SeatCancelled
        | Purpose::SeatReminder
        | Purpose::SeatAfter
        | Purpose::Times
        | Purpose::Colleague
        | Purpose::Forward
        | Purpose::WebhookOff => 1,
        Purpose::Invitation | Purpose::Reminder | Purpose::Thanks | Purpose::Brief => 2,
    }
}

/// The part of an address after its last `@`, in lower case.
pub fn domain(recipient: &str) -> String {
    recipient.rsplit_once('@').map_or(recipient, |(_, domain)| domain).to_lowercase()
}

fn row(new: NewMessage) -> message::ActiveModel {
    message::ActiveModel {
        id: Set(new.id),
        idempotency_key: Set(new.idempotency_key),
        questionnaire_id: Set(new.questionnaire),
        invitation_id: Set(new.invitation),
        campaign_id: Set(new.campaign),
        purpose: Set(new.purpose),
        domain: Set(domain(&new.recipient)),
        recipient: Set(new.recipient),
        language: Set(new.language),
        subject: Set(new.subject),
        message_id: Set(new.message_id),
        state: Set(Delivery::Queued),
        attempts: Set(0),
        next_at: Set(new.at),
        not_after: Set(new.not_after),
        lease_owner: Set(None),
        lease_until: Set(None),
        last_reply: Set(None),
        rank: Set(rank(new.purpose)),
        doubts: Set(0),
        tried_at: Set(None),
        last_code: Set(None),
        last_enhanced: Set(None),
        last_stage: Set(None),
        created_at: Set(new.at),
        updated_at: Set(new.at),
    }
}

/// A message without its bytes, for lists.
#[derive(Clone, Debug, PartialEq, Eq, DerivePartialModel)]
#[sea_orm(entity = "message::Entity")]
pub struct Line {
    /// Its name.
    pub id: MessageId,
    /// The invitation it carries the link of.
    pub invitation_id: Option<InvitationId>,
    /// What it is for.
    pub purpose: Purpose,
    /// The addressee.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// Where it stands.
    pub state: Delivery,
    /// How often it was tried.
    pub attempts: i32,
    /// When it is tried next.
    pub next_at: DateTime<Utc>,
    /// What the server said last.
    pub last_reply: Option<String>,
    /// When it was queued.
    pub created_at: DateTime<Utc>,
    /// When its state last changed.
    pub updated_at: DateTime<Utc>,
}

/// Which messages an organizer may see: those of their questionnaires, and those about their own
/// account. What the same person gets as a respondent is not seen here.
async fn seen_by(db: &impl ConnectionTrait, organizer: &Organizer) -> Result<Condition, DbErr> {
    let own: Vec<QuestionnaireId> = questionnaire::Entity::find()
        .select_only()
        .column(questionnaire::Column::Id)
        .filter(questionnaire::Column::OrganizerId.eq(organizer.id))
        .into_tuple()
        .all(db)
        .await?;
    let mut seen = Condition::any().add(message::Column::QuestionnaireId.is_in(own));
    if let Some(address) = &organizer.address {
        seen = seen.add(
            Condition::all()
                .add(message::Column::QuestionnaireId.is_null())
                .add(message::Column::Purpose.is_not_in([Purpose::Draft, Purpose::Receipt]))
                .add(message::Column::Recipient.eq(address.as_str())),
        );
    }
    Ok(seen)
}

/// An organizer's messages, newest first, a page of `size` from `page` 0; only those in `states`
/// where some are named.
pub async fn page(
    db: &impl ConnectionTrait,
    organizer: &Organizer,
    states: &[Delivery],
    page: u64,
    size: u64,
) -> Result<Vec<Line>, DbErr> {
    let mut query = message::Entity::find().filter(seen_by(db, organizer).await?);
    if !states.is_empty() {
        query = query.filter(message::Column::State.is_in(states.iter().copied()));
    }
    query
        .order_by_desc(message::Column::CreatedAt)
        .order_by_desc(message::Column::Id)
        .offset(page.saturating_mul(size))
        .limit(size)
        .into_partial_model::<Line>()
        .all(db)
        .await
}

/// How many of an organizer's messages are in each state.
pub async fn counts(
    db: &impl ConnectionTrait,
    organizer: &Organizer,
) -> Result<Vec<(Delivery, u64)>, DbErr> {
    let rows: Vec<(Delivery, i64)> = message::Entity::find()
        .filter(seen_by(db, organizer).await?)
        .select_only()
        .column(message::Column::State)
        .column_as(message::Column::Id.count(), "number")
        .group_by(message::Column::State)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(state, n)| (state, u64::try_from(n).unwrap_or(0))).collect())
}

/// One of an organizer's messages.
pub async fn one(
    db: &impl ConnectionTrait,
    organizer: &Organizer,
    id: MessageId,
) -> Result<Option<Message>, DbErr> {
    message::Entity::find_by_id(id).filter(seen_by(db, organizer).await?).one(db).await
}

/// The messages of one questionnaire without their bytes, oldest first.
pub async fn of_questionnaire(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<Vec<Line>, DbErr> {
    message::Entity::find()
        .filter(message::Column::QuestionnaireId.eq(questionnaire))
        .order_by_asc(message::Column::CreatedAt)
        .order_by_asc(message::Column::Id)
        .into_partial_model::<Line>()
        .all(db)
        .await
}

/// The messages that carry the links of these invitations, without their bytes, oldest first.
pub async fn of_invitations(
    db: &impl ConnectionTrait,
    invitations: &[InvitationId],
) -> Result<Vec<Line>, DbErr> {
    if invitations.is_empty() {
        return Ok(vec![]);
    }
    message::Entity::find()
        .filter(message::Column::InvitationId.is_in(invitations.iter().copied()))
        .order_by_asc(message::Column::CreatedAt)
        .order_by_asc(message::Column::Id)
        .into_partial_model::<Line>()
        .all(db)
        .await
}

/// What happened to a message, oldest first.
pub async fn events(db: &impl ConnectionTrait, id: MessageId) -> Result<Vec<Event>, DbErr> {
    message_event::Entity::find()
        .filter(message_event::Column::MessageId.eq(id))
        .order_by_asc(message_event::Column::CreatedAt)
        .order_by_asc(message_event::Column::Id)
        .all(db)
        .await
}

/// How many messages of this purpose were queued for `recipient` since then.
pub async fn queued_since(
    db: &impl ConnectionTrait,
    recipient: &str,
    purpose: Purpose,
    since: DateTime<Utc>,
) -> Result<u64, DbErr> {
    message::Entity::find()
        .filter(message::Column::Recipient.eq(recipient))
        .filter(message::Column::Purpose.eq(purpose))
        .filter(message::Column::CreatedAt.gt(since))
        .count(db)
        .await
}

/// How many messages of these purposes were queued since then for one of `recipients`: an
/// address in lower case, or what stands for it.
pub async fn asked_for_since(
    db: &impl ConnectionTrait,
    recipients: &[&str],
    purposes: &[Purpose],
    since: DateTime<Utc>,
) -> Result<u64, DbErr> {
    message::Entity::find()
        .filter(
            Func::lower(Expr::col(message::Column::Recipient)).is_in(recipients.iter().copied()),
        )
        .filter(message::Column::Purpose.is_in(purposes.iter().copied()))
        .filter(message::Column::CreatedAt.gt(since))
        .count(db)
        .await
}

/// How many messages have a key that begins so.
pub async fn about(db: &impl ConnectionTrait, key: &str) -> Result<u64, DbErr> {
    message::Entity::find().filter(message::Column::IdempotencyKey.starts_with(key)).count(db).await
}

/// How many of these keys are there already.
pub async fn known(db: &impl ConnectionTrait, keys: &[String]) -> Result<usize, DbErr> {
    let mut known = 0;
    for keys in keys.chunks(500) {
        let query = message::Entity::find()
            .filter(message::Column::IdempotencyKey.is_in(keys.iter().cloned()));
        known += usize::try_from(query.count(db).await?).unwrap_or(usize::MAX);
    }
    Ok(known)
}

/// How many messages are in this state: for tests and health.
pub async fn count(db: &impl ConnectionTrait, state: Delivery) -> Result<u64, DbErr> {
    message::Entity::find().filter(message::Column::State.eq(state)).count(db).await
}
