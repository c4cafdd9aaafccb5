//! Answers to anonymous questionnaires: sealed while few wait, then moved in batches, in an order
//! that says nothing, so that nothing kept leads from an invitation to an answer.
//!
//! While a submission waits, its row is encrypted and has a name that only the mixer's key makes
//! from the response. When it is moved, it takes the batch's day as its time, and its row is gone.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QuerySelect as _, Set,
};
use serde::{Deserialize, Serialize};

use super::Store;
use super::entity::{invitation, response, sealed};
use super::intake::{IntakeError, Kept, Submission};
use super::responses::Given;
use crate::domain::status::{Mode, Standing};
use crate::domain::{InvitationId, QuestionnaireId};

mod batch;
mod content;
pub mod keys;

pub use batch::{LEAST, mix};
pub use content::Waiting;
use keys::{Key, Keys, NONCE};

impl Given {
    /// Whether it waits, sealed, to be mixed.
    pub fn is_waiting(&self) -> bool {
        self.response.content_hash.is_empty()
    }
}

/// How a submission to an anonymous questionnaire is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Seal {
    /// The mixer's keys, one of which seals. They go into no file: a submission that was
    /// written down needs them again.
    #[serde(skip)]
    pub keys: Option<Keys>,
    /// Random bytes, for this once.
    pub nonce: [u8; NONCE],
    /// What is written down as the time at which its invitation was used: the same for all.
    pub used_at: DateTime<Utc>,
}

/// The beginning of the day, in UTC: all that is kept of times in anonymous questionnaires.
pub fn day(moment: DateTime<Utc>) -> DateTime<Utc> {
    moment.date_naive().and_time(NaiveTime::MIN).and_utc()
}

/// The time that is kept of something that a respondent or an organizer did with answers.
pub fn noted(mode: Mode, moment: DateTime<Utc>) -> DateTime<Utc> {
    if mode == Mode::Anonymous { day(moment) } else { moment }
}

/// Seals a submission, or the further text of one that waits. `None`: the response was moved
/// already, and this is a revision of it like any other.
pub async fn keep(
    tx: &DatabaseTransaction,
    new: &Submission,
    seal: &Seal,
) -> Result<Option<Kept>, IntakeError> {
    let keys = seal.keys.as_ref().ok_or_else(|| damaged("there are no keys to seal with"))?;
    let waiting = Waiting::new(new.response, &new.token_hash, new.standing, &new.answers);
    if let Some((row, key, mut before)) = find_row(tx, keys, &new.token_hash).await? {
        if row.questionnaire_id != new.questionnaire {
            return Err(IntakeError::OtherQuestionnaire);
        }
        if before.answers == waiting.answers {
            return Ok(Some(Kept { revision: before.number, repeated: true }));
        }
        before.number += 1;
        before.answers = waiting.answers;
        let content = sealed(&key, &row.name, seal.nonce, &before)?;
        let changed = sealed::Entity::update_many()
            .col_expr(sealed::Column::Content, Expr::value(content))
            .filter(sealed::Column::Name.eq(row.name))
            .exec(tx)
            .await?;
        // Else it has been moved in this moment.
        return Ok((changed.rows_affected == 1)
            .then_some(Kept { revision: before.number, repeated: false }));
    }
    if response::Entity::find_by_id(new.response).one(tx).await?.is_some() {
        return Ok(None);
    }
    if let Some(invitation) = new.invitation {
        use_up(tx, invitation, new.questionnaire, seal.used_at).await?;
    }
    let key = keys.sealing().ok_or_else(|| damaged("there is no key to seal with"))?;
    let name = key.row(&new.token_hash);
    sealed::Entity::insert(sealed::ActiveModel {
        content: Set(sealed(&key, &name, seal.nonce, &waiting)?),
        name: Set(name),
        questionnaire_id: Set(new.questionnaire),
        key_name: Set(key.name.clone()),
    })
    .exec_without_returning(tx)
    .await?;
    Ok(Some(Kept { revision: 1, repeated: false }))
}

/// Marks an invitation as used, by nothing that tells when or for what.
async fn use_up(
    tx: &DatabaseTransaction,
    id: InvitationId,
    questionnaire: QuestionnaireId,
    used_at: DateTime<Utc>,
) -> Result<(), IntakeError> {
    let used = invitation::Entity::update_many()
        .col_expr(invitation::Column::AnsweredAt, Expr::value(used_at))
        .filter(invitation::Column::Id.eq(id))
        .filter(invitation::Column::QuestionnaireId.eq(questionnaire))
        .filter(invitation::Column::AnsweredAt.is_null())
        .exec(tx)
        .await?;
    if used.rows_affected == 1 { Ok(()) } else { Err(IntakeError::InvitationUsed) }
}

/// The submission that waits under the hash of its link, with its questionnaire.
pub async fn find(
    db: &impl ConnectionTrait,
    keys: &Keys,
    token_hash: &str,
) -> Result<Option<(QuestionnaireId, Waiting)>, DbErr> {
    let found = find_row(db, keys, token_hash).await?;
    Ok(found.map(|(row, _, waiting)| (row.questionnaire_id, waiting)))
}

/// Removes the submission that waits under the hash of its link; whether there was one.
pub async fn remove(
    tx: &impl ConnectionTrait,
    keys: &Keys,
    token_hash: &str,
) -> Result<bool, DbErr> {
    let names: Vec<String> = keys.all().iter().map(|key| key.row(token_hash)).collect();
    let removed =
        sealed::Entity::delete_many().filter(sealed::Column::Name.is_in(names)).exec(tx).await?;
    Ok(removed.rows_affected > 0)
}

/// How many submissions to a questionnaire wait to be mixed, on any node.
pub async fn count(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<u64, DbErr> {
    sealed::Entity::find().filter(sealed::Column::QuestionnaireId.eq(questionnaire)).count(db).await
}

/// The questionnaires that have submissions waiting under these keys.
pub async fn pools(db: &impl ConnectionTrait, keys: &Keys) -> Result<Vec<QuestionnaireId>, DbErr> {
    let names: Vec<String> = keys.all().iter().map(|key| key.name.clone()).collect();
    sealed::Entity::find()
        .select_only()
        .column(sealed::Column::QuestionnaireId)
        .filter(sealed::Column::KeyName.is_in(names))
        .distinct()
        .into_tuple()
        .all(db)
        .await
}

/// The names of the keys that rows still wait under.
pub async fn needed_keys(db: &impl ConnectionTrait) -> Result<BTreeSet<String>, DbErr> {
    let names: Vec<String> = sealed::Entity::find()
        .select_only()
        .column(sealed::Column::KeyName)
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    Ok(names.into_iter().collect())
}

/// Cleans up behind a batch: on PostgreSQL, the dead copies of rows that were moved or marked. On
/// SQLite there are none.
pub async fn sweep(store: &Store) -> Result<(), DbErr> {
    if store.writer.get_database_backend() == DbBackend::Postgres {
        store.writer.execute_unprepared("VACUUM sealed, invitation").await?;
    }
    Ok(())
}

impl Waiting {
    /// As a response that has just been moved would look.
    pub fn given(
        self,
        questionnaire: QuestionnaireId,
        language: &str,
        now: DateTime<Utc>,
    ) -> Given {
        let (standing, at) = (self.standing(), day(now));
        let response = response::Model {
            id: self.response,
            questionnaire_id: questionnaire,
            token_hash: self.token_hash,
            revision: 1,
            // Where there is none, it waits.
            content_hash: String::new(),
            language: language.to_owned(),
            example: false,
            created_at: at,
            updated_at: at,
            standing,
            extras: "{}".to_owned(),
        };
        Given { response, answers: self.answers, contact: None }
    }

    /// As it is handed to the intake, with nothing of the moment at which it was sent.
    fn submission(
        self,
        questionnaire: QuestionnaireId,
        language: &str,
        at: DateTime<Utc>,
    ) -> Submission {
        Submission {
            response: self.response,
            questionnaire,
            standing: self.standing(),
            token_hash: self.token_hash,
            language: language.to_owned(),
            example: false,
            invitation: None,
            at,
            extras: std::collections::BTreeMap::new(),
            answers: self.answers,
            seal: None,
        }
    }

    /// Those that came late are mixed among themselves: it is seen when they came.
    fn is_late(&self) -> bool {
        self.standing() == Standing::Late
    }
}

async fn find_row(
    db: &impl ConnectionTrait,
    keys: &Keys,
    token_hash: &str,
) -> Result<Option<(sealed::Model, std::sync::Arc<Key>, Waiting)>, DbErr> {
    let keys = keys.all();
    let names: Vec<String> = keys.iter().map(|key| key.row(token_hash)).collect();
    let rows = sealed::Entity::find().filter(sealed::Column::Name.is_in(names)).all(db).await?;
    let Some(row) = rows.into_iter().next() else { return Ok(None) };
    let key = keys.into_iter().find(|key| key.name == row.key_name);
    let key = key.ok_or_else(|| damaged("a sealed row has lost its key"))?;
    let waiting = opened(&key, &row)?;
    Ok(Some((row, key, waiting)))
}

fn sealed(key: &Key, name: &str, nonce: [u8; NONCE], waiting: &Waiting) -> Result<Vec<u8>, DbErr> {
    let plain = waiting.padded().map_err(|error| DbErr::Json(error.to_string()))?;
    key.seal(name, nonce, &plain).ok_or_else(|| damaged("a submission cannot be sealed"))
}

fn opened(key: &Key, row: &sealed::Model) -> Result<Waiting, DbErr> {
    let plain = key.open(&row.name, &row.content);
    let plain = plain.ok_or_else(|| damaged("a sealed row cannot be opened"))?;
    Waiting::read(&plain).map_err(|error| DbErr::Json(error.to_string()))
}

fn damaged(what: &str) -> DbErr {
    DbErr::Custom(what.to_owned())
}
