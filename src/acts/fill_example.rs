//! An organizer fills a questionnaire with made-up responses, each marked as an example, to see
//! what every later page does with answers.

use std::collections::BTreeMap;

use futures_util::future::join_all;

use crate::demo::{self, Person};
use crate::domain::status::{Standing, Status};
use crate::domain::token::{self, Opens};
use crate::domain::{QuestionnaireId, ResponseId};
use crate::service::Service;
use crate::store::intake::Submission;
use crate::store::questionnaires::{self, Asked, Questionnaire};
use crate::store::{mixing, responses};

use super::submit_response::field;

/// What filling did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filled {
    /// How many example responses are new.
    pub added: usize,
    /// How many there are now.
    pub examples: usize,
}

/// Why nothing was filled in.
#[derive(Debug, thiserror::Error)]
pub enum FillError {
    /// Nobody can answer it.
    #[error(
        "Readers cannot answer this questionnaire now, so neither can examples: open it first."
    )]
    NotOpen,
    /// Examples would stand among what people wrote.
    #[error(
        "People have answered this questionnaire already. Example answers stay away from real \
         ones: fill a questionnaire that nobody has answered yet."
    )]
    Answered,
    /// The service failed; what was kept so far stays, and filling again adds the rest.
    #[error(transparent)]
    Unexpected(#[from] anyhow::Error),
}

/// Fills the questionnaire with [`demo::PEOPLE`] made-up responses. Doing it twice adds nothing,
/// whatever was reworded in between.
///
/// # Errors
/// See [`FillError`].
pub async fn fill_example(
    service: &Service,
    questionnaire: Questionnaire,
) -> Result<Filled, FillError> {
    if questionnaire.status != Status::Open {
        return Err(FillError::NotOpen);
    }
    let id = questionnaire.id;
    // All as of one moment: what another adds meanwhile is no reader's.
    let seen = service.store.snapshot().await.map_err(anyhow::Error::from)?;
    let db = &seen;
    let present = responses::examples(db, id).await.map_err(anyhow::Error::from)?;
    let asked = questionnaires::asked(db, id).await.map_err(anyhow::Error::from)?;
    let wordings: Vec<_> = asked.iter().map(|asked| &asked.wording).collect();
    let people = demo::people(&wordings, demo::SEED, demo::PEOPLE, service.clock.now())?;
    let missing: Vec<Submission> = people
        .into_iter()
        .filter(|person| !present.contains(&response(service, id, person.number)))
        .filter_map(|person| submission(service, id, &asked, person))
        .collect();
    if missing.is_empty() {
        return Ok(Filled { added: 0, examples: present.len() });
    }
    let waiting = mixing::count(db, id).await.map_err(anyhow::Error::from)?;
    let all = responses::count(db, id).await.map_err(anyhow::Error::from)? + waiting;
    if usize::try_from(all).unwrap_or(usize::MAX) > present.len() {
        return Err(FillError::Answered);
    }
    drop(seen);
    let examples = present.len() + missing.len();
    let mut added = 0;
    // Handed over together, they share a commit as readers' forms do.
    for kept in join_all(missing.into_iter().map(|new| service.intake.keep(new))).await {
        added += usize::from(!kept.map_err(anyhow::Error::from)?.repeated);
    }
    Ok(Filled { added, examples })
}

/// The id of the example response with this number: the same every time, guessed by nobody.
fn response(service: &Service, questionnaire: QuestionnaireId, number: usize) -> ResponseId {
    let secret = service.secret.link(Opens::Response, questionnaire.0);
    let name = format!("example {} {number} {secret}", demo::SEED);
    ResponseId(token::id_of(&name))
}

/// A person's answers, read as if they had come from the form; what it would refuse is left out.
fn submission(
    service: &Service,
    questionnaire: QuestionnaireId,
    asked: &[Asked],
    person: Person,
) -> Option<Submission> {
    let mut answers = BTreeMap::new();
    for (place, answer) in person.answers {
        let Some(asked) = asked.get(place) else { continue };
        let name = field(&asked.key);
        if let Ok(Some(read)) = asked.wording.kind.read(&answer.fields(&name), &name) {
            answers.insert(asked.id, (asked.wording_id, read));
        }
    }
    let response = response(service, questionnaire, person.number);
    let token = service.secret.link(Opens::Response, response.0);
    (!answers.is_empty()).then(|| Submission {
        response,
        questionnaire,
        token_hash: token::hash(&token),
        language: person.language.to_owned(),
        example: true,
        invitation: None,
        at: person.at,
        standing: Standing::Counted,
        extras: BTreeMap::new(),
        answers,
        seal: None,
    })
}

#[cfg(test)]
mod tests;
