//! An organizer makes a questionnaire like one that is there: its article, its questions with
//! their conditions and translations, what was chosen for it. No answers, no invitations.

use super::make_questionnaire::make_as_it_is;
use crate::domain::OrganizerId;
use crate::domain::text::shortened;
use crate::service::Service;
use crate::store::documents;
use crate::store::questionnaires::Questionnaire;

/// Keeps the copy as a draft of `organizer`.
///
/// # Errors
/// A database that refuses.
pub async fn duplicate_questionnaire(
    service: &Service,
    organizer: OrganizerId,
    of: &Questionnaire,
) -> anyhow::Result<Questionnaire> {
    let mut document = documents::of(service.store.read(), of).await?;
    let copied = |title: &str, language: &str| {
        let end = if language.starts_with("zh") { "（副本）" } else { " (copy)" };
        format!("{}{end}", shortened(title, 280))
    };
    document.title = copied(&document.title, &document.language);
    for (language, head) in &mut document.options.translations {
        if !head.title.is_empty() {
            head.title = copied(&head.title, language);
        }
    }
    // Its times are over, or another's: a copy opens and closes when its organizer says.
    (document.options.opens_at, document.options.closes_at) = (None, None);
    make_as_it_is(service, organizer, document).await
}
