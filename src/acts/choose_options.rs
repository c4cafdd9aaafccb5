//! An organizer chooses what links may carry, and which sites may show the form.

use crate::service::Service;
use crate::store::questionnaires::{self, Questionnaire};

/// Keeps the names of hidden fields and the origins of sites; the questionnaire as it now is.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn choose_options(
    service: &Service,
    mut questionnaire: Questionnaire,
    hidden: Vec<String>,
    embed: Vec<String>,
) -> anyhow::Result<Questionnaire> {
    let mut options = questionnaire.options();
    if (&options.hidden, &options.embed) == (&hidden, &embed) {
        return Ok(questionnaire);
    }
    (options.hidden, options.embed) = (hidden, embed);
    questionnaire.set_options(&options);
    let tx = service.store.write().await?;
    questionnaires::update(&tx, questionnaire.clone()).await?;
    tx.commit().await?;
    service.forms.changed();
    Ok(questionnaire)
}
