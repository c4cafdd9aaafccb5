//! The brief's edits, its published versions, and whether what they quote still may be quoted.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::entity::{brief_draft, brief_version, response};
use super::responses::{self, Given};
use crate::domain::{BriefId, QuestionnaireId, ResponseId};

pub use brief_draft::Model as Draft;
pub use brief_version::Model as Version;

/// A version without what is needed only to make the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: BriefId,
    /// Its number, from 1.
    pub number: i32,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// When it was taken back, if it was.
    pub unpublished_at: Option<DateTime<Utc>>,
    /// Who signed it.
    pub signed: String,
}

/// What was changed in a questionnaire's brief, if anything was.
pub async fn draft(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<Option<Draft>, DbErr> {
    brief_draft::Entity::find_by_id(questionnaire).one(db).await
}

/// Keeps what was changed in place of what was there; the caller holds the questionnaire.
pub async fn keep_draft(db: &impl ConnectionTrait, draft: Draft) -> Result<(), DbErr> {
    brief_draft::Entity::delete_by_id(draft.questionnaire_id).exec(db).await?;
    brief_draft::Entity::insert(draft.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Keeps a new version.
pub async fn insert(db: &impl ConnectionTrait, version: Version) -> Result<(), DbErr> {
    brief_version::Entity::insert(version.into_active_model().reset_all())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Every version, taken back or not, the first one first.
pub async fn versions(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<Vec<Version>, DbErr> {
    brief_version::Entity::find()
        .filter(brief_version::Column::QuestionnaireId.eq(questionnaire))
        .order_by_asc(brief_version::Column::Number)
        .all(db)
        .await
}

/// Every version in short, the latest first.
pub async fn listed(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<Vec<Listed>, DbErr> {
    type Row = (BriefId, i32, DateTime<Utc>, Option<DateTime<Utc>>, String);
    let rows: Vec<Row> = brief_version::Entity::find()
        .select_only()
        .columns([
            brief_version::Column::Id,
            brief_version::Column::Number,
            brief_version::Column::PublishedAt,
            brief_version::Column::UnpublishedAt,
            brief_version::Column::Signed,
        ])
        .filter(brief_version::Column::QuestionnaireId.eq(questionnaire))
        .order_by_desc(brief_version::Column::Number)
        .into_tuple()
        .all(db)
        .await?;
    let listed = rows.into_iter().map(|(id, number, published_at, unpublished_at, signed)| {
        Listed { id, number, published_at, unpublished_at, signed }
    });
    Ok(listed.collect())
}

/// The version with this number, taken back or not.
pub async fn numbered(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    number: i32,
) -> Result<Option<Version>, DbErr> {
    brief_version::Entity::find()
        .filter(brief_version::Column::QuestionnaireId.eq(questionnaire))
        .filter(brief_version::Column::Number.eq(number))
        .one(db)
        .await
}

/// Takes a version back; whether there was one to take back.
pub async fn unpublish(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    number: i32,
    at: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let taken = brief_version::Entity::update_many()
        .col_expr(brief_version::Column::UnpublishedAt, Expr::value(at))
        .filter(brief_version::Column::QuestionnaireId.eq(questionnaire))
        .filter(brief_version::Column::Number.eq(number))
        .filter(brief_version::Column::UnpublishedAt.is_null())
        .exec(db)
        .await?;
    Ok(taken.rows_affected > 0)
}

/// Keeps what is left of a version once somebody's words were taken out of it.
pub async fn rewrite(
    db: &impl ConnectionTrait,
    id: BriefId,
    content: String,
    rests: String,
) -> Result<(), DbErr> {
    brief_version::ActiveModel {
        id: sea_orm::Set(id),
        content: sea_orm::Set(content),
        rests: sea_orm::Set(rests),
        ..Default::default()
    }
    .update(db)
    .await?;
    Ok(())
}

/// Those of these responses that are there and count, with their present answers.
pub async fn standing(
    db: &impl ConnectionTrait,
    ids: &BTreeSet<ResponseId>,
) -> Result<BTreeMap<ResponseId, Given>, DbErr> {
    let found = response::Entity::find()
        .filter(response::Column::Id.is_in(ids.iter().copied()))
        .filter(responses::counts())
        .all(db)
        .await?;
    let given = responses::with_answers(db, found).await?;
    Ok(given.into_iter().map(|given| (given.response.id, given)).collect())
}
