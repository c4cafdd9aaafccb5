//! Responses as they now stand: each respondent's latest revision. Writing them is `intake`'s.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait as _, SimpleExpr};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, JoinType, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::entity::{answer, identity, response, revision};
use super::intake::Submission;
use crate::domain::consent::Consent;
use crate::domain::kind::ContactAnswer;
use crate::domain::status::{Mode, Standing};
use crate::domain::{Answer, QuestionId, QuestionnaireId, ResponseId, Role, WordingId};

pub use response::Model as Response;

/// A response with its answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// The response.
    pub response: Response,
    /// Its answers, with the wording they were given to.
    pub answers: BTreeMap<QuestionId, (WordingId, Answer)>,
    /// Who it is from, as far as they said.
    pub contact: Option<ContactAnswer>,
}

/// What was submitted, as it will be kept.
impl From<Submission> for Given {
    fn from(new: Submission) -> Self {
        let contact = new.answers.values().find_map(|(_, answer)| match answer {
            Answer::Contact(contact) => Some((**contact).clone()),
            _ => None,
        });
        let response = Response {
            id: new.response,
            questionnaire_id: new.questionnaire,
            token_hash: new.token_hash,
            revision: 1,
            content_hash: String::new(),
            language: new.language,
            example: new.example,
            created_at: new.at,
            updated_at: new.at,
            standing: new.standing,
            extras: serde_json::to_string(&new.extras).unwrap_or_default(),
        };
        Self { response, answers: new.answers, contact }
    }
}

impl Given {
    /// Whether the respondent allows it.
    pub fn allows(&self, consent: Consent) -> bool {
        self.contact.as_ref().is_some_and(|contact| contact.allows(consent))
    }

    /// Without the mail addresses that were given in it: for those who may read answers and write to
    /// nobody.
    fn without_addresses(mut self) -> Self {
        for (_, answer) in self.answers.values_mut() {
            if let Answer::Contact(contact) = answer {
                contact.address.clear();
            }
        }
        if let Some(contact) = &mut self.contact {
            contact.address.clear();
        }
        self
    }

    /// As an organizer with this role may see it in this mode.
    #[must_use]
    pub fn for_organizer(mut self, mode: Mode, role: Role) -> Self {
        if mode != Mode::Identified {
            self.contact = self.contact.map(|contact| contact.as_agreed());
            for (_, answer) in self.answers.values_mut() {
                if let Answer::Contact(contact) = answer {
                    **contact = contact.as_agreed();
                }
            }
        }
        if role.may(Role::Editor) { self } else { self.without_addresses() }
    }

    /// The answer to a question.
    pub fn answer(&self, question: QuestionId) -> Option<&Answer> {
        self.answers.get(&question).map(|(_, answer)| answer)
    }
}

impl Response {
    /// The hidden fields that its link carried, by name.
    pub fn extras(&self) -> BTreeMap<String, String> {
        serde_json::from_str(&self.extras).unwrap_or_default()
    }
}

/// How many responses of a questionnaire count.
pub async fn count(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<u64, DbErr> {
    response::Entity::find()
        .filter(response::Column::QuestionnaireId.eq(questionnaire))
        .filter(counts())
        .count(db)
        .await
}

/// The responses that are made up, to show what the pages look like.
pub async fn examples(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<BTreeSet<ResponseId>, DbErr> {
    let ids = response::Entity::find()
        .select_only()
        .column(response::Column::Id)
        .filter(response::Column::QuestionnaireId.eq(questionnaire))
        .filter(response::Column::Example.eq(true))
        .into_tuple::<ResponseId>()
        .all(db)
        .await?;
    Ok(ids.into_iter().collect())
}

/// The response that a link opens.
pub async fn by_token(
    db: &impl ConnectionTrait,
    token_hash: &str,
) -> Result<Option<Response>, DbErr> {
    response::Entity::find().filter(response::Column::TokenHash.eq(token_hash)).one(db).await
}

/// The response with this id.
pub async fn by_id(db: &impl ConnectionTrait, id: ResponseId) -> Result<Option<Response>, DbErr> {
    response::Entity::find_by_id(id).one(db).await
}

/// One response with the answers of its latest revision.
pub async fn given(db: &impl ConnectionTrait, response: Response) -> Result<Given, DbErr> {
    let answers = answer::Entity::find()
        .filter(answer::Column::ResponseId.eq(response.id))
        .filter(answer::Column::Revision.eq(response.revision))
        .all(db)
        .await?;
    let identities = identity::Entity::find()
        .filter(identity::Column::ResponseId.eq(response.id))
        .filter(identity::Column::Revision.eq(response.revision))
        .all(db)
        .await?;
    let id = response.id;
    let mut assembled = assemble(vec![response], answers, identities)?;
    assembled.pop().ok_or_else(|| DbErr::RecordNotFound(id.to_string()))
}

pub(super) fn counts() -> SimpleExpr {
    response::Column::Standing.is_in(Standing::COUNT)
}

/// Every response of a questionnaire that counts, whole, oldest first, equal times by id: for a
/// few; what results are made of is [`super::voices`].
pub async fn all(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<Vec<Given>, DbErr> {
    that(db, questionnaire, counts()).await
}

/// Every response that does not count: late, held, or left out; oldest first, equal times by id.
pub async fn uncounted(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
) -> Result<Vec<Given>, DbErr> {
    that(db, questionnaire, counts().not()).await
}

/// Some responses of a questionnaire, in the order of their random ids, behind `after`: those that
/// count, or those that do not.
pub async fn part(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    counted: bool,
    after: Option<ResponseId>,
    most: usize,
) -> Result<Vec<Given>, DbErr> {
    let mut query = response::Entity::find()
        .filter(response::Column::QuestionnaireId.eq(questionnaire))
        .filter(if counted { counts() } else { counts().not() });
    if let Some(after) = after {
        query = query.filter(response::Column::Id.gt(after));
    }
    let some = query
        .order_by_asc(response::Column::Id)
        .limit(u64::try_from(most).unwrap_or(u64::MAX))
        .all(db)
        .await?;
    with_answers(db, some).await
}

/// Keeps what an organizer decided about a response that did not simply count; whether there
/// was one.
pub async fn decide(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    id: ResponseId,
    to: Standing,
) -> Result<bool, DbErr> {
    let decided = response::Entity::update_many()
        .col_expr(response::Column::Standing, Expr::value(to))
        .filter(response::Column::Id.eq(id))
        .filter(response::Column::QuestionnaireId.eq(questionnaire))
        .filter(response::Column::Standing.ne(Standing::Counted))
        .exec(db)
        .await?;
    Ok(decided.rows_affected > 0)
}

/// Up to so many responses are asked for by their ids.
const FEW: usize = 500;

async fn that(
    db: &impl ConnectionTrait,
    questionnaire: QuestionnaireId,
    standing: SimpleExpr,
) -> Result<Vec<Given>, DbErr> {
    let responses = response::Entity::find()
        .filter(response::Column::QuestionnaireId.eq(questionnaire))
        .filter(standing.clone())
        .order_by_asc(response::Column::CreatedAt)
        .order_by_asc(response::Column::Id)
        .all(db)
        .await?;
    if responses.len() > FEW {
        let answers = answer::Entity::find()
            .join(JoinType::InnerJoin, answer_response())
            .filter(answer::Column::QuestionnaireId.eq(questionnaire))
            .filter(standing)
            .all(db)
            .await?;
        let identities = identity::Entity::find()
            .filter(identity::Column::QuestionnaireId.eq(questionnaire))
            .all(db)
            .await?;
        return assemble(responses, answers, identities);
    }
    // Of a few among a hundred thousand, only theirs are looked for.
    with_answers(db, responses).await
}

/// These responses with their present answers, in two questions for all of them.
pub(super) async fn with_answers(
    db: &impl ConnectionTrait,
    responses: Vec<Response>,
) -> Result<Vec<Given>, DbErr> {
    let ids: Vec<ResponseId> = responses.iter().map(|response| response.id).collect();
    let answers = answer::Entity::find()
        .filter(answer::Column::ResponseId.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    let identities =
        identity::Entity::find().filter(identity::Column::ResponseId.is_in(ids)).all(db).await?;
    assemble(responses, answers, identities)
}

/// An answer belongs to the present state of its response if their revisions agree.
fn answer_response() -> sea_orm::RelationDef {
    let mut relation: sea_orm::RelationDef = answer::Entity::belongs_to(response::Entity)
        .from((answer::Column::ResponseId, answer::Column::Revision))
        .to((response::Column::Id, response::Column::Revision))
        .into();
    relation.is_owner = false;
    relation
}

/// The states that a response has had, oldest first.
pub async fn revisions(
    db: &impl ConnectionTrait,
    response: ResponseId,
) -> Result<Vec<(i32, DateTime<Utc>)>, DbErr> {
    let rows = revision::Entity::find()
        .filter(revision::Column::ResponseId.eq(response))
        .order_by_asc(revision::Column::Number)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.number, row.submitted_at)).collect())
}

fn assemble(
    responses: Vec<Response>,
    answers: Vec<answer::Model>,
    identities: Vec<identity::Model>,
) -> Result<Vec<Given>, DbErr> {
    let mut places = BTreeMap::new();
    let mut given: Vec<Given> = vec![];
    for response in responses {
        places.insert((response.id, response.revision), given.len());
        given.push(Given { response, answers: BTreeMap::new(), contact: None });
    }
    let json = |error: serde_json::Error| DbErr::Json(error.to_string());
    for row in answers {
        let place = places.get(&(row.response_id, row.revision)).copied();
        if let Some(given) = place.and_then(|place| given.get_mut(place)) {
            let answer = serde_json::from_str(&row.value).map_err(json)?;
            given.answers.insert(row.question_id, (row.wording_id, answer));
        }
    }
    for row in identities {
        let place = places.get(&(row.response_id, row.revision)).copied();
        if let Some(given) = place.and_then(|place| given.get_mut(place)) {
            let consents = serde_json::from_str(&row.consents).map_err(json)?;
            let contact = ContactAnswer { name: row.name, address: row.address, consents };
            given.answers.insert(
                row.question_id,
                (row.wording_id, Answer::Contact(Box::new(contact.clone()))),
            );
            given.contact = Some(contact);
        }
    }
    Ok(given)
}
