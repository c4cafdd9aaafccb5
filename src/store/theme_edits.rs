//! What organizers did to themes: edits that are only ever added, numbered from 1 for each
//! question. What they mean is `insight`'s to know.

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};

use super::entity::theme_edit;
use crate::domain::{QuestionId, QuestionnaireId};

pub use theme_edit::Model as ThemeEdit;

/// Every edit to the themes of a questionnaire's questions, question by question, oldest first.
///
/// # Errors
/// A database that refuses.
pub async fn all(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<Vec<ThemeEdit>, DbErr> {
    theme_edit::Entity::find()
        .filter(theme_edit::Column::QuestionnaireId.eq(questionnaire))
        .order_by_asc(theme_edit::Column::QuestionId)
        .order_by_asc(theme_edit::Column::Number)
        .all(db)
        .await
}

/// How many edits there are on a questionnaire's themes: more than before, if somebody made one.
///
/// # Errors
/// A database that refuses.
pub async fn count(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<u64, DbErr> {
    theme_edit::Entity::find()
        .filter(theme_edit::Column::QuestionnaireId.eq(questionnaire))
        .count(db)
        .await
}

/// The number of a question's last edit; 0 before the first.
///
/// # Errors
/// A database that refuses.
pub async fn last(db: &impl ConnectionTrait, question: QuestionId) -> Result<i32, DbErr> {
    let number: Option<Option<i32>> = theme_edit::Entity::find()
        .select_only()
        .column_as(theme_edit::Column::Number.max(), "last")
        .filter(theme_edit::Column::QuestionId.eq(question))
        .into_tuple()
        .one(db)
        .await?;
    Ok(number.flatten().unwrap_or(0))
}

/// Adds an edit. Its number must be one above the last: whoever holds the questionnaire knows.
///
/// # Errors
/// A database that refuses, also an edit of that number.
pub async fn insert(db: &impl ConnectionTrait, new: ThemeEdit) -> Result<(), DbErr> {
    let new = new.into_active_model();
    theme_edit::Entity::insert(new).exec_without_returning(db).await?;
    Ok(())
}

/// Keeps an edit in other words: without what was erased.
///
/// # Errors
/// A database that refuses.
pub async fn rewrite(
    db: &impl ConnectionTrait,
    question: QuestionId,
    number: i32,
    edit: String,
) -> Result<(), DbErr> {
    theme_edit::Entity::update(theme_edit::ActiveModel {
        question_id: Set(question),
        number: Set(number),
        edit: Set(edit),
        ..Default::default()
    })
    .exec(db)
    .await?;
    Ok(())
}
