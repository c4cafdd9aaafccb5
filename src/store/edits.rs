//! The history of a questionnaire in the editor: states that are only ever added, numbered from 1.

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::entity::edit;
use crate::domain::{OrganizerId, QuestionnaireId};

pub use edit::Model as Edit;

/// An edit without its state.
#[derive(Clone, Debug, PartialEq, Eq, sea_orm::FromQueryResult)]
pub struct Entry {
    /// Its number.
    pub number: i64,
    /// Who made it; nobody where it came about beside the editor.
    pub organizer_id: Option<OrganizerId>,
    /// When.
    pub made_at: chrono::DateTime<chrono::Utc>,
    /// The edit whose state it is.
    pub base: i64,
    /// Whether readers got this state.
    pub on_form: bool,
    /// What changed, in words.
    pub what: String,
}

impl From<Edit> for Entry {
    fn from(edit: Edit) -> Self {
        let Edit { number, organizer_id, made_at, base, on_form, what, .. } = edit;
        Self { number, organizer_id, made_at, base, on_form, what }
    }
}

/// The latest edits without their states, newest first.
///
/// # Errors
/// A database that refuses.
pub async fn entries(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    most: u64,
) -> Result<Vec<Entry>, DbErr> {
    use edit::Column::{Base, MadeAt, Number, OnForm, OrganizerId, What};
    edit::Entity::find()
        .select_only()
        .columns([Number, OrganizerId, MadeAt, Base, OnForm, What])
        .filter(edit::Column::QuestionnaireId.eq(questionnaire))
        .order_by_desc(Number)
        .limit(most)
        .into_model()
        .all(db)
        .await
}

/// The numbers of the latest edits, each with that of the edit whose state it is, newest first.
///
/// # Errors
/// A database that refuses.
pub async fn bases(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    most: u64,
) -> Result<Vec<(i64, i64)>, DbErr> {
    edit::Entity::find()
        .select_only()
        .columns([edit::Column::Number, edit::Column::Base])
        .filter(edit::Column::QuestionnaireId.eq(questionnaire))
        .order_by_desc(edit::Column::Number)
        .limit(most)
        .into_tuple()
        .all(db)
        .await
}

/// The edit with this number.
///
/// # Errors
/// A database that refuses.
pub async fn one(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    number: i64,
) -> Result<Option<Edit>, DbErr> {
    edit::Entity::find_by_id((questionnaire, number)).one(db).await
}

/// The last edit; of those whose state readers got, if `on_form`.
///
/// # Errors
/// A database that refuses.
pub async fn last(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    on_form: bool,
) -> Result<Option<Edit>, DbErr> {
    let mut query = edit::Entity::find().filter(edit::Column::QuestionnaireId.eq(questionnaire));
    if on_form {
        query = query.filter(edit::Column::OnForm.eq(true));
    }
    query.order_by_desc(edit::Column::Number).one(db).await
}

/// Adds an edit. Its number must be one above the last: whoever holds the questionnaire knows.
///
/// # Errors
/// A database that refuses, also an edit of that number.
pub async fn insert(db: &impl ConnectionTrait, new: Edit) -> Result<(), DbErr> {
    edit::Entity::insert(new.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}
