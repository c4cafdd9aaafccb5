//! The example: its article brought, its questionnaire made of what was found, and opened.

use super::bring_article::{EXAMPLE, as_read, bring_article, draft_of};
use super::publish_questionnaire::publish_questionnaire;
use super::save_questionnaire::save_questionnaire;
use crate::article::{Candidate, Format, candidates};
use crate::domain::OrganizerId;
use crate::domain::status::Status;
use crate::service::Service;
use crate::store::articles;
use crate::store::questionnaires::{self, Questionnaire};

/// The organizer's example, open to readers or closed; brought and opened if there is none.
/// A draft of it is opened as it is, and gets the questions that were found if it has none yet.
///
/// # Errors
/// A draft that cannot be opened, a database that refuses.
pub async fn bring_example(
    service: &Service,
    organizer: OrganizerId,
) -> anyhow::Result<Questionnaire> {
    let mut examples = questionnaires::all_of(service.store.read(), organizer).await?;
    examples.retain(|questionnaire| questionnaire.example);
    // The one that readers can answer before any other; else the newest.
    examples.sort_by_key(|questionnaire| questionnaire.status != Status::Open);
    let questionnaire = match examples.into_iter().next() {
        Some(opened) if opened.status != Status::Draft => return Ok(opened),
        Some(draft) => draft,
        None => bring_article(service, organizer, EXAMPLE, Format::Markdown, true).await?,
    };
    open_with_what_was_found(service, questionnaire).await
}

/// Opens a draft to readers; one without questions gets those that are suggested.
///
/// # Errors
/// A draft that cannot be opened, a database that refuses.
pub async fn open_with_what_was_found(
    service: &Service,
    mut questionnaire: Questionnaire,
) -> anyhow::Result<Questionnaire> {
    let db = service.store.read();
    if questionnaires::asked(db, questionnaire.id).await?.is_empty() {
        let kept = articles::by_id(db, questionnaire.article_id).await?;
        let kept = kept.ok_or_else(|| anyhow::anyhow!("a questionnaire without its article"))?;
        let mut found: Vec<Candidate> = candidates(&as_read(&kept)?);
        found.retain(|candidate| candidate.suggested);
        anyhow::ensure!(!found.is_empty(), "no questions were found in the article");
        let edited = draft_of(&questionnaire, &found, service.clock.now());
        questionnaire = save_questionnaire(service, questionnaire, edited).await?;
    }
    let published = publish_questionnaire(service, questionnaire).await?;
    published.map_err(|obstacles| anyhow::anyhow!("it stays a draft: {}", obstacles.join(" ")))
}
