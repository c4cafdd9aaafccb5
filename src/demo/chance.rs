//! Chance that repeats: a generator of its own, so that no library's next version changes what
//! the example says. `SplitMix64` (Steele, Lea, Flood: Fast splittable pseudorandom number
//! generators, OOPSLA 2014).

use sha2::{Digest as _, Sha256};

/// A stream of numbers.
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    /// The stream of this name: streams of different names have nothing to do with each other,
    /// so that one more question does not change the answers to the rest.
    pub(super) fn named(seed: u64, name: &str) -> Self {
        let mut digest = Sha256::new();
        digest.update(seed.to_le_bytes());
        digest.update(name.as_bytes());
        let digest: [u8; 32] = digest.finalize().into();
        let state = digest.iter().take(8).fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
        Self(state)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to `n` - 1; 0 where `n` is 0.
    pub(super) fn below(&mut self, n: usize) -> usize {
        let n = u64::try_from(n).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % n).unwrap_or(0)
    }

    /// True `percent` times in a hundred.
    pub(super) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of them.
    pub(super) fn pick<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        of.get(self.below(of.len())).copied()
    }

    /// Fisher and Yates.
    pub(super) fn shuffle<T>(&mut self, of: &mut [T]) {
        for last in (1..of.len()).rev() {
            of.swap(last, self.below(last + 1));
        }
    }

    /// `count` values in these shares of a hundred, rounded, the first taking what is over;
    /// shuffled.
    pub(super) fn deal<T: Copy>(&mut self, count: usize, shares: &[(T, usize)]) -> Vec<T> {
        let Some(((first, _), rest)) = shares.split_first() else { return vec![] };
        let mut values = vec![];
        for (value, share) in rest {
            values.extend(std::iter::repeat_n(*value, (count * share + 50) / 100));
        }
        values.truncate(count);
        values.resize(count, *first);
        self.shuffle(&mut values);
        values
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn the_numbers_are_those_of_splitmix64() {
        // The first outputs for the state 1234567, as published with the reference in Java.
        let mut chance = Chance(1_234_567);
        let published =
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!(published.map(|_| chance.next()), published);
    }

    #[test]
    fn values_are_dealt_in_their_shares() {
        let dealt = Chance::named(1, "x").deal(60, &[('a', 40), ('b', 35), ('c', 25)]);
        let count = |of: char| dealt.iter().filter(|value| **value == of).count();
        assert_eq!((count('a'), count('b'), count('c')), (24, 21, 15));
        assert_eq!(Chance::named(1, "x").deal(1, &[('a', 50), ('b', 50)]).len(), 1);
    }
}
