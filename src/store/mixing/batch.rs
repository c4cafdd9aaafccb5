//! A batch: which of those that wait are moved, and the move itself.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::keys::Keys;
use super::{Waiting, damaged, opened};
use crate::store::Store;
use crate::store::entity::sealed;
use crate::store::intake::{self, IntakeError};
use crate::store::questionnaires::Questionnaire;

/// A batch is never smaller, and never fewer stay behind while more may come.
pub const LEAST: usize = 5;
/// A batch is never larger: it is in memory as a whole.
const MOST: usize = 200;

/// Moves a batch of one questionnaire's submissions among its responses, if enough wait; how
/// many. `chance` gives random numbers, `at` becomes the time of them all.
///
/// Unless all have `ended`, some always stay behind, chosen by chance: else each batch would be
/// exactly those who came since the last.
///
/// # Errors
/// A database that refuses, a row that cannot be opened: nothing was moved.
pub async fn mix(
    store: &Store,
    keys: &Keys,
    of: &Questionnaire,
    ended: bool,
    at: DateTime<Utc>,
    chance: &(dyn Fn() -> u128 + Send + Sync),
) -> Result<usize, IntakeError> {
    let keys: BTreeMap<String, _> =
        keys.all().into_iter().map(|key| (key.name.clone(), key)).collect();
    let tx = store.write().await?;
    let names: Vec<String> = sealed::Entity::find()
        .select_only()
        .column(sealed::Column::Name)
        .filter(sealed::Column::QuestionnaireId.eq(of.id))
        .filter(sealed::Column::KeyName.is_in(keys.keys()))
        .into_tuple()
        .all(&tx)
        .await?;
    let count = leaving(names.len(), ended);
    let chosen: Vec<String> = shuffled(names, chance).into_iter().take(count).collect();
    let rows = sealed::Entity::find().filter(sealed::Column::Name.is_in(chosen)).all(&tx).await?;
    let mut waiting: Vec<(String, Waiting)> = vec![];
    for row in rows {
        let key = keys.get(&row.key_name).ok_or_else(|| damaged("a key is gone"))?;
        let content = opened(key, &row)?;
        waiting.push((row.name, content));
    }
    // When somebody came late is seen in the result, so that only latecomers hide a latecomer.
    for late in [true, false] {
        if waiting.iter().filter(|(_, one)| one.is_late() == late).count() < LEAST {
            waiting.retain(|(_, one)| one.is_late() != late);
        }
    }
    // The order of their random names is the order in which they are written.
    waiting.sort_by_key(|(_, one)| one.response);
    let moved = waiting.len();
    let names: Vec<String> = waiting.iter().map(|(name, _)| name.clone()).collect();
    for (_, one) in waiting {
        intake::within(&tx, &one.submission(of.id, &of.language, at)).await?;
    }
    let gone = sealed::Entity::delete_many().filter(sealed::Column::Name.is_in(names)).exec(&tx);
    if usize::try_from(gone.await?.rows_affected).ok() != Some(moved) {
        return Err(damaged("somebody else has moved the same rows").into());
    }
    tx.commit().await?;
    Ok(moved)
}

/// How many of those that wait may leave now.
fn leaving(waiting: usize, ended: bool) -> usize {
    if ended && waiting <= MOST {
        return if waiting >= LEAST { waiting } else { 0 };
    }
    let most = waiting.saturating_sub(LEAST).min(MOST);
    if most >= LEAST { most } else { 0 }
}

/// In an order that only chance knows.
fn shuffled(names: Vec<String>, chance: &(dyn Fn() -> u128 + Send + Sync)) -> Vec<String> {
    let mut drawn: Vec<(u128, String)> = names.into_iter().map(|name| (chance(), name)).collect();
    drawn.sort_unstable();
    drawn.into_iter().map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_batch_and_no_rest_is_smaller_than_five() {
        for ended in [false, true] {
            for waiting in 0..1000 {
                let moved = leaving(waiting, ended);
                assert!(moved == 0 || moved >= LEAST, "{moved} of {waiting} are moved");
                let rest = waiting - moved;
                assert!(rest == 0 || rest >= LEAST || moved == 0, "{rest} of {waiting} are left");
                assert!(moved <= MOST);
                assert!(ended || rest > 0 || waiting == 0);
            }
        }
        assert_eq!((leaving(9, false), leaving(10, false), leaving(12, false)), (0, 5, 7));
        assert_eq!((leaving(4, true), leaving(5, true), leaving(9, true)), (0, 5, 9));
        assert_eq!((leaving(202, true), leaving(1000, true)), (197, 200));
    }
}
