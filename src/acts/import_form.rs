//! An organizer brings a form of another program: its questions become a draft. Where its answers
//! came with it, they become responses of a closed questionnaire, each marked with its row.

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};
use tokio::task::spawn_blocking;

use super::check_questionnaire::obstacles;
use super::make_questionnaire::{Refused, make_in, sound};
use crate::domain::document::Fault;
use crate::domain::status::{Mode, Standing, Status};
use crate::domain::token::{self, Opens};
use crate::domain::{OrganizerId, ResponseId};
use crate::forms::{self, Brought, Given, Unreadable};
use crate::service::Service;
use crate::store::intake::{self, Submission};
use crate::store::questionnaires::{self, Asked, Questionnaire};

/// The hidden field that says from which row of the file a response is.
pub const ROW: &str = "imported-row";
/// A form may have so many bytes.
pub const LARGEST: usize = 8 << 20;

/// Reads a file of another program, and keeps nothing; `name`: the file's name.
///
/// # Errors
/// A reader that broke.
pub async fn read_form(
    name: String,
    bytes: Vec<u8>,
) -> anyhow::Result<Result<Brought, Unreadable>> {
    // Large ones take a while: nobody else waits for it.
    let read = spawn_blocking(move || {
        if bytes.is_empty() {
            return Err(Unreadable::Unknown);
        }
        forms::read(Some(&name), &bytes)
    });
    Ok(read.await?)
}

/// Keeps a form that was read, whole or not at all; the questionnaire, a draft or (with answers)
/// closed.
///
/// # Errors
/// A database that refuses.
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
    let sound = match sound(document) {
        Ok(sound) => sound,
        Err(why) => return Ok(Err(why)),
    };
    let tx = service.store.write().await?;
    let mut made = match make_in(service, &tx, organizer, sound, None).await? {
        Ok(made) => made,
        Err(why) => return Ok(Err(why)),
    };
    if !answers.is_empty() {
        let asked = questionnaires::asked(&tx, made.id).await?;
        let obstacles = obstacles(&made, &asked);
        if !obstacles.is_empty() {
            let fault = |what| Fault { pointer: String::new(), what };
            return Ok(Err(Refused::Faults(obstacles.into_iter().map(fault).collect())));
        }
        // Nobody asked readers to answer it here: it was open for no moment.
        let at = made.created_at;
        (made.status, made.published_at, made.closed_at) = (Status::Closed, Some(at), Some(at));
        questionnaires::update(&tx, made.clone()).await?;
        let new = answers.into_iter().map(|given| submission(service, &made, &asked, given, at));
        intake::keep_all(&tx, new.collect()).await?;
    }
    tx.commit().await?;
    service.forms.changed();
    Ok(Ok(made))
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
