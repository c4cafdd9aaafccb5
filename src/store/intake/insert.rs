//! One submission into the tables: a new response, a further revision, or nothing at all
//! where the same text is there already.

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, DatabaseTransaction, DbBackend, DbErr,
    EntityTrait as _, QueryFilter as _, QuerySelect as _, Set, TransactionTrait as _,
};

use super::{IntakeError, Kept, Submission};
use crate::domain::Answer;
use crate::domain::token::hash;
use crate::store::entity::{answer, identity, invitation, response, revision};

/// Keeps one submission inside the shared transaction, in a savepoint.
pub(super) async fn one(
    shared: &DatabaseTransaction,
    submission: &Submission,
) -> Result<Kept, IntakeError> {
    let savepoint = shared.begin().await?;
    let kept = keep(&savepoint, submission).await;
    match kept {
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

async fn keep(tx: &DatabaseTransaction, new: &Submission) -> Result<Kept, IntakeError> {
    let json = |error: serde_json::Error| DbErr::Json(error.to_string());
    let content_hash = hash(&serde_json::to_string(&new.answers).map_err(json)?);
    let number = match claim(tx, new, &content_hash).await? {
        Claim::Same(kept) => return Ok(kept),
        Claim::Number(number) => number,
    };
    revision::Entity::insert(revision::ActiveModel {
        response_id: Set(new.response),
        number: Set(number),
        questionnaire_id: Set(new.questionnaire),
        content_hash: Set(content_hash),
        submitted_at: Set(new.at),
    })
    .exec_without_returning(tx)
    .await?;
    answers(tx, new, number).await?;
    if let Some(id) = new.invitation {
        invitation::Entity::update_many()
            .col_expr(invitation::Column::AnsweredAt, Expr::value(new.at))
            .col_expr(invitation::Column::ResponseId, Expr::value(new.response))
            .filter(invitation::Column::Id.eq(id))
            .filter(invitation::Column::QuestionnaireId.eq(new.questionnaire))
            .filter(invitation::Column::AnsweredAt.is_null())
            .exec(tx)
            .await?;
    }
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
    let json = |error: serde_json::Error| DbErr::Json(error.to_string());
    let made = response::Entity::insert(response::ActiveModel {
        id: Set(new.response),
        questionnaire_id: Set(new.questionnaire),
        token_hash: Set(new.token_hash.clone()),
        revision: Set(1),
        content_hash: Set(content_hash.to_owned()),
        language: Set(new.language.clone()),
        example: Set(new.example),
        created_at: Set(new.at),
        updated_at: Set(new.at),
        standing: Set(new.standing),
        extras: Set(serde_json::to_string(&new.extras).map_err(json)?),
    })
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
    let number = present.revision + 1;
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

async fn answers(tx: &DatabaseTransaction, new: &Submission, number: i32) -> Result<(), DbErr> {
    let json = |error: serde_json::Error| DbErr::Json(error.to_string());
    let mut rows = vec![];
    for (question, (wording, given)) in &new.answers {
        if let Answer::Contact(contact) = given {
            identity::Entity::insert(identity::ActiveModel {
                response_id: Set(new.response),
                revision: Set(number),
                question_id: Set(*question),
                questionnaire_id: Set(new.questionnaire),
                wording_id: Set(*wording),
                name: Set(contact.name.clone()),
                address: Set(contact.address.clone()),
                consents: Set(serde_json::to_string(&contact.consents).map_err(json)?),
            })
            .exec_without_returning(tx)
            .await?;
        } else {
            rows.push(answer::ActiveModel {
                response_id: Set(new.response),
                revision: Set(number),
                question_id: Set(*question),
                questionnaire_id: Set(new.questionnaire),
                wording_id: Set(*wording),
                value: Set(serde_json::to_string(given).map_err(json)?),
            });
        }
    }
    // Six values a row: 500 rows stay far below both databases' limits on parameters.
    for chunk in rows.chunks(500) {
        answer::Entity::insert_many(chunk.to_vec()).exec_without_returning(tx).await?;
    }
    Ok(())
}
