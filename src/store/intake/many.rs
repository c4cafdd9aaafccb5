//! Many submissions at once: what one statement can say for all of them costs each a fraction.

use std::collections::BTreeSet;
use std::sync::Arc;

use sea_orm::sea_query::OnConflict;
use sea_orm::{DatabaseTransaction, DbErr, EntityTrait as _};

use super::rows::{self, Rows};
use super::{Kept, Submission};
use crate::store::entity::response;

/// Keeps the submissions that make new responses, `None` for those that have to be looked at one
/// by one. If any of them fails, or one is there already, `None` of the whole: then the
/// transaction must be given up.
pub(super) async fn keep(
    tx: &DatabaseTransaction,
    batch: &[Arc<Submission>],
) -> Result<Option<Vec<Option<Kept>>>, DbErr> {
    let mut seen = BTreeSet::new();
    let (mut results, mut responses, mut all) = (vec![], vec![], Rows::default());
    for new in batch {
        if new.seal.is_some() || !seen.insert(new.response) {
            // Sealed; or the second click came with the first, and it is the same response.
            results.push(None);
            continue;
        }
        let content_hash = rows::content_hash(new)?;
        responses.push(rows::response(new, &content_hash)?);
        all.add(new, 1, content_hash)?;
        results.push(Some(Kept { revision: 1, repeated: false }));
    }
    let count = u64::try_from(responses.len()).unwrap_or(u64::MAX);
    if count == 0 {
        return Ok(Some(results));
    }
    let made = response::Entity::insert_many(responses)
        .on_conflict(OnConflict::column(response::Column::Id).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    if made != count {
        return Ok(None);
    }
    all.insert(tx).await?;
    for (new, kept) in batch.iter().zip(&results) {
        if kept.is_some() {
            rows::mark_invitation(tx, new).await?;
        }
    }
    Ok(Some(results))
}
