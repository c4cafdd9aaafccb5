//! What a language model proposed for themes, until somebody decides.

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
};

use super::entity::{response, theme_suggestion};
use crate::domain::{QuestionId, QuestionnaireId, ResponseId};

pub use theme_suggestion::Model as ThemeSuggestion;

/// What is proposed for the themes of a question, by the theme's id.
///
/// # Errors
/// A database that refuses.
pub async fn all(
    db: &impl ConnectionTrait,
    question: QuestionId,
) -> Result<Vec<ThemeSuggestion>, DbErr> {
    theme_suggestion::Entity::find()
        .filter(theme_suggestion::Column::QuestionId.eq(question))
        .order_by_asc(theme_suggestion::Column::Theme)
        .all(db)
        .await
}

/// Whether all of these responses are still there.
///
/// # Errors
/// A database that refuses.
pub async fn are_there(db: &impl ConnectionTrait, responses: &[ResponseId]) -> Result<bool, DbErr> {
    let found = response::Entity::find()
        .filter(response::Column::Id.is_in(responses.iter().copied()))
        .count(db)
        .await?;
    Ok(u64::try_from(responses.len()) == Ok(found))
}

/// Keeps a proposal, in the place of the last one for the same theme.
///
/// # Errors
/// A database that refuses.
pub async fn keep(db: &impl ConnectionTrait, new: ThemeSuggestion) -> Result<(), DbErr> {
    let key = [theme_suggestion::Column::QuestionId, theme_suggestion::Column::Theme];
    let instead = [theme_suggestion::Column::MadeAt, theme_suggestion::Column::Content];
    theme_suggestion::Entity::insert(new.into_active_model())
        .on_conflict(OnConflict::columns(key).update_columns(instead).to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Lets go of what was proposed for a theme.
///
/// # Errors
/// A database that refuses.
pub async fn remove(
    db: &impl ConnectionTrait,
    question: QuestionId,
    theme: &str,
) -> Result<(), DbErr> {
    theme_suggestion::Entity::delete_by_id((question, theme.to_owned())).exec(db).await?;
    Ok(())
}

/// Lets go of what was proposed from a response's answers, all of it.
///
/// # Errors
/// A database that refuses.
pub async fn forget(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    response: ResponseId,
) -> Result<(), DbErr> {
    theme_suggestion::Entity::delete_many()
        .filter(theme_suggestion::Column::QuestionnaireId.eq(questionnaire))
        .filter(theme_suggestion::Column::Content.contains(response.0.to_string()))
        .exec(db)
        .await?;
    Ok(())
}
