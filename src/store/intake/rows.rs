//! A submission as rows of the tables.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, DatabaseTransaction, DbErr, EntityTrait as _, QueryFilter as _, Set,
};

use super::Submission;
use crate::domain::Answer;
use crate::domain::email::folded;
use crate::domain::token::hash;
use crate::store::entity::{answer, identity, invitation, response, revision};

/// Six values a row: so many rows stay far below both databases' limits on parameters.
const CHUNK: usize = 500;

/// Rows that go in together.
#[derive(Debug, Default)]
pub(super) struct Rows {
    revisions: Vec<revision::ActiveModel>,
    answers: Vec<answer::ActiveModel>,
    identities: Vec<identity::ActiveModel>,
}

impl Rows {
    /// Adds one submission as the revision with this number.
    pub(super) fn add(
        &mut self,
        new: &Submission,
        number: i32,
        content_hash: String,
    ) -> Result<(), DbErr> {
        self.revisions.push(revision::ActiveModel {
            response_id: Set(new.response),
            number: Set(number),
            questionnaire_id: Set(new.questionnaire),
            content_hash: Set(content_hash),
            submitted_at: Set(new.at),
        });
        for (question, (wording, given)) in &new.answers {
            if let Answer::Contact(contact) = given {
                self.identities.push(identity::ActiveModel {
                    response_id: Set(new.response),
                    revision: Set(number),
                    question_id: Set(*question),
                    questionnaire_id: Set(new.questionnaire),
                    wording_id: Set(*wording),
                    name: Set(contact.name.clone()),
                    address: Set(contact.address.clone()),
                    address_folded: Set(folded(&contact.address)),
                    consents: Set(serde_json::to_string(&contact.consents).map_err(json)?),
                });
            } else {
                self.answers.push(answer::ActiveModel {
                    response_id: Set(new.response),
                    revision: Set(number),
                    question_id: Set(*question),
                    questionnaire_id: Set(new.questionnaire),
                    wording_id: Set(*wording),
                    value: Set(serde_json::to_string(given).map_err(json)?),
                });
            }
        }
        Ok(())
    }

    /// Writes them.
    pub(super) async fn insert(self, tx: &DatabaseTransaction) -> Result<(), DbErr> {
        let Self { revisions, answers, identities } = self;
        if !revisions.is_empty() {
            revision::Entity::insert_many(revisions).exec_without_returning(tx).await?;
        }
        for chunk in answers.chunks(CHUNK) {
            answer::Entity::insert_many(chunk.to_vec()).exec_without_returning(tx).await?;
        }
        if !identities.is_empty() {
            identity::Entity::insert_many(identities).exec_without_returning(tx).await?;
        }
        Ok(())
    }
}

/// The response itself, in its first revision.
pub(super) fn response(
    new: &Submission,
    content_hash: &str,
) -> Result<response::ActiveModel, DbErr> {
    Ok(response::ActiveModel {
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
}

/// Says of the invitation that it was answered, and by which response.
pub(super) async fn mark_invitation(
    tx: &DatabaseTransaction,
    new: &Submission,
) -> Result<(), DbErr> {
    // An anonymous answer never leads to its invitation.
    let (Some(id), None) = (new.invitation, &new.seal) else { return Ok(()) };
    invitation::Entity::update_many()
        .col_expr(invitation::Column::AnsweredAt, Expr::value(new.at))
        .col_expr(invitation::Column::ResponseId, Expr::value(new.response))
        .filter(invitation::Column::Id.eq(id))
        .filter(invitation::Column::QuestionnaireId.eq(new.questionnaire))
        // Nor if its response was erased since: then this is a new one.
        .filter(invitation::Column::ResponseId.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// By which the same text is known again.
pub(super) fn content_hash(new: &Submission) -> Result<String, DbErr> {
    Ok(hash(&serde_json::to_string(&new.answers).map_err(json)?))
}

fn json(error: serde_json::Error) -> DbErr {
    DbErr::Json(error.to_string())
}
