//! One submission into the tables: a new response, a further revision, or nothing at all
//! where the same text is there already.

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ConnectionTrait as _, DatabaseTransaction, DbBackend, EntityTrait as _, QuerySelect as _, Set,
    TransactionTrait as _,
};

use super::rows::{self, Rows};
use super::{IntakeError, Kept, Submission};
use crate::domain::status::Standing;
use crate::store::entity::response;
use crate::store::mixing;
use crate::store::responses;

/// Keeps one submission inside the shared transaction, in a savepoint.
pub(super) async fn keep(
    shared: &DatabaseTransaction,
    submission: &Submission,
) -> Result<Kept, IntakeError> {
    let savepoint = shared.begin().await?;
    match keep_in(&savepoint, submission).await {
        Ok(kept) => {
            savepoint.commit().await?;
            Ok(kept)
        }
        Err(error) => {
            savepoint.rollback().await?;
            Err(error)
        }
    }
}

/// Keeps one submission inside the transaction, for good or not at all.
pub(in crate::store) async fn keep_in(
    tx: &DatabaseTransaction,
    new: &Submission,
) -> Result<Kept, IntakeError> {
    if let Some(seal) = &new.seal
        && let Some(kept) = mixing::keep(tx, new, seal).await?
    {
        return Ok(kept);
    }
    let content_hash = rows::content_hash(new)?;
    let number = match claim(tx, new, &content_hash).await? {
        Claim::Same(kept) => return Ok(kept),
        Claim::Number(number) => number,
    };
    let mut rows = Rows::default();
    rows.add(new, number, content_hash)?;
    rows.insert(tx).await?;
    rows::mark_invitation(tx, new).await?;
    Ok(Kept { revision: number, repeated: false })
}

enum Claim {
    /// The very same text is the present revision.
    Same(Kept),
    /// The text is new; this is its revision's number.
    Number(i32),
}

/// Makes the response, or finds it and moves it on to its next revision.
async fn claim(
    tx: &DatabaseTransaction,
    new: &Submission,
    content_hash: &str,
) -> Result<Claim, IntakeError> {
    let made = response::Entity::insert(rows::response(new, content_hash)?)
        .on_conflict(OnConflict::column(response::Column::Id).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    if made == 1 {
        return Ok(Claim::Number(1));
    }
    let mut query = response::Entity::find_by_id(new.response);
    if tx.get_database_backend() == DbBackend::Postgres {
        query = query.lock_exclusive();
    }
    let present = query.one(tx).await?.ok_or(IntakeError::OtherQuestionnaire)?;
    if present.questionnaire_id != new.questionnaire {
        return Err(IntakeError::OtherQuestionnaire);
    }
    if present.content_hash == content_hash {
        return Ok(Claim::Same(Kept { revision: present.revision, repeated: true }));
    }
    let latest = responses::revisions(tx, new.response).await?;
    let number = 1 + latest.last().map_or(present.revision, |(number, _)| *number);
    // What came in time goes on counting: a change that came too late is kept beside it.
    if new.standing == Standing::Late && present.standing != Standing::Late {
        return Ok(Claim::Number(number));
    }
    response::Entity::update(response::ActiveModel {
        id: Set(new.response),
        revision: Set(number),
        content_hash: Set(content_hash.to_owned()),
        language: Set(new.language.clone()),
        updated_at: Set(new.at),
        ..Default::default()
    })
    .exec(tx)
    .await?;
    Ok(Claim::Number(number))
}
