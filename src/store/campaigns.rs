//! Campaigns: one batch of mails of one purpose about one questionnaire. A mail of a campaign
//! leaves only while the campaign is [`State::Running`].

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _,
};

use super::entity::campaign;
use crate::domain::campaign::State;
use crate::domain::{CampaignId, QuestionnaireId};

pub use campaign::Model as Campaign;

/// Keeps a new campaign.
///
/// # Errors
/// A database that refuses.
pub async fn insert(db: &impl ConnectionTrait, new: Campaign) -> Result<(), DbErr> {
    campaign::Entity::insert(new.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// The campaign with this id.
///
/// # Errors
/// A database that refuses.
pub async fn by_id(db: &impl ConnectionTrait, id: CampaignId) -> Result<Option<Campaign>, DbErr> {
    campaign::Entity::find_by_id(id).one(db).await
}

/// The campaigns of a questionnaire, the newest first.
///
/// # Errors
/// A database that refuses.
pub async fn of_questionnaire(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<Vec<Campaign>, DbErr> {
    campaign::Entity::find()
        .filter(campaign::Column::QuestionnaireId.eq(questionnaire))
        .order_by_desc(campaign::Column::CreatedAt)
        .order_by_desc(campaign::Column::Id)
        .all(db)
        .await
}

/// Takes a campaign from one of `before` to `next`; `false`: it was in another state, and nothing
/// changed. `why` is kept with a pause, for the organizer to read.
///
/// # Errors
/// A database that refuses.
pub async fn turn(
    db: &impl ConnectionTrait,
    id: CampaignId,
    before: &[State],
    next: State,
    why: Option<&str>,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let turned = campaign::Entity::update_many()
        .col_expr(campaign::Column::State, Expr::value(next))
        .col_expr(campaign::Column::PausedWhy, Expr::value(why.map(ToOwned::to_owned)))
        .col_expr(campaign::Column::UpdatedAt, Expr::value(now))
        .filter(campaign::Column::Id.eq(id))
        .filter(campaign::Column::State.is_in(before.iter().copied()))
        .exec(db)
        .await?;
    Ok(turned.rows_affected == 1)
}

/// Stops a campaign because of something that went wrong: nothing of it leaves until an organizer
/// lets it go on. `false`: it does not run.
///
/// # Errors
/// A database that refuses.
pub async fn pause(
    db: &impl ConnectionTrait,
    id: CampaignId,
    why: &str,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    turn(db, id, &[State::Running], State::Paused, Some(why), now).await
}

/// Whether mails of this campaign may leave now: asked once more just before each is handed over.
///
/// # Errors
/// A database that refuses.
pub async fn runs(db: &impl ConnectionTrait, id: CampaignId) -> Result<bool, DbErr> {
    Ok(by_id(db, id).await?.is_some_and(|campaign| campaign.state == State::Running))
}
