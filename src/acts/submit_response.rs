//! A reader submits the form: read, judged, kept. The same form sent twice is stored once; the
//! same form with another text is a further revision.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::domain::condition;
use crate::domain::kind::Problem;
use crate::domain::status::{Mode, Standing, Status};
use crate::domain::token::{self, Opens};
use crate::domain::{Answer, Fields, InvitationId, QuestionId, ResponseId, WordingId};
use crate::service::Service;
use crate::store::forms::Form;
use crate::store::intake::{IntakeError, Submission};
use crate::store::mixing::keys::Keys;
use crate::store::mixing::{self, Seal};
use crate::store::questionnaires::{Asked, Questionnaire};

/// The field that says which wordings were on the form: `q1.1 q2.3`.
pub const WORDINGS: &str = "form_wordings";
/// The field that carries the form's key, made when the form was drawn: the response that it
/// makes is [`crate::domain::token::Secret::response_of_form`].
pub const KEY: &str = "form_key";

/// A form that arrived.
#[derive(Clone, Debug)]
pub struct Arrival<'a> {
    /// Where it belongs, with the questions that were on it: see [`with_its_wordings`].
    pub form: &'a Form,
    /// What was typed.
    pub fields: &'a Fields,
    /// The response it makes or changes.
    pub response: ResponseId,
    /// The language of the page.
    pub language: &'a str,
    /// The invitation through which the reader came.
    pub invitation: Option<InvitationId>,
    /// When the form was drawn, as far as that is sure.
    pub drawn: Option<DateTime<Utc>>,
    /// Whether it looks as if no person had written it.
    pub suspicious: bool,
    /// The hidden fields that its link carried.
    pub extras: BTreeMap<String, String>,
}

impl<'a> Arrival<'a> {
    /// One that came by no invitation, with nothing else known of it.
    pub fn of(form: &'a Form, fields: &'a Fields, response: ResponseId) -> Self {
        Self {
            form,
            fields,
            response,
            language: "en",
            invitation: None,
            drawn: None,
            suspicious: false,
            extras: BTreeMap::new(),
        }
    }
}

/// What became of it.
#[derive(Clone, Debug)]
pub enum Submitted {
    /// On disk. The token opens the receipt.
    Kept {
        /// `/r/{token}`
        token: String,
        /// Whether nothing was kept under its key before.
        first: bool,
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

/// Who was still writing when the questionnaire closed may take so long to end.
pub const GRACE: TimeDelta = TimeDelta::hours(24);

/// Whether a form that arrives now counts. Nothing is turned away: what comes too late is kept
/// as late, and the organizer decides.
pub fn standing(
    questionnaire: &Questionnaire,
    drawn: Option<DateTime<Utc>>,
    suspicious: bool,
    now: DateTime<Utc>,
) -> Standing {
    let options = questionnaire.options();
    let closed = match questionnaire.status {
        Status::Closed => questionnaire.closed_at,
        Status::Draft | Status::Open => options.closed_by(now),
    };
    match closed {
        _ if options.waits(now) => Standing::Late,
        Some(closed) if now > closed + GRACE || drawn.is_none_or(|drawn| drawn > closed) => {
            Standing::Late
        }
        _ if suspicious => Standing::Held,
        _ => Standing::Counted,
    }
}

/// Reads and keeps a form that arrived.
///
/// # Errors
/// A database that refuses; nothing was stored.
pub async fn submit_response(
    service: &Service,
    arrival: Arrival<'_>,
) -> Result<Submitted, IntakeError> {
    let questionnaire = &arrival.form.questionnaire;
    let asked = on_the_form(arrival.form, arrival.fields);
    let mut answers: BTreeMap<QuestionId, (WordingId, Answer)> = BTreeMap::new();
    let mut problems = vec![];
    for (asked, read) in read_shown(&asked, arrival.fields) {
        match read {
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
    let now = service.clock.now();
    let seal = sealing(service, questionnaire).await?;
    let (at, language) = match &seal {
        Some(_) => (mixing::day(now), questionnaire.language.as_str()),
        None => (now, arrival.language),
    };
    let submission = Arc::new(Submission {
        response: arrival.response,
        questionnaire: questionnaire.id,
        token_hash: token::hash(&token),
        language: language.to_owned(),
        example: false,
        invitation: arrival.invitation,
        at,
        standing: standing(questionnaire, arrival.drawn, arrival.suspicious, now),
        extras: arrival.extras,
        answers,
        seal,
    });
    match service.intake.keep(submission.clone()).await {
        Ok(kept) => Ok(Submitted::Kept { token, first: kept.revision == 1 && !kept.repeated }),
        Err(refused) => {
            spool(service, submission, refused).await?;
            Ok(Submitted::Kept { token, first: true })
        }
    }
}

/// Each question that is asked of somebody with these answers, and what they answered to it. What
/// stands in the fields of a question that its condition hides is not read at all.
pub fn read_shown<'a>(
    asked: &'a [Cow<'a, Asked>],
    fields: &Fields,
) -> Vec<(&'a Asked, Result<Option<Answer>, Problem>)> {
    let read: Vec<(&Asked, Result<Option<Answer>, Problem>)> = asked
        .iter()
        .map(|asked| (&**asked, asked.wording.kind.read(fields, &field(&asked.key))))
        .collect();
    let conditions =
        read.iter().map(|(asked, _)| (asked.key.as_str(), asked.wording.shown_if.as_ref()));
    let answers = read.iter().filter_map(|(asked, read)| match read {
        Ok(Some(answer)) => Some((asked.key.as_str(), answer)),
        _ => None,
    });
    let shown = condition::shown(conditions, &answers.collect());
    let shown: BTreeSet<String> = shown.into_iter().map(str::to_owned).collect();
    read.into_iter().filter(|(asked, _)| shown.contains(&asked.key)).collect()
}

/// Keeps beside the database what it refuses, so that a reader never has to come back with it.
async fn spool(
    service: &Service,
    submission: Arc<Submission>,
    refused: IntakeError,
) -> Result<(), IntakeError> {
    if let IntakeError::OtherQuestionnaire | IntakeError::InvitationUsed = refused {
        return Err(refused);
    }
    tracing::error!(error = %refused, "the database refuses; a submission waits in the spool");
    let (spool, nonce) = (service.spool.clone(), service.clock.bytes());
    let kept = tokio::task::spawn_blocking(move || spool.keep(&submission, nonce)).await;
    match kept.map_err(std::io::Error::other).flatten() {
        Ok(()) => Ok(()),
        Err(error) => {
            tracing::error!(%error, "and the spool cannot keep it");
            Err(refused)
        }
    }
}

/// What an answer to an anonymous questionnaire is sealed with.
async fn sealing(
    service: &Service,
    questionnaire: &Questionnaire,
) -> Result<Option<Seal>, IntakeError> {
    if questionnaire.mode != Mode::Anonymous {
        return Ok(None);
    }
    let keys = mixer(service).await.map_err(|error| IntakeError::Commit(error.to_string()))?;
    // The same for every invitation: that one was used is known, when is not.
    let used_at = questionnaire.published_at.unwrap_or(questionnaire.created_at);
    Ok(Some(Seal { keys: Some(keys), nonce: service.clock.bytes(), used_at }))
}

/// The mixer's keys, one of which can seal: made on the first need.
///
/// # Errors
/// A data folder that cannot be written.
pub async fn mixer(service: &Service) -> std::io::Result<Keys> {
    let keys = service.mixer.clone();
    if keys.current().is_none() {
        let (keys, bytes, now) = (keys.clone(), service.clock.bytes(), service.clock.now());
        tokio::task::spawn_blocking(move || keys.turn(bytes, now)).await??;
    }
    Ok(keys)
}

/// The form with every wording that the sent one names: what another node has published a
/// moment ago is not known here yet.
pub async fn with_its_wordings(service: &Service, form: Arc<Form>, fields: &Fields) -> Arc<Form> {
    let named = fields.get(WORDINGS).unwrap_or_default();
    if names(named).all(|(key, version)| find(&form, key, version).is_some()) {
        return form;
    }
    let id = form.questionnaire.id;
    match service.forms.fresh(&service.store, id, service.clock.now()).await {
        Ok(Some(fresh)) => fresh,
        _ => form,
    }
}

/// The questions that were on the form that was sent, in the wordings that were on it, with
/// which it is judged, and drawn again: what was published since then is not held against the
/// reader, and what was taken off is still kept.
pub fn on_the_form<'a>(form: &'a Form, fields: &Fields) -> Vec<Cow<'a, Asked>> {
    match fields.get(WORDINGS) {
        Some(shown) if !shown.trim().is_empty() => {
            names(shown).filter_map(|(key, version)| find(form, key, version)).collect()
        }
        _ => form.shown().map(Cow::Borrowed).collect(),
    }
}

/// Keys and versions as [`wordings_field`] writes them.
fn names(shown: &str) -> impl Iterator<Item = (&str, i32)> {
    shown.split_whitespace().filter_map(|name| {
        let (key, version) = name.rsplit_once('.')?;
        Some((key, version.parse().ok()?))
    })
}

fn find<'a>(form: &'a Form, key: &str, version: i32) -> Option<Cow<'a, Asked>> {
    let question = form.asked.iter().find(|asked| asked.key == key)?;
    if question.version == version {
        return Some(Cow::Borrowed(question));
    }
    let of_then =
        form.wordings.iter().find(|(_, (number, _, of))| *number == version && *of == question.id);
    of_then.map(|(id, (_, wording, _))| {
        let wording = wording.clone();
        Cow::Owned(Asked { wording_id: *id, version, wording, ..question.clone() })
    })
}
