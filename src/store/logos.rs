//! Pictures at the head of questionnaires' pages, one for each that has one.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _};

use super::entity::logo;
use crate::domain::QuestionnaireId;

pub use logo::Model as Logo;

/// The questionnaire's picture.
///
/// # Errors
/// A database that refuses.
pub async fn of(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<Option<Logo>, DbErr> {
    logo::Entity::find_by_id(questionnaire).one(db).await
}

/// Keeps a picture in the place of the one before.
///
/// # Errors
/// A database that refuses.
pub async fn put(db: &impl ConnectionTrait, new: Logo) -> Result<(), DbErr> {
    let newer = OnConflict::column(logo::Column::QuestionnaireId)
        .update_columns([logo::Column::Name, logo::Column::Bytes])
        .to_owned();
    logo::Entity::insert(new.into_active_model())
        .on_conflict(newer)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Takes the picture away.
///
/// # Errors
/// A database that refuses.
pub async fn remove(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<(), DbErr> {
    logo::Entity::delete_by_id(questionnaire).exec(db).await?;
    Ok(())
}
