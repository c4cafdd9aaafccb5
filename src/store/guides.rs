//! What organizers changed in guides, layer by layer.

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _,
};

use super::entity::guide_edit;
use crate::domain::QuestionnaireId;

pub use guide_edit::Model as Layer;

/// The layers of a questionnaire's guides, in no order.
///
/// # Errors
/// A database that refuses.
pub async fn layers(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<Vec<Layer>, DbErr> {
    guide_edit::Entity::find()
        .filter(guide_edit::Column::QuestionnaireId.eq(questionnaire))
        .all(db)
        .await
}

/// One layer, if anything was changed in it.
///
/// # Errors
/// A database that refuses.
pub async fn layer(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    layer: &str,
) -> Result<Option<Layer>, DbErr> {
    guide_edit::Entity::find_by_id((questionnaire, layer.to_owned())).one(db).await
}

/// Keeps a layer in place of what was there.
///
/// # Errors
/// A database that refuses.
pub async fn keep(db: &impl ConnectionTrait, layer: Layer) -> Result<(), DbErr> {
    let key = [guide_edit::Column::QuestionnaireId, guide_edit::Column::Layer];
    let instead =
        [guide_edit::Column::Version, guide_edit::Column::Edits, guide_edit::Column::UpdatedAt];
    guide_edit::Entity::insert(layer.into_active_model())
        .on_conflict(OnConflict::columns(key).update_columns(instead).to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(())
}
