//! What was answered to a request that names itself is kept for a day, so that the same request
//! gets the same answer.

use crate::service::Service;
use crate::store::repeats::{self, Named};

/// Keeps an answer: status, headers and body. `begun`: whether the name is kept already.
///
/// # Errors
/// A database that refuses.
pub async fn keep_answer(
    service: &Service,
    named: Named,
    begun: bool,
    answer: (u16, String, String),
) -> anyhow::Result<()> {
    let tx = service.store.write().await?;
    repeats::answered(&tx, named, begun, answer).await?;
    Ok(tx.commit().await?)
}
