//! How often one address or one link may send a form. Each sender has a budget that fills up
//! again steadily (the generic cell rate algorithm, ITU-T I.371): a class that sends at once
//! passes, a script that goes on does not. The table is of a fixed size at most, and knows
//! numbers, no addresses.
//!
//! Our own eighty lines rather than a crate: the crates that do this grow with the number of
//! senders until they are told to forget, and bring clocks that tests cannot set.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// The time in which a budget is full again, in milliseconds.
const WINDOW: i64 = 600_000;
/// Parts of the table, each with a lock of its own.
const SHARDS: u64 = 16;
/// Senders in one part at the most.
const MOST: usize = 8_192;

/// The senders whose budgets are not full.
#[derive(Debug)]
pub struct Table {
    shards: Vec<Mutex<HashMap<u64, i64>>>,
}

impl Default for Table {
    fn default() -> Self {
        Self { shards: (0..SHARDS).map(|_| Mutex::default()).collect() }
    }
}

impl Table {
    /// Takes one from a sender's budget of `limit` in ten minutes; 0: any number.
    ///
    /// # Errors
    /// How long until there is one again.
    pub fn take(&self, sender: u64, limit: u32, now: DateTime<Utc>) -> Result<(), TimeDelta> {
        let shard = usize::try_from(sender % SHARDS).ok().and_then(|at| self.shards.get(at));
        let (Some(shard), true) = (shard, limit > 0) else { return Ok(()) };
        let now = now.timestamp_millis();
        let mut full_again = shard.lock().unwrap_or_else(PoisonError::into_inner);
        if full_again.len() >= MOST && !full_again.contains_key(&sender) {
            full_again.retain(|_, at| *at > now);
            if full_again.len() >= MOST {
                // More senders than we can remember: better forget them than refuse readers.
                full_again.clear();
            }
        }
        let at = full_again.entry(sender).or_insert(now);
        let next = after(*at, limit, now).map_err(TimeDelta::milliseconds)?;
        *at = next;
        Ok(())
    }
}

/// When a budget will be full again after one was taken, if it was to be full at `at`; or how
/// long until one can be taken. All in milliseconds.
fn after(at: i64, limit: u32, now: i64) -> Result<i64, i64> {
    let each = WINDOW / i64::from(limit.max(1));
    let next = at.max(now) + each;
    // A budget of n is spent when it takes n times as long as one of them to fill.
    let over = next - now - each * i64::from(limit);
    if over > 0 { Err(over) } else { Ok(next) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_700_000_000 + seconds, 0).unwrap()
    }

    #[test]
    fn a_budget_can_be_spent_at_once_and_fills_up_steadily() {
        let table = Table::default();
        for _ in 0..300 {
            assert!(table.take(7, 300, at(0)).is_ok());
        }
        assert_eq!(table.take(7, 300, at(0)), Err(TimeDelta::seconds(2)));
        assert!(table.take(8, 300, at(0)).is_ok(), "another sender has another budget");
        assert!(table.take(7, 300, at(1)).is_err());
        assert!(table.take(7, 300, at(2)).is_ok());
        assert!(table.take(7, 300, at(3)).is_err());
        // After ten minutes it is full, and not fuller.
        let again = (0..400).filter(|_| table.take(7, 300, at(700)).is_ok()).count();
        assert_eq!(again, 300);
    }

    #[test]
    fn a_script_gets_its_budget_and_no_more() {
        let table = Table::default();
        let taken = (0..10_000).filter(|n| table.take(7, 30, at(n / 17)).is_ok()).count();
        // 588 seconds: thirty at once, and one every twenty seconds.
        assert_eq!(taken, 30 + 29);
        assert!((0..10_000).all(|_| table.take(7, 0, at(0)).is_ok()));
    }

    #[test]
    fn the_table_does_not_grow_without_end() {
        let table = Table::default();
        for sender in 0..400_000 {
            let _ = table.take(sender, 300, at(0));
        }
        let all: usize = table.shards.iter().map(|shard| shard.lock().unwrap().len()).sum();
        assert!(all <= MOST * 16, "{all}");
    }
}
