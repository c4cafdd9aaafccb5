//! Chance from a seed: `SplitMix64` (Steele, Lea and Flood 2014).

use super::problem::real;

/// A stream of numbers that depends on the seed only.
pub(super) struct Rng(u64);

impl Rng {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A whole number below `limit` (below 2^32); 0 for a limit of 0.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap_or(u64::MAX).min(u64::from(u32::MAX));
        usize::try_from(((self.next() >> 32) * limit) >> 32).unwrap_or(0)
    }

    /// Two whole numbers below `limit` (below 2^32), from one draw.
    pub(super) fn two_below(&mut self, limit: usize) -> (usize, usize) {
        let limit = u64::try_from(limit).unwrap_or(u64::MAX).min(u64::from(u32::MAX));
        let drawn = self.next();
        let scaled = |part: u64| usize::try_from((part * limit) >> 32).unwrap_or(0);
        (scaled(drawn >> 32), scaled(drawn & 0xFFFF_FFFF))
    }

    /// A number in 0..1.
    #[cfg(test)]
    pub(super) fn unit(&mut self) -> f64 {
        let high = u32::try_from(self.next() >> 32).unwrap_or(0);
        f64::from(high) / 4_294_967_296.0
    }

    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }
}

/// How many losses [`Losses`] holds.
const LOSSES: usize = 1 << 12;

/// What annealing puts up with: `-ln u` for evenly spread `u`, in a table.
///
/// Made with additions, multiplications and divisions only. The logarithm of a system's library
/// may differ in its last bit from the next system's, and one bit is another plan.
pub(super) struct Losses(Vec<f64>);

impl Losses {
    pub(super) fn new() -> Self {
        let spread = |place: usize| (real(place) + 0.5) / real(LOSSES);
        Self((0..LOSSES).map(|place| -ln(spread(place))).collect())
    }

    /// A loss that is put up with at heat 1: exponentially distributed (Metropolis 1953).
    pub(super) fn draw(&self, rng: &mut Rng) -> f64 {
        self.0.get(rng.below(LOSSES)).copied().unwrap_or(0.0)
    }
}

/// How many losses [`Limits`] gives at once.
pub(super) const LANES: usize = 8;

/// The losses of [`Losses`] in no order, times a heat, to be read several at once.
pub(super) struct Limits {
    losses: Vec<f64>,
    /// The first ones stand once more at the end.
    limits: Vec<f32>,
}

impl Limits {
    pub(super) fn new(losses: &Losses, rng: &mut Rng) -> Self {
        let mut losses = losses.0.clone();
        rng.shuffle(&mut losses);
        let limits = vec![0.0; losses.len() + LANES];
        Self { losses, limits }
    }

    /// Sets the heat.
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        reason = "rounded to the nearest on every machine"
    )]
    pub(super) fn set(&mut self, heat: f64) {
        for (limit, loss) in self.limits.iter_mut().zip(self.losses.iter().cycle()) {
            *limit = (loss * heat) as f32;
        }
    }

    /// A place to read from, by lot.
    pub(super) fn place(&self, rng: &mut Rng) -> usize {
        rng.below(self.losses.len())
    }

    /// The losses put up with at a place; any number is one.
    pub(super) fn at(&self, place: usize) -> Option<&[f32; LANES]> {
        self.limits.get(place % self.losses.len().max(1)..)?.first_chunk()
    }
}

/// The natural logarithm of a number in 0..1, none of its ends.
fn ln(number: f64) -> f64 {
    const LN_2: f64 = std::f64::consts::LN_2;
    let (mut number, mut halvings) = (number, 0.0);
    while number < 0.75 {
        number *= 2.0;
        halvings += 1.0;
    }
    let ratio = (number - 1.0) / (number + 1.0);
    let (mut power, mut sum) = (ratio, 0.0);
    for odd in 0..12 {
        sum += power / f64::from(2 * odd + 1);
        power *= ratio * ratio;
    }
    2.0 * sum - halvings * LN_2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_agrees_with_the_systems_own() {
        for place in 1..1000_u32 {
            let number = f64::from(place) / 1000.0;
            assert!((ln(number) - number.ln()).abs() < 1e-14, "{number}");
        }
    }

    #[test]
    fn losses_put_up_with_have_mean_one() {
        let (losses, mut rng) = (Losses::new(), Rng::new(3));
        let mean = (0..100_000).map(|_| losses.draw(&mut rng)).sum::<f64>() / 1e5;
        assert!((mean - 1.0).abs() < 0.02, "{mean}");
    }
}
