//! What organizers decided about the statements that readers added. The statements themselves
//! stay where they were written: in the answers.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, Set};

use super::entity::proposal;
use crate::domain::status::Decision;
use crate::domain::{QuestionId, QuestionnaireId};

/// The decisions on a questionnaire's proposals, by question and hash of the text.
pub async fn decisions(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<BTreeMap<(QuestionId, String), Decision>, DbErr> {
    let rows = proposal::Entity::find()
        .filter(proposal::Column::QuestionnaireId.eq(questionnaire))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| ((row.question_id, row.text_hash), row.decision)).collect())
}

/// Keeps a decision; whether it is news. What was put on the form stays there: readers have
/// seen it.
pub async fn decide(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    question: QuestionId,
    text_hash: &str,
    decision: Decision,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let new = proposal::ActiveModel {
        question_id: Set(question),
        text_hash: Set(text_hash.to_owned()),
        questionnaire_id: Set(questionnaire),
        decision: Set(decision),
        decided_at: Set(now),
    };
    let key = [proposal::Column::QuestionId, proposal::Column::TextHash];
    let made = proposal::Entity::insert(new)
        .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    if made > 0 || decision == Decision::Declined {
        return Ok(made > 0);
    }
    let changed = proposal::Entity::update_many()
        .col_expr(proposal::Column::Decision, Expr::value(decision))
        .col_expr(proposal::Column::DecidedAt, Expr::value(now))
        .filter(proposal::Column::QuestionId.eq(question))
        .filter(proposal::Column::TextHash.eq(text_hash))
        .filter(proposal::Column::Decision.eq(Decision::Declined))
        .exec(db)
        .await?;
    Ok(changed.rows_affected > 0)
}
