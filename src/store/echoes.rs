//! Echoes: what the organizer prepares, and what was published.

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, Set,
};

use super::entity::{discussion_note, echo_draft, echo_version};
use crate::domain::{EchoId, NoteId, QuestionnaireId};

pub use echo_draft::Model as Draft;
pub use echo_version::Model as Version;

/// What was prepared, if anything was.
///
/// # Errors
/// A database that refuses.
pub async fn draft(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<Option<Draft>, DbErr> {
    echo_draft::Entity::find_by_id(questionnaire).one(db).await
}

/// Keeps what is prepared in place of what was.
///
/// # Errors
/// A database that refuses.
pub async fn keep_draft(db: &impl ConnectionTrait, draft: Draft) -> Result<(), DbErr> {
    let instead =
        [echo_draft::Column::Version, echo_draft::Column::Content, echo_draft::Column::UpdatedAt];
    echo_draft::Entity::insert(draft.into_active_model())
        .on_conflict(
            OnConflict::column(echo_draft::Column::QuestionnaireId)
                .update_columns(instead)
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Every version, taken back or not, the first one first.
///
/// # Errors
/// A database that refuses.
pub async fn versions(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<Vec<Version>, DbErr> {
    echo_version::Entity::find()
        .filter(echo_version::Column::QuestionnaireId.eq(questionnaire))
        .order_by_asc(echo_version::Column::Number)
        .all(db)
        .await
}

/// The version that everybody reads, if there is one.
///
/// # Errors
/// A database that refuses.
pub async fn published(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<Option<Version>, DbErr> {
    echo_version::Entity::find()
        .filter(echo_version::Column::QuestionnaireId.eq(questionnaire))
        .filter(echo_version::Column::UnpublishedAt.is_null())
        .order_by_desc(echo_version::Column::Number)
        .one(db)
        .await
}

/// Keeps a new version.
///
/// # Errors
/// A database that refuses.
pub async fn insert(db: &impl ConnectionTrait, version: Version) -> Result<(), DbErr> {
    echo_version::Entity::insert(version.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// Takes back whatever is published; whether there was something.
///
/// # Errors
/// A database that refuses.
pub async fn unpublish(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    at: chrono::DateTime<chrono::Utc>,
) -> Result<bool, DbErr> {
    let taken = echo_version::Entity::update_many()
        .col_expr(echo_version::Column::UnpublishedAt, Expr::value(at))
        .filter(echo_version::Column::QuestionnaireId.eq(questionnaire))
        .filter(echo_version::Column::UnpublishedAt.is_null())
        .exec(db)
        .await?;
    Ok(taken.rows_affected > 0)
}

/// Keeps what is left of a version once somebody's words were taken out of it.
///
/// # Errors
/// A database that refuses.
pub async fn rewrite(
    db: &impl ConnectionTrait,
    id: EchoId,
    content: String,
    behind: String,
) -> Result<(), DbErr> {
    let row = echo_version::ActiveModel {
        id: Set(id),
        content: Set(content),
        behind: Set(behind),
        ..Default::default()
    };
    row.update(db).await?;
    Ok(())
}

/// Those of these notes that are still there.
///
/// # Errors
/// A database that refuses.
pub async fn standing(db: &impl ConnectionTrait, notes: &[NoteId]) -> Result<Vec<NoteId>, DbErr> {
    let found = discussion_note::Entity::find()
        .filter(discussion_note::Column::Id.is_in(notes.iter().copied()))
        .all(db)
        .await?;
    Ok(found.into_iter().map(|note| note.id).collect())
}
