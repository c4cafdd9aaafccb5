//! Erasing: what was kept of one response, in every table.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbBackend, DbErr, EntityTrait as _,
    QueryFilter as _, QuerySelect as _, Set,
};

use super::Store;
use super::entity::{
    discussion_group, discussion_rule, erasure, invitation, message, message_event, plan_change,
    response, seat,
};
use super::{outbox, own_seat};
use crate::domain::status::{Delivery, Purpose};
use crate::domain::{
    ChangeId, ErasureId, GroupId, MessageId, ParticipantId, QuestionnaireId, ResponseId, RuleId,
};

/// Removes a response with its revisions, answers, name and address, and the participants it
/// made with their seats (all of which belong to it, and go with it). Its invitation no longer leads to it; that it was answered
/// stays, so that no reminder asks somebody who has just erased everything.
pub async fn response(db: &impl ConnectionTrait, id: ResponseId) -> Result<(), DbErr> {
    invitation::Entity::update_many()
        .col_expr(invitation::Column::ResponseId, Expr::value(None::<ResponseId>))
        .filter(invitation::Column::ResponseId.eq(id))
        .exec(db)
        .await?;
    response::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// As whom a respondent takes part in discussions, and those beside them in the same groups.
pub async fn seats(
    db: &impl ConnectionTrait,
    id: ResponseId,
) -> Result<(Vec<ParticipantId>, Vec<ParticipantId>), DbErr> {
    let own: Vec<ParticipantId> =
        own_seat::every(db, id).await?.into_iter().map(|one| one.id).collect();
    let seats =
        seat::Entity::find().filter(seat::Column::ParticipantId.is_in(own.clone())).all(db).await?;
    let groups: Vec<GroupId> = seats.iter().filter_map(|seat| seat.group_id).collect();
    let beside = seat::Entity::find()
        .filter(seat::Column::GroupId.is_in(groups))
        .filter(seat::Column::ParticipantId.is_not_in(own.clone()))
        .all(db)
        .await?;
    let mut beside: Vec<ParticipantId> =
        beside.into_iter().map(|seat| seat.participant_id).collect();
    beside.sort_unstable();
    beside.dedup();
    Ok((own, beside))
}

/// Every rule about who sits with whom, and every change of a plan, of a questionnaire's
/// discussions: each names participants.
pub async fn named(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<(Vec<discussion_rule::Model>, Vec<plan_change::Model>), DbErr> {
    let rules = discussion_rule::Entity::find()
        .filter(discussion_rule::Column::QuestionnaireId.eq(questionnaire))
        .all(db)
        .await?;
    let changes = plan_change::Entity::find()
        .filter(plan_change::Column::QuestionnaireId.eq(questionnaire))
        .all(db)
        .await?;
    Ok((rules, changes))
}

/// Keeps a rule with fewer people, or not at all.
pub async fn set_rule(
    db: &impl ConnectionTrait,
    id: RuleId,
    people: Option<String>,
) -> Result<(), DbErr> {
    match people {
        None => discussion_rule::Entity::delete_by_id(id).exec(db).await.map(|_| ()),
        Some(people) => discussion_rule::Entity::update_many()
            .col_expr(discussion_rule::Column::People, Expr::value(people))
            .filter(discussion_rule::Column::Id.eq(id))
            .exec(db)
            .await
            .map(|_| ()),
    }
}

/// Keeps of a change of a plan what is still true of those who are there; `None`: nothing.
pub async fn set_change(
    db: &impl ConnectionTrait,
    id: ChangeId,
    what: Option<String>,
) -> Result<(), DbErr> {
    match what {
        None => plan_change::Entity::delete_by_id(id).exec(db).await.map(|_| ()),
        Some(what) => plan_change::Entity::update_many()
            .col_expr(plan_change::Column::What, Expr::value(what))
            .filter(plan_change::Column::Id.eq(id))
            .exec(db)
            .await
            .map(|_| ()),
    }
}

/// Every guide that was made for a questionnaire: guides quote answers.
pub async fn guides(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<Vec<(GroupId, String)>, DbErr> {
    discussion_group::Entity::find()
        .select_only()
        .column(discussion_group::Column::Id)
        .column(discussion_group::Column::Guide)
        .filter(discussion_group::Column::QuestionnaireId.eq(questionnaire))
        .into_tuple()
        .all(db)
        .await
}

/// Keeps a guide instead of the one that was there.
pub async fn set_guide(
    db: &impl ConnectionTrait,
    group: GroupId,
    guide: String,
) -> Result<(), DbErr> {
    discussion_group::Entity::update_many()
        .col_expr(discussion_group::Column::Guide, Expr::value(guide))
        .filter(discussion_group::Column::Id.eq(group))
        .exec(db)
        .await?;
    Ok(())
}

/// Calls off the mails about what these keys begin with, and forgets their text and to whom they
/// went: what `mark` makes of the address stands for it, by which only we can count.
pub async fn letters(
    db: &impl ConnectionTrait,
    keys: &[String],
    mark: impl Fn(&str) -> String,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    forget_letters(db, about(keys), mark, now).await
}

/// The same with these mails.
pub async fn letters_of(
    db: &impl ConnectionTrait,
    mails: &[MessageId],
    mark: impl Fn(&str) -> String,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let these = Condition::all().add(message::Column::Id.is_in(mails.iter().copied()));
    forget_letters(db, these, mark, now).await
}

/// Removes the mails whose keys begin so, whole: each hands on what somebody wrote who is erased,
/// and names them in its subject.
pub async fn handed_on(db: &impl ConnectionTrait, keys: &[String]) -> Result<(), DbErr> {
    for keys in keys.chunks(100) {
        message::Entity::delete_many().filter(about(keys)).exec(db).await?;
    }
    Ok(())
}

async fn forget_letters(
    db: &impl ConnectionTrait,
    which: Condition,
    mark: impl Fn(&str) -> String,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value(Delivery::Cancelled))
        .col_expr(message::Column::LeaseOwner, Expr::value(None::<String>))
        .col_expr(message::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(message::Column::UpdatedAt, Expr::value(now))
        .filter(which.clone())
        .filter(message::Column::State.is_in([Delivery::Queued, Delivery::Claimed]))
        .exec(db)
        .await?;
    let found: Vec<(MessageId, String)> = message::Entity::find()
        .select_only()
        .column(message::Column::Id)
        .column(message::Column::Recipient)
        .filter(which)
        .into_tuple()
        .all(db)
        .await?;
    for (id, recipient) in found {
        outbox::raw::forget(db, &[id]).await?;
        message::Entity::update_many()
            .col_expr(message::Column::Recipient, Expr::value(mark(&recipient)))
            .col_expr(message::Column::LastReply, Expr::value(None::<String>))
            .filter(message::Column::Id.eq(id))
            .exec(db)
            .await?;
        // What servers answered often names the address.
        message_event::Entity::update_many()
            .col_expr(message_event::Column::Detail, Expr::value(""))
            .filter(message_event::Column::MessageId.eq(id))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Forgets the text of mails about what these keys begin with, as far as they have gone out: it
/// names everybody in the group.
pub async fn texts(db: &impl ConnectionTrait, keys: &[String]) -> Result<(), DbErr> {
    let gone = [Delivery::Queued, Delivery::Claimed, Delivery::InData];
    let ids: Vec<MessageId> = message::Entity::find()
        .select_only()
        .column(message::Column::Id)
        .filter(about(keys))
        .filter(message::Column::State.is_not_in(gone))
        .into_tuple()
        .all(db)
        .await?;
    outbox::raw::forget(db, &ids).await
}

fn about(keys: &[String]) -> Condition {
    keys.iter().fold(Condition::any().add(Expr::value(false)), |any, key| {
        any.add(message::Column::IdempotencyKey.starts_with(key))
    })
}

/// Notes that something was erased: when, and who asked; nothing of what it was.
pub async fn note(
    db: &impl ConnectionTrait,
    id: ErasureId,
    questionnaire: QuestionnaireId,
    asked_by: &str,
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    erasure::Entity::insert(erasure::ActiveModel {
        id: Set(id),
        questionnaire_id: Set(questionnaire),
        asked_by: Set(asked_by.to_owned()),
        erased_at: Set(at),
    })
    .exec_without_returning(db)
    .await?;
    Ok(())
}

/// Removes mails with links for readers that are older than `until`: their links have expired, or
/// are on the reader's own page. Those whose response was erased go at `erased`.
pub async fn forget_links(
    db: &impl ConnectionTrait,
    until: DateTime<Utc>,
    erased: DateTime<Utc>,
) -> Result<(), DbErr> {
    message::Entity::delete_many().filter(old_links(until, erased)).exec(db).await?;
    Ok(())
}

/// Whether there is one that [`forget_links`] would remove.
pub async fn is_any_link(
    db: &impl ConnectionTrait,
    until: DateTime<Utc>,
    erased: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let query = message::Entity::find().select_only().column(message::Column::Id);
    let found: Option<MessageId> =
        query.filter(old_links(until, erased)).into_tuple().one(db).await?;
    Ok(found.is_some())
}

fn old_links(until: DateTime<Utc>, erased: DateTime<Utc>) -> Condition {
    let old = Condition::any().add(message::Column::CreatedAt.lt(until)).add(
        Condition::all()
            .add(message::Column::CreatedAt.lt(erased))
            .add(message::Column::Recipient.contains("@").not()),
    );
    let asked_for = [Purpose::Draft, Purpose::Receipt];
    Condition::all().add(message::Column::Purpose.is_in(asked_for)).add(old)
}

/// Lets no copy of what was erased stay in the database's log. Where others are reading just
/// now, their next commit does it.
///
/// PostgreSQL overwrites what was deleted when it vacuums, by itself.
pub async fn settle(store: &Store) -> Result<(), DbErr> {
    if store.writer.get_database_backend() == DbBackend::Sqlite {
        store.writer.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
    }
    Ok(())
}
