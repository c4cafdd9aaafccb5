//! Questionnaires, their questions, and every wording a question has had.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DatabaseTransaction, DbBackend,
    DbErr, EntityTrait as _, IntoActiveModel as _, NotSet, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Set,
};

use super::entity::{question, questionnaire, wording};
use super::members;
use crate::domain::question::Line;
use crate::domain::status::Status;
use crate::domain::{
    Options, OrganizerId, QuestionId, QuestionnaireId, Role, Slug, Wording, WordingId,
};

pub use questionnaire::{ActiveModel as NewQuestionnaire, Model as Questionnaire};

impl Questionnaire {
    /// What the organizer chose; the defaults where it cannot be read.
    pub fn options(&self) -> Options {
        serde_json::from_str(&self.options).unwrap_or_default()
    }

    /// Keeps what the organizer chose in this value.
    pub fn set_options(&mut self, options: &Options) {
        self.options = serde_json::to_string(options).unwrap_or_default();
    }
}

/// A question with one of its wordings.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The question.
    pub id: QuestionId,
    /// Its name in forms and exports: `q1`.
    pub key: String,
    /// Its place on the form, from 0; `None`: taken off the form.
    pub position: Option<i32>,
    /// Which wording this is.
    pub wording_id: WordingId,
    /// The wording's number, from 1.
    pub version: i32,
    /// The words.
    pub wording: Wording,
    /// The passage of the article that it comes from: byte span of the article's body.
    pub passage: Option<(usize, usize)>,
}

/// Keeps a new questionnaire; whoever made it owns it.
pub async fn insert(
    db: &impl ConnectionTrait,
    new: NewQuestionnaire,
) -> Result<Questionnaire, DbErr> {
    let made = new.insert(db).await?;
    members::insert(db, made.id, made.organizer_id, Role::Owner, made.created_at).await?;
    Ok(made)
}

/// The questionnaire at `/q/{slug}`.
pub async fn by_slug(
    db: &impl ConnectionTrait,
    slug: &Slug,
) -> Result<Option<Questionnaire>, DbErr> {
    questionnaire::Entity::find().filter(questionnaire::Column::Slug.eq(slug.clone())).one(db).await
}

/// The questionnaire with this id.
pub async fn by_id(
    db: &impl ConnectionTrait,
    id: QuestionnaireId,
) -> Result<Option<Questionnaire>, DbErr> {
    questionnaire::Entity::find_by_id(id).one(db).await
}

/// The questionnaire as it stands, held until the end of the transaction: of two who change
/// the form at once, one waits.
pub async fn hold(
    tx: &DatabaseTransaction,
    questionnaire: QuestionnaireId,
) -> Result<Option<Questionnaire>, DbErr> {
    let mut query = questionnaire::Entity::find_by_id(questionnaire);
    if tx.get_database_backend() == DbBackend::Postgres {
        query = query.lock_exclusive();
    }
    query.one(tx).await
}

/// The questionnaire as it stands now, held as [`hold`] does; as it was given, if it is gone.
///
/// # Errors
/// A database that refuses.
pub async fn held(tx: &DatabaseTransaction, of: Questionnaire) -> Result<Questionnaire, DbErr> {
    Ok(hold(tx, of.id).await?.unwrap_or(of))
}

/// An organizer's questionnaires, newest first.
pub async fn all_of(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
) -> Result<Vec<Questionnaire>, DbErr> {
    questionnaire::Entity::find()
        .filter(questionnaire::Column::OrganizerId.eq(organizer))
        .order_by_desc(questionnaire::Column::CreatedAt)
        .all(db)
        .await
}

/// Those that take answers, or wait for their time to.
pub async fn open(db: &impl ConnectionTrait) -> Result<Vec<Questionnaire>, DbErr> {
    questionnaire::Entity::find()
        .filter(questionnaire::Column::Status.eq(Status::Open))
        .all(db)
        .await
}

/// The questionnaires that an organizer works with, newest first, each with their role.
pub async fn with_roles(
    db: &impl ConnectionTrait,
    organizer: OrganizerId,
) -> Result<Vec<(Questionnaire, Role)>, DbErr> {
    let roles: BTreeMap<QuestionnaireId, Role> =
        members::roles_of(db, organizer).await?.into_iter().collect();
    let all = questionnaire::Entity::find()
        .filter(questionnaire::Column::Id.is_in(roles.keys().copied()))
        .order_by_desc(questionnaire::Column::CreatedAt)
        .order_by_desc(questionnaire::Column::Id)
        .all(db)
        .await?;
    Ok(all
        .into_iter()
        .filter_map(|found| roles.get(&found.id).copied().map(|role| (found, role)))
        .collect())
}

/// Keeps what changed of a questionnaire. In whose name it runs does not change so: whoever
/// saves something else must not undo that.
pub async fn update(db: &impl ConnectionTrait, changed: Questionnaire) -> Result<(), DbErr> {
    let mut row = changed.into_active_model().reset_all();
    row.organizer_id = NotSet;
    row.update(db).await?;
    Ok(())
}

/// Lets a questionnaire run in somebody else's name.
pub async fn hand_over(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    to: OrganizerId,
) -> Result<(), DbErr> {
    questionnaire::Entity::update(questionnaire::ActiveModel {
        id: Set(questionnaire),
        organizer_id: Set(to),
        ..Default::default()
    })
    .exec(db)
    .await?;
    Ok(())
}

/// The questions on the form, in order, in their present wording.
pub async fn asked(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<Vec<Asked>, DbErr> {
    let all = all_asked(db, questionnaire).await?;
    Ok(all.into_iter().filter(|asked| asked.position.is_some()).collect())
}

/// Every question, those taken off the form last, in their present wording.
pub async fn all_asked(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<Vec<Asked>, DbErr> {
    let questions = question::Entity::find()
        .filter(question::Column::QuestionnaireId.eq(questionnaire))
        .all(db)
        .await?;
    let wordings = wordings(db, questionnaire).await?;
    let mut asked = vec![];
    for question in questions {
        let Some((version, wording, _)) = wordings.get(&question.wording_id) else { continue };
        let passage = question.passage_start.zip(question.passage_end);
        asked.push(Asked {
            id: question.id,
            key: question.key,
            position: question.position,
            wording_id: question.wording_id,
            version: *version,
            wording: wording.clone(),
            passage: passage.and_then(|(start, end)| {
                Some((usize::try_from(start).ok()?, usize::try_from(end).ok()?))
            }),
        });
    }
    asked.sort_by_key(|asked| (asked.position.unwrap_or(i32::MAX), asked.key.clone()));
    Ok(asked)
}

/// Wordings by id, each with its number and its question.
pub type Wordings = BTreeMap<WordingId, (i32, Wording, QuestionId)>;

/// Every line that a question has had in any of its wordings.
pub fn lines_ever(all: &Wordings, question: QuestionId) -> impl Iterator<Item = &Line> {
    let of_question = all.values().filter(move |(_, _, of)| *of == question);
    of_question.flat_map(|(_, wording, _)| wording.kind.lines())
}

/// Every wording of every question.
pub async fn wordings(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<Wordings, DbErr> {
    let rows = wording::Entity::find()
        .filter(wording::Column::QuestionnaireId.eq(questionnaire))
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            let content = serde_json::from_str(&row.content)
                .map_err(|error| DbErr::Json(error.to_string()))?;
            Ok((row.id, (row.version, content, row.question_id)))
        })
        .collect()
}

/// Keeps a new question in its first wording.
pub async fn insert_question(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    asked: &Asked,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let offset = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
    question::Entity::insert(question::ActiveModel {
        id: Set(asked.id),
        questionnaire_id: Set(questionnaire),
        key: Set(asked.key.clone()),
        position: Set(asked.position),
        wording_id: Set(asked.wording_id),
        passage_start: Set(asked.passage.map(|(start, _)| offset(start))),
        passage_end: Set(asked.passage.map(|(_, end)| offset(end))),
        replaces: Set(None),
    })
    .exec_without_returning(db)
    .await?;
    insert_wording(db, questionnaire, asked, now).await
}

/// Keeps the wording of `asked` as a further version of it.
pub async fn insert_wording(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    asked: &Asked,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let content =
        serde_json::to_string(&asked.wording).map_err(|error| DbErr::Json(error.to_string()))?;
    wording::Entity::insert(wording::ActiveModel {
        id: Set(asked.wording_id),
        questionnaire_id: Set(questionnaire),
        question_id: Set(asked.id),
        version: Set(asked.version),
        content: Set(content),
        created_at: Set(now),
    })
    .exec_without_returning(db)
    .await?;
    Ok(())
}

/// Keeps the place and the present wording of a question.
pub async fn update_question(db: &impl ConnectionTrait, asked: &Asked) -> Result<(), DbErr> {
    question::Entity::update(question::ActiveModel {
        id: Set(asked.id),
        position: Set(asked.position),
        wording_id: Set(asked.wording_id),
        ..Default::default()
    })
    .exec(db)
    .await?;
    Ok(())
}

/// Says from which passage of the article a question comes; none: from none.
pub async fn set_passage(
    db: &impl ConnectionTrait,
    id: QuestionId,
    passage: Option<(usize, usize)>,
) -> Result<(), DbErr> {
    let offset = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
    question::Entity::update(question::ActiveModel {
        id: Set(id),
        passage_start: Set(passage.map(|(start, _)| offset(start))),
        passage_end: Set(passage.map(|(_, end)| offset(end))),
        ..Default::default()
    })
    .exec(db)
    .await?;
    Ok(())
}

/// Keeps that a question stands in the place of another one, which was asked before.
pub async fn set_replaces(
    db: &impl ConnectionTrait,
    id: QuestionId,
    old: QuestionId,
) -> Result<(), DbErr> {
    question::Entity::update(question::ActiveModel {
        id: Set(id),
        replaces: Set(Some(old)),
        ..Default::default()
    })
    .exec(db)
    .await?;
    Ok(())
}

/// Every wording of every question with the time at which it came about, oldest first; and by
/// question which other one it replaces.
pub async fn versions(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<(Vec<Version>, BTreeMap<QuestionId, QuestionId>), DbErr> {
    let rows = wording::Entity::find()
        .filter(wording::Column::QuestionnaireId.eq(questionnaire))
        .order_by_asc(wording::Column::CreatedAt)
        .order_by_asc(wording::Column::Version)
        .all(db)
        .await?;
    let mut versions = vec![];
    for row in rows {
        let wording =
            serde_json::from_str(&row.content).map_err(|error| DbErr::Json(error.to_string()))?;
        let (question, number, since) = (row.question_id, row.version, row.created_at);
        versions.push(Version { question, number, wording, since });
    }
    let questions = question::Entity::find()
        .filter(question::Column::QuestionnaireId.eq(questionnaire))
        .filter(question::Column::Replaces.is_not_null())
        .all(db)
        .await?;
    let replaces = questions.into_iter().filter_map(|row| Some((row.id, row.replaces?))).collect();
    Ok((versions, replaces))
}

/// One wording of a question, with its time.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// The question.
    pub question: QuestionId,
    /// The wording's number, from 1.
    pub number: i32,
    /// The words.
    pub wording: Wording,
    /// When it came about.
    pub since: DateTime<Utc>,
}

/// Replaces the words of a wording that nobody has seen yet: only for drafts.
pub async fn rewrite_wording(db: &impl ConnectionTrait, asked: &Asked) -> Result<(), DbErr> {
    let content =
        serde_json::to_string(&asked.wording).map_err(|error| DbErr::Json(error.to_string()))?;
    wording::Entity::update(wording::ActiveModel {
        id: Set(asked.wording_id),
        content: Set(content),
        ..Default::default()
    })
    .exec(db)
    .await?;
    Ok(())
}

/// Deletes a question that nobody can have answered: only for drafts.
pub async fn delete_question(db: &impl ConnectionTrait, id: QuestionId) -> Result<(), DbErr> {
    wording::Entity::delete_many().filter(wording::Column::QuestionId.eq(id)).exec(db).await?;
    question::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}
