//! Taking back a consent: a further revision, the same but for that.

use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait as _, DatabaseTransaction, DbBackend, EntityTrait as _, QuerySelect as _,
};

use super::entity::response;
use super::intake::{self, IntakeError, Submission};
use super::responses;
use crate::domain::consent::Consent;
use crate::domain::{Answer, ResponseId};

/// Takes a consent back; `false`: it was not given.
///
/// # Errors
/// A database that refuses.
pub async fn withdraw(
    tx: &DatabaseTransaction,
    id: ResponseId,
    consent: Consent,
    at: DateTime<Utc>,
) -> Result<bool, IntakeError> {
    let mut query = response::Entity::find_by_id(id);
    if tx.get_database_backend() == DbBackend::Postgres {
        // What is sent in this moment must not be overwritten by what was there before.
        query = query.lock_exclusive();
    }
    let Some(present) = query.one(tx).await? else { return Ok(false) };
    let mut given = responses::given(tx, present).await?;
    let mut changed = false;
    for (_, answer) in given.answers.values_mut() {
        if let Answer::Contact(contact) = answer {
            changed |= contact.consents.remove(&consent);
        }
    }
    if !changed {
        return Ok(false);
    }
    let response = given.response;
    let submission = Submission {
        response: id,
        questionnaire: response.questionnaire_id,
        token_hash: response.token_hash,
        language: response.language,
        example: response.example,
        invitation: None,
        at,
        // It stands as before: taking back counts whenever it comes.
        standing: response.standing,
        extras: std::collections::BTreeMap::new(),
        answers: given.answers,
        seal: None,
    };
    intake::within(tx, &submission).await?;
    Ok(true)
}
