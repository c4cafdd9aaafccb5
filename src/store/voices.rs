//! Every response of a questionnaire at once, small in memory: a hundred thousand of them are
//! held while somebody looks at the results.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures_util::TryStreamExt as _;
use sea_orm::sea_query::{ExprTrait as _, SimpleExpr};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, JoinType, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, StreamTrait,
};

use super::entity::{answer, identity, invitation, response};
use super::responses::{Given, answer_response, counts};
use crate::domain::consent::Consent;
use crate::domain::kind::ContactAnswer;
use crate::domain::status::{Mode, Standing};
use crate::domain::{Answer, QuestionId, QuestionnaireId, ResponseId, WordingId};

/// A response with its answers, as results are made of them. Equal answers are one in memory.
#[derive(Clone, Debug)]
pub struct Voice {
    /// The response.
    pub response: Spoken,
    /// Its answers, with the wording they were given to, by question.
    pub answers: Box<[(QuestionId, WordingId, Arc<Answer>)]>,
    /// Who it is from, as far as they said.
    pub contact: Option<Box<ContactAnswer>>,
}

/// What is known of a response beside its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// Its id.
    pub id: ResponseId,
    /// Which of its states these answers are.
    pub revision: i32,
    /// The language of the page it was written on.
    pub language: Arc<str>,
    /// Whether it is made up, to show what the pages look like.
    pub example: bool,
    /// When it arrived.
    pub created_at: DateTime<Utc>,
    /// Whether it came through an invitation.
    pub invited: bool,
}

impl Voice {
    /// The answer to a question.
    pub fn answer(&self, question: QuestionId) -> Option<&Answer> {
        self.bound(question).map(|(_, answer)| answer)
    }

    /// The answer to a question and the wording it was given to.
    pub fn bound(&self, question: QuestionId) -> Option<(WordingId, &Answer)> {
        let at = self.answers.binary_search_by_key(&question, |(id, ..)| *id).ok()?;
        self.answers.get(at).map(|(_, wording, answer)| (*wording, &**answer))
    }

    /// Its answers, by question.
    pub fn all(&self) -> impl Iterator<Item = (QuestionId, &Answer)> {
        self.answers.iter().map(|(question, _, answer)| (*question, &**answer))
    }

    /// Whether the respondent allows it.
    pub fn allows(&self, consent: Consent) -> bool {
        self.contact.as_ref().is_some_and(|contact| contact.allows(consent))
    }
}

/// A response that was read by itself, as one of many.
impl From<Given> for Voice {
    fn from(given: Given) -> Self {
        let answers = given.answers.into_iter();
        Self {
            response: Spoken {
                id: given.response.id,
                revision: given.response.revision,
                language: given.response.language.into(),
                example: given.response.example,
                created_at: given.response.created_at,
                invited: false,
            },
            answers: answers.map(|(id, (wording, answer))| (id, wording, answer.into())).collect(),
            contact: given.contact.map(Box::new),
        }
    }
}

/// What tells whether the responses have changed since they were last read: the number, the
/// revisions together, and the latest change, of those that count and of those that do not. The
/// time alone would not do: of anonymous answers it is the day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    counted: (i64, i64, Option<DateTime<Utc>>),
    /// How many came too late and do not count.
    pub late: u64,
    others: i64,
}

impl State {
    /// Whether so many responses with these revisions together are those that count.
    pub fn is(&self, responses: usize, revisions: i64) -> bool {
        usize::try_from(self.counted.0) == Ok(responses) && self.counted.1 == revisions
    }

    /// How many count.
    pub fn count(&self) -> u64 {
        u64::try_from(self.counted.0).unwrap_or(0)
    }

    /// When one that counts last changed.
    pub fn latest(&self) -> Option<DateTime<Utc>> {
        self.counted.2
    }
}

/// The present state, in one question to the database that its index can answer.
///
/// # Errors
/// A database that refuses.
pub async fn state(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<State, DbErr> {
    type Row = (Standing, i64, Option<i64>, Option<DateTime<Utc>>);
    let rows: Vec<Row> = response::Entity::find()
        .select_only()
        .column(response::Column::Standing)
        .column_as(response::Column::Id.count(), "responses")
        .column_as(response::Column::Revision.sum(), "states")
        .column_as(response::Column::UpdatedAt.max(), "latest")
        .filter(response::Column::QuestionnaireId.eq(questionnaire))
        .group_by(response::Column::Standing)
        .into_tuple()
        .all(db)
        .await?;
    let mut state = State::default();
    for (standing, number, revisions, latest) in rows {
        if Standing::COUNT.contains(&standing) {
            let (count, sum, last) = &mut state.counted;
            *count += number;
            *sum += revisions.unwrap_or(0);
            *last = Ord::max(*last, latest);
        } else if standing == Standing::Late {
            state.late = u64::try_from(number).unwrap_or(0);
        }
        state.others += if Standing::COUNT.contains(&standing) { 0 } else { number };
    }
    Ok(state)
}

/// Every response of a questionnaire that counts, as its organizer may see it in this mode,
/// oldest first, equal times by id: an order that does not depend on the database.
///
/// # Errors
/// A database that refuses.
pub async fn all<C: ConnectionTrait + StreamTrait>(
    db: &C,
    questionnaire: QuestionnaireId,
    mode: Mode,
) -> Result<Vec<Arc<Voice>>, DbErr> {
    gather(db, questionnaire, mode, counts()).await
}

/// Those that count and have changed at this time or since.
///
/// # Errors
/// A database that refuses.
pub async fn since<C: ConnectionTrait + StreamTrait>(
    db: &C,
    questionnaire: QuestionnaireId,
    mode: Mode,
    since: DateTime<Utc>,
) -> Result<Vec<Arc<Voice>>, DbErr> {
    gather(db, questionnaire, mode, counts().and(response::Column::UpdatedAt.gte(since))).await
}

type Place = HashMap<ResponseId, usize>;

async fn gather<C: ConnectionTrait + StreamTrait>(
    db: &C,
    questionnaire: QuestionnaireId,
    mode: Mode,
    which: SimpleExpr,
) -> Result<Vec<Arc<Voice>>, DbErr> {
    let (mut voices, places) = responses(db, questionnaire, which.clone()).await?;
    let mut answers: Vec<Vec<(QuestionId, WordingId, Arc<Answer>)>> = vec![vec![]; voices.len()];
    read_answers(db, questionnaire, which.clone(), &places, &mut answers).await?;
    let identities = identity::Entity::find()
        .join(JoinType::InnerJoin, identity_response())
        .filter(identity::Column::QuestionnaireId.eq(questionnaire))
        .filter(which)
        .all(db)
        .await?;
    for row in identities {
        let Some(place) = places.get(&row.response_id).copied() else { continue };
        let consents = serde_json::from_str(&row.consents).map_err(json)?;
        let mut contact = ContactAnswer { name: row.name, address: row.address, consents };
        if mode != Mode::Identified {
            contact = contact.as_agreed();
        }
        if let (Some(voice), Some(answers)) = (voices.get_mut(place), answers.get_mut(place)) {
            let answer = Arc::new(Answer::Contact(contact.clone()));
            answers.push((row.question_id, row.wording_id, answer));
            voice.contact = Some(Box::new(contact));
        }
    }
    if mode != Mode::Anonymous {
        let used: Vec<Option<ResponseId>> = invitation::Entity::find()
            .select_only()
            .column(invitation::Column::ResponseId)
            .filter(invitation::Column::QuestionnaireId.eq(questionnaire))
            .filter(invitation::Column::ResponseId.is_not_null())
            .into_tuple()
            .all(db)
            .await?;
        for place in used.iter().flatten().filter_map(|id| places.get(id)) {
            if let Some(voice) = voices.get_mut(*place) {
                voice.response.invited = true;
            }
        }
    }
    let whole = voices.into_iter().zip(answers).map(|(mut voice, mut answers)| {
        answers.sort_unstable_by_key(|(question, ..)| *question);
        voice.answers = answers.into_boxed_slice();
        Arc::new(voice)
    });
    Ok(whole.collect())
}

/// The responses without their answers, and where each stands.
async fn responses<C: ConnectionTrait + StreamTrait>(
    db: &C,
    questionnaire: QuestionnaireId,
    which: SimpleExpr,
) -> Result<(Vec<Voice>, Place), DbErr> {
    type Row = (ResponseId, i32, String, bool, DateTime<Utc>);
    let mut rows = response::Entity::find()
        .select_only()
        .columns([
            response::Column::Id,
            response::Column::Revision,
            response::Column::Language,
            response::Column::Example,
            response::Column::CreatedAt,
        ])
        .filter(response::Column::QuestionnaireId.eq(questionnaire))
        .filter(which)
        .order_by_asc(response::Column::CreatedAt)
        .order_by_asc(response::Column::Id)
        .into_tuple::<Row>()
        .stream(db)
        .await?;
    let mut languages: HashMap<String, Arc<str>> = HashMap::new();
    let (mut voices, mut places) = (vec![], Place::new());
    while let Some((id, revision, language, example, created_at)) = rows.try_next().await? {
        let known = languages.entry(language).or_insert_with_key(|name| name.as_str().into());
        let language = known.clone();
        places.insert(id, voices.len());
        let response = Spoken { id, revision, language, example, created_at, invited: false };
        voices.push(Voice { response, answers: Box::default(), contact: None });
    }
    Ok((voices, places))
}

/// Longer answers are hardly ever equal.
const SHARED: usize = 200;

async fn read_answers<C: ConnectionTrait + StreamTrait>(
    db: &C,
    questionnaire: QuestionnaireId,
    which: SimpleExpr,
    places: &Place,
    answers: &mut [Vec<(QuestionId, WordingId, Arc<Answer>)>],
) -> Result<(), DbErr> {
    type Row = (ResponseId, QuestionId, WordingId, String);
    let mut rows = answer::Entity::find()
        .select_only()
        .columns([
            answer::Column::ResponseId,
            answer::Column::QuestionId,
            answer::Column::WordingId,
            answer::Column::Value,
        ])
        .join(JoinType::InnerJoin, answer_response())
        .filter(answer::Column::QuestionnaireId.eq(questionnaire))
        .filter(which)
        .into_tuple::<Row>()
        .stream(db)
        .await?;
    let mut known: HashMap<String, Arc<Answer>> = HashMap::new();
    while let Some((response, question, wording, value)) = rows.try_next().await? {
        let Some(all) = places.get(&response).and_then(|place| answers.get_mut(*place)) else {
            continue;
        };
        let answer = if let Some(answer) = known.get(&value) {
            answer.clone()
        } else {
            let answer: Arc<Answer> = Arc::new(serde_json::from_str(&value).map_err(json)?);
            if value.len() <= SHARED && !matches!(*answer, Answer::Open(_)) {
                known.insert(value, answer.clone());
            }
            answer
        };
        all.push((question, wording, answer));
    }
    Ok(())
}

fn identity_response() -> sea_orm::RelationDef {
    let mut relation: sea_orm::RelationDef = identity::Entity::belongs_to(response::Entity)
        .from((identity::Column::ResponseId, identity::Column::Revision))
        .to((response::Column::Id, response::Column::Revision))
        .into();
    relation.is_owner = false;
    relation
}

fn json(error: serde_json::Error) -> DbErr {
    DbErr::Json(error.to_string())
}
