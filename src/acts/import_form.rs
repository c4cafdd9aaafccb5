//! An organizer brings a form of another program: its questions become a draft. Where its answers
//! came with it, they become responses of a closed questionnaire, each marked with its row.

use chrono::{DateTime, Utc};
use futures_util::future::join_all;
use sha2::{Digest as _, Sha256};

use super::make_questionnaire::{Refused, make_questionnaire};
use super::publish_questionnaire::{close_questionnaire, publish_questionnaire};
use crate::domain::document::Fault;
use crate::domain::status::{Mode, Standing};
use crate::domain::token::{self, Opens};
use crate::domain::{OrganizerId, ResponseId};
use crate::forms::{Brought, Given};
use crate::service::Service;
use crate::store::intake::Submission;
use crate::store::questionnaires::{self, Asked, Questionnaire};

/// The hidden field that says from which row of the file a response is.
pub const ROW: &str = "imported-row";
/// So many responses are handed over together.
const CHUNK: usize = 512;

/// Keeps a form that was read; the questionnaire, a draft or (with answers) closed.
///
/// # Errors
/// A database that refuses. What was kept before stays.
pub async fn import_form(
    service: &Service,
    organizer: OrganizerId,
    brought: Brought,
) -> anyhow::Result<Result<Questionnaire, Refused>> {
    let Brought { mut document, answers, .. } = brought;
    if !answers.is_empty() {
        // Nobody's name comes with them, and nobody was promised anything by us.
        document.mode = Mode::Confidential;
        document.options.hidden = vec![ROW.to_owned()];
    }
    let made = match make_questionnaire(service, organizer, document, None).await? {
        Ok(made) => made,
        Err(why) => return Ok(Err(why)),
    };
    if answers.is_empty() {
        return Ok(Ok(made));
    }
    let published = match publish_questionnaire(service, made).await? {
        Ok(published) => published,
        Err(obstacles) => {
            let fault = |what| Fault { pointer: String::new(), what };
            return Ok(Err(Refused::Faults(obstacles.into_iter().map(fault).collect())));
        }
    };
    // Nobody asked readers to answer it here.
    close_questionnaire(service, published.clone()).await?;
    let asked = questionnaires::asked(service.store.read(), published.id).await?;
    let at = published.created_at;
    let new: Vec<Submission> = answers
        .into_iter()
        .map(|given| submission(service, &published, &asked, given, at))
        .collect();
    for chunk in new.chunks(CHUNK) {
        for kept in join_all(chunk.iter().map(|new| service.intake.keep(new.clone()))).await {
            kept?;
        }
    }
    let closed = questionnaires::by_id(service.store.read(), published.id).await?;
    Ok(Ok(closed.unwrap_or(published)))
}

fn submission(
    service: &Service,
    questionnaire: &Questionnaire,
    asked: &[Asked],
    given: Given,
    at: DateTime<Utc>,
) -> Submission {
    let response = response(service, questionnaire, given.row);
    let answers = given.answers.into_iter().filter_map(|(key, answer)| {
        let asked = asked.iter().find(|asked| asked.key == key)?;
        Some((asked.id, (asked.wording_id, answer)))
    });
    Submission {
        response,
        questionnaire: questionnaire.id,
        token_hash: token::hash(&service.secret.link(Opens::Response, response.0)),
        language: questionnaire.language.clone(),
        example: false,
        invitation: None,
        at: given.at.unwrap_or(at),
        standing: Standing::Counted,
        extras: [(ROW.to_owned(), given.row.to_string())].into(),
        answers: answers.collect(),
        seal: None,
    }
}

/// The id of a row's response: guessed by nobody.
fn response(service: &Service, questionnaire: &Questionnaire, row: usize) -> ResponseId {
    let secret = service.secret.link(Opens::Response, questionnaire.id.0);
    let digest: [u8; 32] = Sha256::digest(format!("row {row} {secret}").as_bytes()).into();
    let bytes = digest.first_chunk::<16>().copied().unwrap_or_default();
    ResponseId(uuid::Builder::from_random_bytes(bytes).into_uuid())
}
