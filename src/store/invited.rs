//! Who comes to the form by a link of their own.

use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use super::entity::{contact, invitation};
use crate::domain::email::Email;

pub use invitation::Model as Invitation;

/// An invitation with what is known of the contact it was made for.
#[derive(Clone, Debug, PartialEq)]
pub struct Invited {
    /// The invitation.
    pub invitation: Invitation,
    /// The contact's name; may be empty.
    pub name: String,
    /// The language in which the contact is written to; may be empty.
    pub language: String,
    /// Where the invitation went.
    pub address: Email,
}

/// The invitation that a link opens, by the hash of its token, with its contact.
pub async fn by_token(
    db: &impl ConnectionTrait,
    token_hash: &str,
) -> Result<Option<Invited>, DbErr> {
    let found = invitation::Entity::find()
        .filter(invitation::Column::TokenHash.eq(token_hash))
        .one(db)
        .await?;
    let Some(invitation) = found else { return Ok(None) };
    let contact = contact::Entity::find_by_id(invitation.contact_id).one(db).await?;
    Ok(contact.map(|contact| Invited {
        invitation,
        name: contact.name,
        language: contact.language,
        address: contact.address,
    }))
}
