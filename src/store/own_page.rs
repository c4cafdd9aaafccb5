//! What a respondent's own page tells beside the answers: earlier states, the seat, the
//! invitation, the mails.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};

use super::entity::{contact, invitation, message, revision};
use super::outbox::Line;
use super::responses::{self, Given, Response};
use crate::domain::ResponseId;
use crate::domain::email::Email;

/// A response as it stood in an earlier revision; `None`: there was none with this number.
///
/// # Errors
/// A database that refuses.
pub async fn as_of(
    db: &impl ConnectionTrait,
    response: Response,
    number: i32,
) -> Result<Option<Given>, DbErr> {
    let found = revision::Entity::find_by_id((response.id, number)).one(db).await?;
    let Some(found) = found else { return Ok(None) };
    let then = Response { revision: number, updated_at: found.submitted_at, ..response };
    Ok(Some(responses::given(db, then).await?))
}

/// What is kept of the invitation through which a response came.
#[derive(Clone, Debug, PartialEq)]
pub struct Came {
    /// Where it went.
    pub address: Email,
    /// The name the organizer knows.
    pub name: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
}

/// The invitation of a response, if it came through one.
///
/// # Errors
/// A database that refuses.
pub async fn invitation(
    db: &impl ConnectionTrait,
    response: ResponseId,
) -> Result<Option<Came>, DbErr> {
    let found = invitation::Entity::find()
        .filter(invitation::Column::ResponseId.eq(response))
        .one(db)
        .await?;
    let Some(invitation) = found else { return Ok(None) };
    let contact = contact::Entity::find_by_id(invitation.contact_id).one(db).await?;
    Ok(contact.map(|contact| Came {
        address: contact.address,
        name: contact.name,
        created_at: invitation.created_at,
        answered_at: invitation.answered_at,
    }))
}

/// The mails whose keys begin with one of these, oldest first.
///
/// # Errors
/// A database that refuses.
pub async fn letters(db: &impl ConnectionTrait, keys: &[String]) -> Result<Vec<Line>, DbErr> {
    let mut lines = vec![];
    for key in keys {
        let found = message::Entity::find()
            .filter(message::Column::IdempotencyKey.starts_with(key))
            .order_by_asc(message::Column::CreatedAt)
            .into_partial_model::<Line>()
            .all(db)
            .await?;
        lines.extend(found);
    }
    Ok(lines)
}
