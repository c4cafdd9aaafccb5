//! When a mail that was put off is tried again.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// A mail is given up after this many attempts.
pub const MOST_ATTEMPTS: i32 = 12;

/// Minutes until the next attempt, by how many there have been; after these, the last again.
const MINUTES: [i64; 8] = [1, 5, 15, 30, 60, 120, 240, 480];

/// When a mail is tried again after its attempt number `attempts` (from 1) was put off: a fifth
/// sooner or later than the schedule, so that mails put off together do not come back together.
/// The same message always has the same times.
pub fn next(message: Uuid, attempts: i32, now: DateTime<Utc>) -> DateTime<Utc> {
    let place = usize::try_from(attempts.saturating_sub(1)).unwrap_or(0);
    let minutes = MINUTES.get(place).or(MINUTES.last()).copied().unwrap_or(480);
    let mut mixed = message.as_u128() ^ u128::from(attempts.unsigned_abs());
    // The id's last bits are random; a multiplication spreads the attempt over them.
    mixed = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
    let thousandths = 800 + i64::try_from((mixed >> 64) % 401).unwrap_or(200);
    now + TimeDelta::milliseconds(minutes * 60 * thousandths)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start() -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000, 0).unwrap()
    }

    #[test]
    fn attempts_follow_the_schedule_within_a_fifth() {
        let now = start();
        let schedule = [1, 5, 15, 30, 60, 120, 240, 480, 480, 480, 480];
        let mut distinct = std::collections::BTreeSet::new();
        for id in 0..200_u128 {
            for (attempt, minutes) in (1..).zip(schedule) {
                let wait = next(Uuid::from_u128(id), attempt, now) - now;
                let bounds = TimeDelta::seconds(minutes * 48)..=TimeDelta::seconds(minutes * 72);
                assert!(bounds.contains(&wait), "{attempt}: {wait}");
                assert_eq!(next(Uuid::from_u128(id), attempt, now) - now, wait);
                if attempt == 5 {
                    distinct.insert(wait);
                }
            }
        }
        assert!(distinct.len() > 100, "mails put off together do not come back together");
    }
}
