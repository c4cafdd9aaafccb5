//! Responses: listed, read whole, decided about; and the statements that readers added.

use std::collections::BTreeMap;

use actix_web::web::Path;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::answered::{Done, Listed, Shown};
use super::asked::{Json, Paging, Query};
use super::words::Standing;
use crate::acts::admit_response::admit_response;
use crate::acts::decide_statement::{decide_statement, proposals};
use crate::domain::status::{Decision, Mode};
use crate::domain::{Answer, ResponseId, Role};
use crate::error::AppError;
use crate::insight;
use crate::store::questionnaires::{self, Asked, Questionnaire, Wordings};
use crate::store::responses::{self, Given};
use crate::store::{mixing, proposals as decided};
use crate::web::extract::{App, Organizer};

/// Which responses.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WhichResponses {
    /// Where to go on: `next` of the part before.
    #[param(max_length = 1000)]
    pub cursor: Option<String>,
    /// How many at the most.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u16>,
    /// `false`: those that do not count, because they came late, are held, or were left out.
    pub counted: Option<bool>,
}

/// A response.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Response {
    /// Names it.
    pub id: ResponseId,
    /// Whether it counts.
    pub standing: Standing,
    /// The language of the page on which it was written.
    pub language: String,
    /// How often it was submitted.
    pub revision: i32,
    /// Whether it is made up, to show what the pages look like.
    pub example: bool,
    /// When it arrived first; of anonymous and confidential ones the day.
    pub created_at: DateTime<Utc>,
    /// When it was changed last; of anonymous and confidential ones the day.
    pub updated_at: DateTime<Utc>,
    /// The hidden fields of its link, by name.
    pub hidden: BTreeMap<String, String>,
    /// Its answers, in the order of the form.
    pub answers: Vec<Answered>,
}

/// An answer, and what was asked.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Answered {
    /// The key of the question.
    #[schema(example = "q1")]
    pub question: String,
    /// Which wording of it was answered, from 1.
    pub version: i32,
    /// The question in that wording.
    pub prompt: String,
    /// The answer.
    pub answer: Answer,
}

/// What is decided about a response that came late or is held.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideResponse {
    /// Whether it counts.
    pub counts: bool,
}

/// A statement that readers added.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AddedStatement {
    /// The key of the question.
    pub question: String,
    /// Names it.
    pub statement: String,
    /// Its words.
    pub text: String,
    /// How many readers wrote it.
    pub readers: usize,
    /// Whether it was put on the form; nothing: not decided yet.
    pub taken: Option<bool>,
}

/// What is decided about a statement that readers added.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideStatement {
    /// The key of the question.
    pub question: String,
    /// Which statement.
    pub statement: String,
    /// Whether it goes on the form.
    pub take: bool,
}

/// What the questions of a questionnaire are.
struct Questions {
    asked: Vec<Asked>,
    wordings: Wordings,
}

impl Questions {
    async fn of(app: &App, of: &Questionnaire) -> Result<Self, AppError> {
        let db = app.store.read();
        let asked = questionnaires::all_asked(db, of.id).await?;
        Ok(Self { asked, wordings: questionnaires::wordings(db, of.id).await? })
    }

    fn see(&self, mode: Mode, role: Role, given: Given) -> Response {
        let given = given.for_organizer(mode, role);
        let mut answers = vec![];
        for asked in &self.asked {
            let Some((wording, answer)) = given.answers.get(&asked.id) else { continue };
            let known = self.wordings.get(wording);
            let (version, prompt) = known
                .map_or((asked.version, &asked.wording.prompt), |known| (known.0, &known.1.prompt));
            answers.push(Answered {
                question: asked.key.clone(),
                version,
                prompt: prompt.clone(),
                answer: answer.clone(),
            });
        }
        let of = given.response;
        Response {
            id: of.id,
            standing: of.standing.into(),
            hidden: of.extras(),
            language: of.language,
            revision: of.revision,
            example: of.example,
            created_at: told(mode, of.created_at),
            updated_at: told(mode, of.updated_at),
            answers,
        }
    }
}

/// A moment as it may be told: where minutes could tell who it was, the day.
fn told(mode: Mode, at: DateTime<Utc>) -> DateTime<Utc> {
    if mode == Mode::Identified { at } else { mixing::day(at) }
}

/// `GET /api/v1/questionnaires/{slug}/responses`
pub async fn list(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Query(which): Query<WhichResponses>,
) -> Result<Listed<Response>, AppError> {
    let (of, role) = me.with_role(&app, &slug).await?;
    let paging = Paging { cursor: which.cursor, limit: which.limit };
    let counts = which.counted.unwrap_or(true);
    let after = match paging.after()? {
        Some(after) => Some(after.parse().map_err(|_no_id| super::asked::no_cursor())?),
        None => None,
    };
    // In the order of their random ids, which tells nothing of who came before whom.
    let size = paging.size()?;
    let db = app.store.read();
    let mut given = responses::part(db, of.id, counts, after, size + 1).await?;
    let more = given.len() > size;
    given.truncate(size);
    let last = given.last().filter(|_| more).map(|last| last.response.id.to_string());
    let questions = Questions::of(&app, &of).await?;
    Ok(Listed {
        data: given.into_iter().map(|given| questions.see(of.mode, role, given)).collect(),
        next: last.map(|last| super::asked::cursor(&last)),
    })
}

/// `GET /api/v1/questionnaires/{slug}/responses/{id}`
pub async fn show(
    app: App,
    me: Organizer,
    path: Path<(String, String)>,
) -> Result<Shown<Response>, AppError> {
    let (slug, id) = path.into_inner();
    let (of, role) = me.with_role(&app, &slug).await?;
    Ok(Shown(one(&app, (&of, role), id.parse()?).await?))
}

async fn one(
    app: &App,
    (of, role): (&Questionnaire, Role),
    id: ResponseId,
) -> Result<Response, AppError> {
    let db = app.store.read();
    let response = responses::by_id(db, id).await?;
    let response = response.filter(|response| response.questionnaire_id == of.id);
    let given = responses::given(db, response.ok_or(AppError::NotFound)?).await?;
    Ok(Questions::of(app, of).await?.see(of.mode, role, given))
}

/// `PATCH /api/v1/questionnaires/{slug}/responses/{id}`
pub async fn decide(
    app: App,
    me: Organizer,
    path: Path<(String, String)>,
    Json(decision): Json<DecideResponse>,
) -> Result<Shown<Response>, AppError> {
    let (slug, id) = path.into_inner();
    let (of, role) = me.with_role(&app, &slug).await?;
    let id = id.parse()?;
    let before = one(&app, (&of, role), id).await?;
    if !admit_response(&app, &of, id, decision.counts).await? {
        if before.standing == Standing::Counted && decision.counts {
            return Ok(Shown(before));
        }
        let why = "It counted from the first: nobody takes a reader's answers out of the results.";
        return Err(AppError::Refused(why.to_owned()));
    }
    Ok(Shown(one(&app, (&of, role), id).await?))
}

/// `GET /api/v1/questionnaires/{slug}/statements`
pub async fn statements(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Query(paging): Query<Paging>,
) -> Result<Listed<AddedStatement>, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let insight = insight::now(&app, &of).await?;
    let decisions = decided::decisions(app.store.read(), of.id).await?;
    let all: Vec<AddedStatement> = proposals(&insight.material, &decisions)
        .into_iter()
        .map(|one| AddedStatement {
            question: one.asked.key.clone(),
            statement: one.name,
            text: one.text,
            readers: one.count,
            taken: one.decision.map(|decision| decision == Decision::Taken),
        })
        .collect();
    Listed::of(all, |one| format!("{}/{}", one.question, one.statement), &paging)
}

/// `POST /api/v1/questionnaires/{slug}/statements`
pub async fn decide_one_statement(
    app: App,
    me: Organizer,
    slug: Path<String>,
    Json(wanted): Json<DecideStatement>,
) -> Result<Done, AppError> {
    let of = me.questionnaire(&app, &slug).await?;
    let decision = if wanted.take { Decision::Taken } else { Decision::Declined };
    let (question, name) = (wanted.question.as_str(), wanted.statement.as_str());
    if decide_statement(&app, &of, question, name, decision).await? {
        Ok(Done)
    } else {
        Err(AppError::Refused("No reader added this statement to this question.".to_owned()))
    }
}
