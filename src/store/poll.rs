//! The poll before and after: its statements, and what participants said. Answers have no time.

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter as _,
};

use super::entity::{discussion_poll, poll_answer};
use crate::domain::status::Phase;
use crate::domain::{DiscussionId, ParticipantId};

pub use discussion_poll::Model as Poll;
pub use poll_answer::Model as Answer;

/// The poll of a discussion, if there is one. `statements` is JSON.
///
/// # Errors
/// A database that refuses.
pub async fn of(db: &impl ConnectionTrait, of: DiscussionId) -> Result<Option<Poll>, DbErr> {
    discussion_poll::Entity::find_by_id(of).one(db).await
}

/// Keeps the statements in place of those that were there.
///
/// # Errors
/// A database that refuses.
pub async fn keep(db: &impl ConnectionTrait, poll: Poll) -> Result<(), DbErr> {
    discussion_poll::Entity::insert(poll.into_active_model())
        .on_conflict(
            OnConflict::column(discussion_poll::Column::DiscussionId)
                .update_column(discussion_poll::Column::Statements)
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Everything that was answered in a discussion, in no order.
///
/// # Errors
/// A database that refuses.
pub async fn answers(db: &impl ConnectionTrait, of: DiscussionId) -> Result<Vec<Answer>, DbErr> {
    poll_answer::Entity::find().filter(poll_answer::Column::DiscussionId.eq(of)).all(db).await
}

/// Whether anybody has answered: then the statements stay as they are.
///
/// # Errors
/// A database that refuses.
pub async fn is_any(db: &impl ConnectionTrait, of: DiscussionId) -> Result<bool, DbErr> {
    let query = poll_answer::Entity::find().filter(poll_answer::Column::DiscussionId.eq(of));
    Ok(query.count(db).await? > 0)
}

/// What these participants answered, by phase and statement.
///
/// # Errors
/// A database that refuses.
pub async fn by(
    db: &impl ConnectionTrait,
    participants: &[ParticipantId],
) -> Result<Vec<Answer>, DbErr> {
    let mut found = poll_answer::Entity::find()
        .filter(poll_answer::Column::ParticipantId.is_in(participants.iter().copied()))
        .all(db)
        .await?;
    found.sort_by(|a, b| {
        (a.participant_id, a.phase, &a.statement).cmp(&(b.participant_id, b.phase, &b.statement))
    });
    Ok(found)
}

/// Keeps what a participant answers in one phase in place of what they answered before in it.
///
/// # Errors
/// A database that refuses.
pub async fn answer(
    db: &impl ConnectionTrait,
    who: ParticipantId,
    phase: Phase,
    answers: Vec<Answer>,
) -> Result<(), DbErr> {
    poll_answer::Entity::delete_many()
        .filter(poll_answer::Column::ParticipantId.eq(who))
        .filter(poll_answer::Column::Phase.eq(phase))
        .exec(db)
        .await?;
    for answer in answers {
        poll_answer::Entity::insert(answer.into_active_model()).exec_without_returning(db).await?;
    }
    Ok(())
}
