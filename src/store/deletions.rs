//! What is to be erased, questionnaires and accounts, and the erasing of it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{OnConflict, SelectStatement};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _, Set,
};

use super::entity::{
    article, organizer, organizer_deletion, questionnaire, questionnaire_deletion,
};
use super::invitations::{self, Going};
use super::{articles, images};
use crate::domain::{OrganizerId, QuestionnaireId};

/// The questionnaires that are to be erased, for use in a query.
pub(super) fn questionnaires() -> SelectStatement {
    questionnaire_deletion::Entity::find()
        .select_only()
        .column(questionnaire_deletion::Column::QuestionnaireId)
        .into_query()
}

/// When a questionnaire will be erased; nothing: it stays.
pub async fn of(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    let found = questionnaire_deletion::Entity::find_by_id(questionnaire).one(db).await?;
    Ok(found.map(|found| found.erase_at))
}

/// When each of these questionnaires will be erased, of those that will.
pub async fn among(
    db: &impl ConnectionTrait,
    questionnaires: impl IntoIterator<Item = QuestionnaireId>,
) -> Result<BTreeMap<QuestionnaireId, DateTime<Utc>>, DbErr> {
    let rows = questionnaire_deletion::Entity::find()
        .filter(questionnaire_deletion::Column::QuestionnaireId.is_in(questionnaires))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.questionnaire_id, row.erase_at)).collect())
}

/// Keeps when a questionnaire will be erased; an earlier word stays.
pub async fn keep(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    now: DateTime<Utc>,
    erase_at: DateTime<Utc>,
) -> Result<(), DbErr> {
    questionnaire_deletion::Entity::insert(questionnaire_deletion::ActiveModel {
        questionnaire_id: Set(questionnaire),
        asked_at: Set(now),
        erase_at: Set(erase_at),
    })
    .on_conflict(
        OnConflict::column(questionnaire_deletion::Column::QuestionnaireId).do_nothing().to_owned(),
    )
    .exec_without_returning(db)
    .await?;
    Ok(())
}

/// Takes it back; `false`: nothing was to be erased.
pub async fn restore(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<bool, DbErr> {
    let gone = questionnaire_deletion::Entity::delete_by_id(questionnaire).exec(db).await?;
    Ok(gone.rows_affected == 1)
}

/// The questionnaires whose time is over.
pub async fn due(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<Vec<QuestionnaireId>, DbErr> {
    questionnaire_deletion::Entity::find()
        .select_only()
        .column(questionnaire_deletion::Column::QuestionnaireId)
        .filter(questionnaire_deletion::Column::EraseAt.lte(now))
        .order_by_asc(questionnaire_deletion::Column::EraseAt)
        .into_tuple()
        .all(db)
        .await
}

/// Erases a questionnaire whose time is over, with everything that belongs to it, and its article;
/// `false`: it was restored meanwhile.
pub async fn erase(
    tx: &DatabaseTransaction,
    id: QuestionnaireId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let due = questionnaire_deletion::Entity::find_by_id(id)
        .filter(questionnaire_deletion::Column::EraseAt.lte(now))
        .one(tx)
        .await?;
    let Some(of) = questionnaire::Entity::find_by_id(id).one(tx).await?.filter(|_| due.is_some())
    else {
        return Ok(false);
    };
    questionnaire::Entity::delete_by_id(id).exec(tx).await?;
    // The earlier texts of its article go with it, and those that nobody took.
    let texts = articles::family(tx, of.article_id).await?;
    let in_use = questionnaire::Column::ArticleId.is_in(texts.iter().copied());
    if questionnaire::Entity::find().filter(in_use).one(tx).await?.is_none() {
        images::remove(tx, &texts).await?;
        let all = article::Column::Id.is_in(texts);
        article::Entity::delete_many().filter(all).exec(tx).await?;
    }
    Ok(true)
}

/// When an account will be erased; nothing: it stays.
pub async fn of_organizer(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    let found = organizer_deletion::Entity::find_by_id(organizer).one(db).await?;
    Ok(found.map(|found| found.erase_at))
}

/// Keeps when an account will be erased; an earlier word stays.
pub async fn keep_organizer(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
    now: DateTime<Utc>,
    erase_at: DateTime<Utc>,
) -> Result<(), DbErr> {
    organizer_deletion::Entity::insert(organizer_deletion::ActiveModel {
        organizer_id: Set(organizer),
        asked_at: Set(now),
        erase_at: Set(erase_at),
    })
    .on_conflict(
        OnConflict::column(organizer_deletion::Column::OrganizerId).do_nothing().to_owned(),
    )
    .exec_without_returning(db)
    .await?;
    Ok(())
}

/// Takes it back; `false`: the account was not to be erased.
pub async fn restore_organizer(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
) -> Result<bool, DbErr> {
    let gone = organizer_deletion::Entity::delete_by_id(organizer).exec(db).await?;
    Ok(gone.rows_affected == 1)
}

/// The accounts whose time is over.
pub async fn due_organizers(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<Vec<OrganizerId>, DbErr> {
    organizer_deletion::Entity::find()
        .select_only()
        .column(organizer_deletion::Column::OrganizerId)
        .filter(organizer_deletion::Column::EraseAt.lte(now))
        .order_by_asc(organizer_deletion::Column::EraseAt)
        .into_tuple()
        .all(db)
        .await
}

/// Erases an account with everything that belongs to it; the questionnaires in its name must be
/// gone before. `false`: it still has one.
pub async fn erase_organizer(tx: &impl ConnectionTrait, id: OrganizerId) -> Result<bool, DbErr> {
    let own = questionnaire::Column::OrganizerId.eq(id);
    if questionnaire::Entity::find().filter(own).one(tx).await?.is_some() {
        return Ok(false);
    }
    invitations::hand_on(tx, Going::Organizer(id)).await?;
    organizer::Entity::delete_by_id(id).exec(tx).await?;
    Ok(true)
}
