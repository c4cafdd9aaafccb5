//! An organizer decides about a response that came too late, or that looks as if no person had
//! written it: it counts, or it is left out. Nothing is deleted, and each can be decided again.

use crate::domain::ResponseId;
use crate::domain::status::Standing;
use crate::service::Service;
use crate::store::questionnaires::Questionnaire;
use crate::store::responses;

/// Whether there was such a response to decide about. One that counted from the first is not:
/// nobody takes a reader's answers out of the results.
///
/// # Errors
/// A database that refuses; nothing was changed.
pub async fn admit_response(
    service: &Service,
    questionnaire: &Questionnaire,
    response: ResponseId,
    counts: bool,
) -> anyhow::Result<bool> {
    let tx = service.store.write().await?;
    let to = if counts { Standing::Admitted } else { Standing::LeftOut };
    let decided = responses::decide(&tx, questionnaire.id, response, to).await?;
    tx.commit().await?;
    Ok(decided)
}
