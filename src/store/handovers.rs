//! Questionnaires that a member is asked to take over.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, Set};

use super::entity::handover;
use crate::domain::{OrganizerId, QuestionnaireId};

pub use handover::Model as Handover;

/// What is offered of this questionnaire.
pub async fn of(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<Option<Handover>, DbErr> {
    handover::Entity::find_by_id(questionnaire).one(db).await
}

/// What this organizer is asked to take over.
pub async fn to(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
) -> Result<Vec<QuestionnaireId>, DbErr> {
    let of = handover::Column::OrganizerId.eq(organizer);
    let rows = handover::Entity::find().filter(of).all(db).await?;
    Ok(rows.into_iter().map(|row| row.questionnaire_id).collect())
}

/// Keeps an offer in place of the one before.
pub async fn keep(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    from: OrganizerId,
    to: OrganizerId,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    delete(db, questionnaire).await?;
    handover::Entity::insert(handover::ActiveModel {
        questionnaire_id: Set(questionnaire),
        organizer_id: Set(to),
        offered_by: Set(from),
        created_at: Set(now),
    })
    .exec_without_returning(db)
    .await?;
    Ok(())
}

/// Removes the offer, if there is one.
pub async fn delete(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<(), DbErr> {
    handover::Entity::delete_by_id(questionnaire).exec(db).await?;
    Ok(())
}
