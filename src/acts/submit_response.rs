//! A reader submits the form: read, judged, kept. The same form sent twice is stored once; the
//! same form with another text is a further revision.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::domain::kind::Problem;
use crate::domain::status::Standing;
use crate::domain::token::{self, Opens};
use crate::domain::{
    Answer, Fields, InvitationId, QuestionId, QuestionnaireId, ResponseId, WordingId,
};
use crate::service::Service;
use crate::store::intake::{IntakeError, Kept, Submission};
use crate::store::questionnaires::{self, Asked, Questionnaire};

/// The field that says which wordings were on the form: `q1.1 q2.3`.
pub const WORDINGS: &str = "form_wordings";
/// The field that carries the form's key, made when the form was drawn: the response that it
/// makes is [`crate::domain::token::Secret::response_of_form`].
pub const KEY: &str = "form_key";

/// A form that arrived.
#[derive(Clone, Debug)]
pub struct Arrival<'a> {
    /// Where it belongs.
    pub questionnaire: &'a Questionnaire,
    /// What was typed.
    pub fields: &'a Fields,
    /// The response it makes or changes.
    pub response: ResponseId,
    /// The language of the page.
    pub language: &'a str,
    /// The invitation through which the reader came.
    pub invitation: Option<InvitationId>,
    /// Whether it is made up.
    pub example: bool,
}

/// What became of it.
#[derive(Clone, Debug)]
pub enum Submitted {
    /// On disk. The token opens the receipt.
    Kept {
        /// `/r/{token}`
        token: String,
        /// Which revision counts now.
        kept: Kept,
    },
    /// Not kept: some answers need a change. By question key, in the order of the form.
    Refused(Vec<(String, Problem)>),
    /// Not kept: nothing was answered at all.
    Empty,
}

/// A key for a form that is about to be drawn: 128 random bits.
pub fn new_key(service: &Service) -> Uuid {
    service.clock.random_name()
}

/// The name of a question's fields on the form.
pub fn field(key: &str) -> String {
    format!("a.{key}")
}

/// The text of the field [`WORDINGS`] for a form with these questions.
pub fn wordings_field(asked: &[Asked]) -> String {
    let named: Vec<String> =
        asked.iter().map(|asked| format!("{}.{}", asked.key, asked.version)).collect();
    named.join(" ")
}

/// Reads and keeps a form that arrived.
///
/// # Errors
/// A database that refuses; nothing was stored.
pub async fn submit_response(
    service: &Service,
    arrival: Arrival<'_>,
) -> Result<Submitted, IntakeError> {
    let questionnaire = arrival.questionnaire.id;
    let asked = on_the_form(service, questionnaire, arrival.fields).await?;
    let mut answers: BTreeMap<QuestionId, (WordingId, Answer)> = BTreeMap::new();
    let mut problems = vec![];
    for asked in &asked {
        match asked.wording.kind.read(arrival.fields, &field(&asked.key)) {
            Ok(Some(answer)) => drop(answers.insert(asked.id, (asked.wording_id, answer))),
            Ok(None) if asked.wording.required => {
                problems.push((asked.key.clone(), Problem::Missing));
            }
            Ok(None) => {}
            Err(problem) => problems.push((asked.key.clone(), problem)),
        }
    }
    if !problems.is_empty() {
        return Ok(Submitted::Refused(problems));
    }
    if answers.is_empty() {
        return Ok(Submitted::Empty);
    }
    let token = service.secret.link(Opens::Response, arrival.response.0);
    let kept = service
        .intake
        .keep(Submission {
            response: arrival.response,
            questionnaire,
            token_hash: token::hash(&token),
            language: arrival.language.to_owned(),
            example: arrival.example,
            invitation: arrival.invitation,
            at: service.clock.now(),
            standing: Standing::Counted,
            extras: BTreeMap::new(),
            answers,
        })
        .await?;
    Ok(Submitted::Kept { token, kept })
}

/// The questions that were on the form that was sent, with which it is judged, and drawn again.
///
/// # Errors
/// A database that does not answer.
pub async fn on_the_form(
    service: &Service,
    questionnaire: QuestionnaireId,
    fields: &Fields,
) -> Result<Vec<Asked>, IntakeError> {
    let db = service.store.read();
    let asked = questionnaires::all_asked(db, questionnaire).await?;
    Ok(match fields.get(WORDINGS) {
        Some(shown) if !shown.trim().is_empty() => {
            as_shown(asked, shown, &questionnaires::wordings(db, questionnaire).await?)
        }
        _ => asked.into_iter().filter(|asked| asked.position.is_some()).collect(),
    })
}

/// The questions that were on the form, in the wordings that were on it: what was published
/// since then is not held against the reader, and what was taken off is still kept.
fn as_shown(
    asked: Vec<Asked>,
    shown: &str,
    wordings: &BTreeMap<WordingId, (i32, crate::domain::Wording, QuestionId)>,
) -> Vec<Asked> {
    let mut on_form = vec![];
    for name in shown.split_whitespace() {
        let Some((key, version)) = name.rsplit_once('.') else { continue };
        let Ok(version) = version.parse::<i32>() else { continue };
        let Some(question) = asked.iter().find(|asked| asked.key == key) else { continue };
        let of_then =
            wordings.iter().find(|(_, (number, _, of))| *number == version && *of == question.id);
        if let Some((id, (_, wording, _))) = of_then {
            on_form.push(Asked {
                wording_id: *id,
                version,
                wording: wording.clone(),
                ..question.clone()
            });
        }
    }
    on_form
}
