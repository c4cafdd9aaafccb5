//! Statistics of counts: intervals of shares, medians, tail chances, control of many tests.
#![expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "counts fit an f64")]

use std::collections::BTreeMap;

/// Two-sided 95 % point of the normal distribution.
pub const Z95: f64 = 1.959_963_984_540_054;

/// The 95 % Wilson score interval of a share (Wilson 1927), as `(low, high)` in `0.0..=1.0`.
///
/// `(0.0, 1.0)` when nobody was counted: nothing is known. More successes than counted people
/// are read as all of them.
pub fn wilson(successes: u32, n: u32) -> (f64, f64) {
    if n == 0 {
        return (0.0, 1.0);
    }
    let count = f64::from(n);
    let share = f64::from(successes.min(n)) / count;
    let z2 = Z95 * Z95;
    let centre = share + z2 / (2.0 * count);
    let reach = Z95 * (share * (1.0 - share) / count + z2 / (4.0 * count * count)).sqrt();
    let whole = 1.0 + z2 / count;
    let low = if successes == 0 { 0.0 } else { (centre - reach) / whole };
    let high = if successes >= n { 1.0 } else { (centre + reach) / whole };
    (low.clamp(0.0, 1.0), high.clamp(0.0, 1.0))
}

/// The arithmetic mean; `None` for no values.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The median, the mean of the middle two for an even number; `None` for no values.
/// Values that are not numbers are left out.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|v| !v.is_nan()).collect();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = sorted.get(middle)?;
    if sorted.len() % 2 == 1 {
        return Some(*upper);
    }
    sorted.get(middle.checked_sub(1)?).map(|lower| f64::midpoint(*lower, *upper))
}

/// The value below which `part` (`0.0..=1.0`) of the values lie, between two of them in
/// proportion: method 7 of Hyndman and Fan (1996), "Sample quantiles in statistical packages".
/// `sorted`: ascending; `None` for no values.
pub fn quantile(sorted: &[f64], part: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = part.clamp(0.0, 1.0) * last as f64;
    let below = (0..=last).rev().find(|at| *at as f64 <= place)?;
    let low = sorted.get(below)?;
    let high = sorted.get(below + 1).unwrap_or(low);
    Some(low + (high - low) * (place - below as f64))
}

/// The chance that a chi-square value with `df` degrees of freedom lies above `x`.
///
/// By the recurrence of the incomplete gamma function (Abramowitz and Stegun 1964, 26.4.4 and
/// 26.4.5), as precise as [`normal_above`].
pub fn chi_square_above(x: f64, df: usize) -> f64 {
    if df == 0 || x.is_nan() || x <= 0.0 {
        return 1.0;
    }
    let half = x / 2.0;
    let odd = df % 2 == 1;
    // The chance for one or two degrees, and the first term to add.
    let (mut above, mut degrees) =
        if odd { (2.0 * normal_above(x.sqrt()), 1) } else { ((-half).exp(), 2) };
    let mut term = if odd {
        (-half).exp() * (half / std::f64::consts::PI).sqrt() * 2.0
    } else {
        (-half).exp() * half
    };
    while degrees < df {
        above += term;
        degrees += 2;
        term *= half / (degrees as f64 / 2.0);
    }
    above.clamp(0.0, 1.0)
}

/// The chance that a standard normal value lies above `z`.
///
/// Complementary error function by the Chebyshev fit of Numerical Recipes (`erfcc`), relative
/// error below 1.2e-7 everywhere.
pub fn normal_above(z: f64) -> f64 {
    const FIT: [f64; 10] = [
        -1.265_512_23,
        1.000_023_68,
        0.374_091_96,
        0.096_784_18,
        -0.186_288_06,
        0.278_868_07,
        -1.135_203_98,
        1.488_515_87,
        -0.822_152_23,
        0.170_872_77,
    ];
    if z.is_nan() {
        return 1.0;
    }
    let x = z.abs() / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.5 * x);
    let exponent = FIT.iter().rev().fold(0.0, |sum, term| sum * t + term);
    let tail = 0.5 * t * (exponent - x * x).exp();
    if z >= 0.0 { tail } else { 1.0 - tail }
}

/// Which of many tests survive when at most the share `rate` of those shown may be false
/// (Benjamini and Hochberg 1995). The answer is aligned with `chances`.
pub fn survivors(chances: &[f64], rate: f64) -> Vec<bool> {
    let mut sorted = chances.to_vec();
    sorted.sort_by(f64::total_cmp);
    let count = chances.len() as f64;
    let limit = sorted
        .iter()
        .enumerate()
        .filter(|&(rank, &chance)| chance <= rate * (rank + 1) as f64 / count)
        .map(|(_, &chance)| chance)
        .next_back();
    chances.iter().map(|&chance| limit.is_some_and(|limit| chance <= limit)).collect()
}

/// How well two groupings of the same things agree: the Rand index adjusted for chance (Hubert and
/// Arabie 1985), 1 for the same groups, about 0 for groups that have nothing to do with each
/// other. `pairs`: each thing's group in the one and in the other. `None` where neither tells
/// anything apart.
pub fn adjusted_rand(pairs: &[(usize, usize)]) -> Option<f64> {
    let two = |n: usize| n as f64 * n.saturating_sub(1) as f64 / 2.0;
    let tally = |name: fn(&(usize, usize)) -> (usize, usize)| -> f64 {
        let mut counts = BTreeMap::new();
        for pair in pairs {
            *counts.entry(name(pair)).or_insert(0_usize) += 1;
        }
        counts.into_values().map(two).sum()
    };
    let (both, first, second) = (tally(|p| *p), tally(|p| (p.0, 0)), tally(|p| (0, p.1)));
    let expected = first * second / two(pairs.len()).max(1.0);
    let most = f64::midpoint(first, second);
    (most - expected > 1e-9).then(|| (both - expected) / (most - expected))
}

#[cfg(test)]
mod tests {
    use super::{
        Z95, adjusted_rand, chi_square_above, mean, median, normal_above, quantile, survivors,
        wilson,
    };
    use crate::analysis::rng::Rng;

    #[test]
    fn wilson_gives_the_published_intervals() {
        // Newcombe (1998), Statistics in Medicine 17, table I, method 3 (score, no correction).
        for (successes, n, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let (l, h) = wilson(successes, n);
            assert!((l - low).abs() < 5e-5 && (h - high).abs() < 5e-5, "{successes}/{n}: {l} {h}");
        }
    }

    #[test]
    fn wilson_stays_within_zero_and_one_and_holds_the_share() {
        assert_eq!(wilson(0, 0), (0.0, 1.0));
        assert_eq!(wilson(9, 4), wilson(4, 4));
        for n in 1..60_u32 {
            for successes in 0..=n {
                let (low, high) = wilson(successes, n);
                let share = f64::from(successes) / f64::from(n);
                assert!(0.0 <= low && low <= share && share <= high && high <= 1.0);
                let (other_low, other_high) = wilson(n - successes, n);
                assert!((low - (1.0 - other_high)).abs() < 1e-12);
                assert!((high - (1.0 - other_low)).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0]), Some(3.0));
        assert_eq!(median(&[5.0, 1.0, 3.0]), Some(3.0));
        assert_eq!(median(&[4.0, 1.0, 3.0, 2.0]), Some(2.5));
        assert_eq!(median(&[f64::NAN, 2.0]), Some(2.0));
        assert_eq!(mean(&[]), None);
        assert_eq!(mean(&[1.0, 2.0, 6.0]), Some(3.0));
    }

    #[test]
    fn quartiles_are_those_of_method_seven() {
        // R's quantile(c(6, 7, 15, 36, 39, 40, 41, 42, 43, 47, 49)) and of the first six.
        let all = [6.0, 7.0, 15.0, 36.0, 39.0, 40.0, 41.0, 42.0, 43.0, 47.0, 49.0];
        for (values, low, middle, high) in [
            (&all[..], 25.5, 40.0, 42.5),
            (&all[..6], 9.0, 25.5, 38.25),
            (&all[..1], 6.0, 6.0, 6.0),
        ] {
            let at = |part| quantile(values, part).unwrap();
            assert!((at(0.25) - low).abs() < 1e-12 && (at(0.5) - middle).abs() < 1e-12);
            assert!((at(0.75) - high).abs() < 1e-12, "{}", at(0.75));
            assert!(Some(at(0.5)) == median(values));
            assert!(at(0.0) <= at(0.25) && at(1.0) >= at(0.75));
        }
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn chi_square_chances_are_those_of_the_tables() {
        // Abramowitz and Stegun (1964), table 26.8.
        for (x, df, chance) in [
            (3.841_46, 1, 0.05),
            (6.634_90, 1, 0.01),
            (5.991_47, 2, 0.05),
            (7.814_73, 3, 0.05),
            (9.487_73, 4, 0.05),
            (15.086_3, 5, 0.01),
            (18.307_0, 10, 0.05),
            (40.256_0, 30, 0.1),
        ] {
            let found = chi_square_above(x, df);
            assert!((found - chance).abs() < 2e-6, "{x} {df}: {found}");
        }
        assert!((chi_square_above(0.0, 3) - 1.0).abs() < 1e-12);
        assert!(chi_square_above(1e6, 7) < 1e-12);
    }

    #[test]
    fn tail_chances_are_those_of_the_tables() {
        for (z, chance) in [
            (0.0, 0.5),
            (1.0, 0.158_655_253_9),
            (1.281_551_566, 0.1),
            (1.959_963_985, 0.025),
            (3.090_232_306, 0.001),
            (-1.644_853_627, 0.95),
        ] {
            assert!((normal_above(z) - chance).abs() < 1e-7, "{z}: {}", normal_above(z));
        }
        assert!(normal_above(40.0) >= 0.0);
        assert!((normal_above(f64::INFINITY)).abs() < 1e-300);
    }

    #[test]
    fn false_discoveries_are_held_as_in_the_example_of_the_paper() {
        // Benjamini and Hochberg (1995), section 4.1: at 5 % the first four of fifteen.
        let chances = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
            0.5719, 0.6528, 0.7590, 1.0,
        ];
        let kept = survivors(&chances, 0.05);
        assert_eq!(kept.iter().filter(|k| **k).count(), 4);
        assert!(kept[3] && !kept[4]);
        assert!(survivors(&[], 0.1).is_empty());
        assert_eq!(survivors(&[0.9, 0.8], 0.1), [false, false]);
    }

    #[test]
    fn the_adjusted_rand_index_is_the_one_counted_by_hand() {
        assert_eq!(adjusted_rand(&[]), None);
        assert_eq!(adjusted_rand(&[(0, 1), (0, 1)]), None);
        let names = [(0, 1), (0, 1), (1, 0), (1, 0), (2, 2)];
        assert!((adjusted_rand(&names).unwrap() - 1.0).abs() < 1e-12);
        // Contingency table 2 1 / 0 3: pairs 1 + 3 together in both, 3 + 3 and 1 + 6 in one.
        let table = [(0, 0), (0, 0), (0, 1), (1, 1), (1, 1), (1, 1)];
        let expected = 6.0 * 7.0 / 15.0;
        let known = (4.0 - expected) / (6.5 - expected);
        assert!((adjusted_rand(&table).unwrap() - known).abs() < 1e-12);
    }

    #[test]
    fn wilson_ends_where_the_score_test_does() {
        // By bisection: the shares that a test of the score does not reject.
        let rejected = |successes: u32, n: u32, share: f64| {
            let (found, n) = (f64::from(successes) / f64::from(n), f64::from(n));
            (found - share).abs() > Z95 * (share * (1.0 - share) / n).sqrt()
        };
        for (successes, n) in [(0, 3), (1, 7), (5, 9), (40, 41), (200, 1000), (6, 6)] {
            let share = f64::from(successes) / f64::from(n);
            let edge = |mut outside: f64| {
                let mut inside = share;
                for _ in 0..60 {
                    let middle = f64::midpoint(inside, outside);
                    let out = rejected(successes, n, middle);
                    *(if out { &mut outside } else { &mut inside }) = middle;
                }
                inside
            };
            let (low, high) = wilson(successes, n);
            assert!((low - edge(0.0)).abs() < 1e-9 && (high - edge(1.0)).abs() < 1e-9);
        }
    }

    #[test]
    fn false_discoveries_are_held_as_the_definition_says() {
        // The largest p of which as many are at most p as it takes; all up to it are kept.
        let mut rng = Rng::new(4);
        for _ in 0..200 {
            let chances: Vec<f64> = (0..=rng.below(12)).map(|_| rng.unit().powi(3)).collect();
            let number = |n: usize| f64::from(u32::try_from(n).unwrap());
            let holds = |p: f64| {
                let up_to = chances.iter().filter(|q| **q <= p).count();
                p <= number(up_to) * 0.1 / number(chances.len())
            };
            let kept = chances.iter().map(|&p| chances.iter().any(|&q| q >= p && holds(q)));
            assert_eq!(survivors(&chances, 0.1), kept.collect::<Vec<_>>(), "{chances:?}");
        }
    }
}
