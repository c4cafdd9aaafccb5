//! One bucket: a moment, and a share of the rate.

use chrono::{DateTime, TimeDelta, Utc};

/// No bucket is closed for longer; one that seems to be was left by a clock that was set back.
pub(super) const LONGEST: TimeDelta = TimeDelta::hours(1);

/// One bucket, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bucket {
    /// Before this, nothing more may leave.
    pub(super) free_at: DateTime<Utc>,
    /// The share of the rate that was allowed at `slowed_at`, in thousandths.
    pub(super) thousandths: i32,
    /// When the domain last said "slower".
    pub(super) slowed_at: Option<DateTime<Utc>>,
}

impl Bucket {
    pub(super) fn full() -> Self {
        Self { free_at: DateTime::UNIX_EPOCH, thousandths: 1000, slowed_at: None }
    }

    /// The share of the rate that is allowed now, in thousandths: a tenth more for each minute
    /// since the domain last said "slower".
    pub(super) fn share(&self, now: DateTime<Utc>) -> i32 {
        let minutes = self.slowed_at.map_or(60, |at| (now - at).num_minutes().clamp(0, 60));
        (0..minutes).fold(self.thousandths, |share, _| (share + (share / 10).max(1)).min(1000))
    }

    pub(super) fn is_closed(&self, now: DateTime<Utc>) -> bool {
        self.free_at > now && self.free_at <= now + LONGEST
    }

    /// Takes one mail at a time of `every`, of which `burst` may leave at once.
    pub(super) fn take(&mut self, now: DateTime<Utc>, every: TimeDelta, burst: i32) -> bool {
        if self.is_closed(now) {
            return false;
        }
        let earliest = now - every * (burst - 1).max(0);
        self.free_at = if self.free_at > now { now } else { self.free_at.max(earliest) } + every;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start() -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000, 0).unwrap()
    }

    #[test]
    fn a_bucket_gives_its_rate_and_one_burst() {
        let (mut bucket, mut taken) = (Bucket::full(), 0);
        for millisecond in (0..600_000).step_by(50) {
            let now = start() + TimeDelta::milliseconds(millisecond);
            taken += i32::from(bucket.take(now, TimeDelta::seconds(3), 3));
        }
        assert_eq!(taken, 200 + 2);
    }

    #[test]
    fn a_clock_that_was_set_back_closes_no_bucket_for_a_day() {
        let mut bucket = Bucket::full();
        let every = TimeDelta::seconds(3);
        assert!(bucket.take(start() + TimeDelta::days(1), every, 1));
        assert!(bucket.take(start(), every, 1), "not closed until tomorrow");
        assert!(!bucket.take(start(), every, 1));
        assert!(bucket.take(start() + every, every, 1));
    }

    #[test]
    fn a_slowed_domain_gains_a_tenth_each_minute() {
        let slowed = Bucket { thousandths: 500, slowed_at: Some(start()), ..Bucket::full() };
        let shares: Vec<i32> =
            (0..9).map(|minutes| slowed.share(start() + TimeDelta::minutes(minutes))).collect();
        assert_eq!(shares, [500, 550, 605, 665, 731, 804, 884, 972, 1000]);
    }
}
