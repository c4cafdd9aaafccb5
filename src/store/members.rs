//! Who may do what with a questionnaire.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Set,
};

use super::entity::{membership, organizer};
use crate::domain::{OrganizerId, QuestionnaireId, Role};

/// A member of a questionnaire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub organizer: organizer::Model,
    /// What they may do.
    pub role: Role,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// What `organizer` may do with the questionnaire; nothing: for them it is not there.
pub async fn role_of(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    organizer: OrganizerId,
) -> Result<Option<Role>, DbErr> {
    let found = membership::Entity::find_by_id((questionnaire, organizer)).one(db).await?;
    Ok(found.map(|found| found.role))
}

/// The ids of those who work with the questionnaire, and what each may do.
pub async fn roles(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<Vec<(OrganizerId, Role)>, DbErr> {
    membership::Entity::find()
        .select_only()
        .column(membership::Column::OrganizerId)
        .column(membership::Column::Role)
        .filter(membership::Column::QuestionnaireId.eq(questionnaire))
        .order_by_asc(membership::Column::OrganizerId)
        .into_tuple()
        .all(db)
        .await
}

/// Everybody who works with the questionnaire: owners first, then by name.
pub async fn of(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<Vec<Member>, DbErr> {
    let rows = membership::Entity::find()
        .filter(membership::Column::QuestionnaireId.eq(questionnaire))
        .order_by_asc(membership::Column::OrganizerId)
        .all(db)
        .await?;
    let ids = rows.iter().map(|row| row.organizer_id);
    let people = organizer::Entity::find().filter(organizer::Column::Id.is_in(ids)).all(db).await?;
    let mut members: Vec<Member> = rows
        .into_iter()
        .filter_map(|row| {
            let organizer = people.iter().find(|person| person.id == row.organizer_id)?.clone();
            Some(Member { organizer, role: row.role, since: row.created_at })
        })
        .collect();
    members.sort_by(|a, b| {
        let named = |member: &Member| (member.organizer.name.clone(), member.organizer.id);
        b.role.cmp(&a.role).then_with(|| named(a).cmp(&named(b)))
    });
    Ok(members)
}

/// What an organizer may do with which questionnaires.
pub async fn roles_of(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
) -> Result<Vec<(QuestionnaireId, Role)>, DbErr> {
    let rows = membership::Entity::find()
        .filter(membership::Column::OrganizerId.eq(organizer))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.questionnaire_id, row.role)).collect())
}

/// Keeps what a member may do; whoever is none becomes one.
pub async fn keep(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    organizer: OrganizerId,
    role: Role,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if role_of(db, questionnaire, organizer).await?.is_none() {
        return insert(db, questionnaire, organizer, role, now).await;
    }
    membership::Entity::update(membership::ActiveModel {
        questionnaire_id: Set(questionnaire),
        organizer_id: Set(organizer),
        role: Set(role),
        ..Default::default()
    })
    .exec(db)
    .await?;
    Ok(())
}

/// Removes a member.
pub async fn delete(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    organizer: OrganizerId,
) -> Result<(), DbErr> {
    membership::Entity::delete_by_id((questionnaire, organizer)).exec(db).await?;
    Ok(())
}

/// Keeps a new member.
pub async fn insert(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    organizer: OrganizerId,
    role: Role,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    membership::Entity::insert(membership::ActiveModel {
        questionnaire_id: Set(questionnaire),
        organizer_id: Set(organizer),
        role: Set(role),
        created_at: Set(now),
    })
    .exec_without_returning(db)
    .await?;
    Ok(())
}
