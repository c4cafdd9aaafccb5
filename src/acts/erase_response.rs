//! A respondent erases everything: the answers in every state, the name and address, the seat,
//! the draft, the mails about it that wait, and the text of those that have gone out.

use super::edit_themes;
use super::move_up::fill;
use super::publish_brief::{TakenBack, unquote_briefs};
use super::publish_echo::unnote;
use crate::domain::status::Mode;
use crate::domain::webhook::Event;
use crate::domain::{DraftId, ErasureId, ParticipantId, QuestionnaireId};
use crate::insight::changes::Change;
use crate::insight::guide::{Guide, standing};
use crate::service::Service;
use crate::store::mixing;
use crate::store::responses::Given;
use crate::store::webhooks::{self, Happened, notices};
use crate::store::{drafts, erasing};

/// Who asked, as it is noted.
const RESPONDENT: &str = "respondent";

/// Why nothing was erased.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// A part of it still waits for the database, and would come back.
    #[error("a part of the response waits in the spool")]
    Waiting,
    /// The database refused.
    #[error(transparent)]
    Store(#[from] anyhow::Error),
}

impl From<sea_orm::DbErr> for EraseError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// Erases a response, all of it in one transaction. Of this nothing remains but a note that at
/// this time something was erased.
///
/// Whoever has the old form open and sends it again makes a new response: its author has written
/// and sent it after erasing, and it has nothing of what was before. It gets the same private
/// link, since links are derived from forms.
///
/// # Errors
/// See [`EraseError`]; nothing was changed.
pub async fn erase_response(
    service: &Service,
    mode: Mode,
    given: &Given,
) -> Result<(), EraseError> {
    let response = &given.response;
    let (id, questionnaire) = (response.id, response.questionnaire_id);
    if service.spool.waiting() > 0 {
        let (spool, hash) = (service.spool.clone(), response.token_hash.clone());
        let found = tokio::task::spawn_blocking(move || spool.find(&hash)).await;
        if found.map_err(anyhow::Error::from)?.is_some() {
            return Err(EraseError::Waiting);
        }
    }
    let now = service.clock.now();
    let tx = service.store.write().await?;
    mixing::remove(&tx, &service.mixer, &response.token_hash).await?;
    let (own, beside) = erasing::seats(&tx, id).await?;
    let mut keys = vec![format!("draft:{id}:"), format!("receipt:{id}:")];
    for one in &own {
        keys.extend(letters_to(*one));
    }
    let mark = |address: &str| service.secret.recipient_hash(address);
    erasing::letters(&tx, &keys, mark, now).await?;
    let beside: Vec<String> = beside.iter().map(|seat| format!("seat:{seat}:")).collect();
    erasing::texts(&tx, &beside).await?;
    unname(&tx, &own, questionnaire).await?;
    unnote(&tx, questionnaire, &own).await?;
    unquote(&tx, given, questionnaire).await?;
    edit_themes::forget_response(&tx, questionnaire, id).await?;
    unquote_briefs(&tx, questionnaire, id, TakenBack::Everything).await?;
    notices::forget_response(&tx, id).await?;
    let erased = Happened::with_response(questionnaire, Event::ResponseErased, id, "erased");
    webhooks::tell(&tx, &[erased], now).await?;
    drafts::delete(&tx, DraftId(id.0)).await?;
    erasing::response(&tx, id).await?;
    if !own.is_empty() {
        fill(service, &tx, questionnaire).await?;
    }
    // Of anonymous answers, no time is kept but the day.
    let at = mixing::noted(mode, now);
    let note = ErasureId(service.clock.random_name());
    erasing::note(&tx, note, questionnaire, RESPONDENT, at).await?;
    tx.commit().await?;
    service.insights.forget(questionnaire);
    if let Err(error) = erasing::settle(&service.store).await {
        tracing::warn!(%error, "the log could not be emptied after an erasure");
    }
    Ok(())
}

/// What the keys of mails to a participant begin with.
pub fn letters_to(one: ParticipantId) -> Vec<String> {
    vec![format!("seat:{one}:"), format!("seat-cancelled:{one}"), format!("times:{one}:")]
}

/// Takes the respondent out of the rules of who sits with whom, and of the changes of plans.
async fn unname(
    tx: &sea_orm::DatabaseTransaction,
    gone: &[ParticipantId],
    questionnaire: QuestionnaireId,
) -> anyhow::Result<()> {
    if gone.is_empty() {
        return Ok(());
    }
    let (rules, changes) = erasing::named(tx, questionnaire).await?;
    for rule in rules {
        let before: Vec<ParticipantId> = serde_json::from_str(&rule.people)?;
        let after: Vec<_> = before.iter().filter(|one| !gone.contains(one)).collect();
        if after.len() < before.len() {
            // A rule about one person is none.
            let people = (after.len() > 1).then(|| serde_json::to_string(&after)).transpose()?;
            erasing::set_rule(tx, rule.id, people).await?;
        }
    }
    for change in changes {
        let before: Change = serde_json::from_str(&change.what)?;
        let after = before.clone().without(gone);
        if after.as_ref() != Some(&before) {
            let what = after.map(|after| serde_json::to_string(&after)).transpose()?;
            erasing::set_change(tx, change.id, what).await?;
        }
    }
    Ok(())
}

/// Takes the respondent's words out of every guide.
async fn unquote(
    tx: &sea_orm::DatabaseTransaction,
    given: &Given,
    questionnaire: QuestionnaireId,
) -> anyhow::Result<()> {
    for (group, text) in erasing::guides(tx, questionnaire).await? {
        let mut guide: Guide = serde_json::from_str(&text)?;
        if standing::unquote(&mut guide, given.response.id) {
            erasing::set_guide(tx, group, serde_json::to_string(&guide)?).await?;
        }
    }
    Ok(())
}
