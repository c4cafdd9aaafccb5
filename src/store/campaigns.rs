//! Campaigns: one batch of mails of one purpose about one questionnaire. A mail of a campaign
//! leaves only while the campaign is [`State::Running`].

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::deletions;
use super::entity::{campaign, message};
use crate::domain::campaign::State;
use crate::domain::{CampaignId, QuestionnaireId};

pub mod mails;

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

/// What an organizer has typed for a campaign that has not begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Who is meant, as JSON.
    pub audience: String,
    /// What is said, as JSON.
    pub template: String,
    /// The rules, as JSON.
    pub terms: String,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// After this, nothing of it leaves.
    pub not_after: DateTime<Utc>,
}

/// Keeps what was typed for a draft, if it is still as it was at `seen`; `false`: it is not, and
/// nothing changed.
///
/// # Errors
/// A database that refuses.
pub async fn keep(
    db: &impl ConnectionTrait,
    id: CampaignId,
    seen: DateTime<Utc>,
    draft: Draft,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let kept = campaign::Entity::update_many()
        .col_expr(campaign::Column::Audience, Expr::value(draft.audience))
        .col_expr(campaign::Column::Template, Expr::value(draft.template))
        .col_expr(campaign::Column::Terms, Expr::value(draft.terms))
        .col_expr(campaign::Column::StartsAt, Expr::value(draft.starts_at))
        .col_expr(campaign::Column::NotAfter, Expr::value(draft.not_after))
        .col_expr(campaign::Column::UpdatedAt, Expr::value(now))
        .filter(campaign::Column::Id.eq(id))
        .filter(campaign::Column::State.eq(State::Draft))
        .filter(campaign::Column::UpdatedAt.eq(seen))
        .exec(db)
        .await?;
    Ok(kept.rows_affected == 1)
}

/// Throws a draft away; `false`: it is none any more.
///
/// # Errors
/// A database that refuses.
pub async fn delete_draft(db: &impl ConnectionTrait, id: CampaignId) -> Result<bool, DbErr> {
    let gone = campaign::Entity::delete_many()
        .filter(campaign::Column::Id.eq(id))
        .filter(campaign::Column::State.eq(State::Draft))
        .exec(db)
        .await?;
    Ok(gone.rows_affected == 1)
}

/// The campaigns whose time to begin has come, the one that waits for longest first.
///
/// # Errors
/// A database that refuses.
pub async fn due(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<CampaignId>, DbErr> {
    campaign::Entity::find()
        .select_only()
        .column(campaign::Column::Id)
        .filter(campaign::Column::State.eq(State::Scheduled))
        .filter(campaign::Column::StartsAt.lte(now))
        .filter(campaign::Column::QuestionnaireId.not_in_subquery(deletions::questionnaires()))
        .order_by_asc(campaign::Column::StartsAt)
        .order_by_asc(campaign::Column::Id)
        .into_tuple()
        .all(db)
        .await
}

/// Writes down that a campaign's mails are in the outbox, and as JSON how many people were left
/// out for which reason.
///
/// # Errors
/// A database that refuses.
pub async fn planned(
    db: &impl ConnectionTrait,
    id: CampaignId,
    left_out: String,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    campaign::Entity::update_many()
        .col_expr(campaign::Column::PlannedAt, Expr::value(now))
        .col_expr(campaign::Column::LeftOut, Expr::value(left_out))
        .col_expr(campaign::Column::UpdatedAt, Expr::value(now))
        .filter(campaign::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Campaigns that run and of which nothing waits or is under way any more.
fn over() -> Condition {
    let open = Query::select()
        .column(message::Column::CampaignId)
        .from(message::Entity)
        .and_where(message::Column::CampaignId.is_not_null())
        .and_where(message::Column::State.is_in(mails::OPEN))
        .take();
    Condition::all()
        .add(campaign::Column::State.eq(State::Running))
        .add(campaign::Column::PlannedAt.is_not_null())
        .add(campaign::Column::Id.not_in_subquery(open))
}

/// Whether a campaign runs of which all mails have come to an end.
///
/// # Errors
/// A database that refuses.
pub async fn any_over(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let running = campaign::Entity::find()
        .select_only()
        .column(campaign::Column::Id)
        .filter(over())
        .into_tuple::<CampaignId>()
        .one(db)
        .await?;
    Ok(running.is_some())
}

/// Writes down of each campaign all of whose mails have come to an end that it is done.
///
/// # Errors
/// A database that refuses.
pub async fn finish(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, DbErr> {
    let done = campaign::Entity::update_many()
        .col_expr(campaign::Column::State, Expr::value(State::Done))
        .col_expr(campaign::Column::UpdatedAt, Expr::value(now))
        .filter(over())
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}

/// Whether mails of this campaign may leave now: asked once more just before each is handed over.
///
/// # Errors
/// A database that refuses.
pub async fn runs(db: &impl ConnectionTrait, id: CampaignId) -> Result<bool, DbErr> {
    Ok(by_id(db, id).await?.is_some_and(|campaign| campaign.state == State::Running))
}
