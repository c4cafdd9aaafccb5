//! Numbers, in equal steps.

use super::Counts;
use crate::analysis::stats::quantile;
use crate::domain::kind::Amount;
use crate::domain::{Answer, QuestionId};
use crate::insight::Material;

/// People whose number lies in one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bin {
    /// Where it begins.
    pub from: Amount,
    /// Where it ends: the first number of the next step, also behind the last one.
    pub to: Amount,
    /// Whether there are whole numbers only, in this step and in the others.
    pub whole: bool,
    /// How many.
    pub count: usize,
}

impl Bin {
    /// Its numbers in words: `3`, `3 to 5`, or `0.5 to under 1` where there are fractions.
    pub fn words(&self) -> String {
        let Self { from, to, whole, .. } = self;
        if !whole {
            return format!("{from} to under {to}");
        }
        let last = *to - 1.into();
        if last > *from { format!("{from} to {last}") } else { from.to_string() }
    }
}

/// The steps in which a question's numbers lie.
pub fn bins_of(material: &Material, id: QuestionId) -> Vec<Bin> {
    bins(&sorted(material, id))
}

fn sorted(material: &Material, id: QuestionId) -> Vec<Amount> {
    let mut numbers: Vec<Amount> = material
        .answers(id)
        .filter_map(|(_, answer)| match answer {
            Answer::Number(number) => Some(*number),
            _ => None,
        })
        .collect();
    numbers.sort_unstable();
    numbers
}

pub(super) fn number(material: &Material, id: QuestionId, unit: &str) -> Counts {
    let numbers = sorted(material, id);
    let values: Vec<f64> = numbers.iter().map(|number| number.value()).collect();
    Counts::Numbers {
        bins: bins(&numbers),
        least: numbers.first().copied(),
        most: numbers.last().copied(),
        median: quantile(&values, 0.5),
        unit: unit.to_owned(),
    }
}

/// Steps of a round width, about as many as Sturges' rule asks for (1926, "The choice of a class
/// interval"), cut between decimals: sums of binary fractions put 0.6 into 0.4 to 0.6.
/// `sorted`: ascending.
fn bins(sorted: &[Amount]) -> Vec<Bin> {
    let (Some(least), Some(most)) = (sorted.first(), sorted.last()) else { return vec![] };
    let whole = sorted.iter().all(|number| number.is_whole());
    let width = width(*most - *least, sorted.len(), whole);
    let mut from = least.down_to(width);
    let mut bins: Vec<Bin> = vec![];
    while from <= *most {
        let to = from + width;
        let below = |edge: Amount| sorted.partition_point(|number| *number < edge);
        bins.push(Bin { from, to, whole, count: below(to) - below(from) });
        from = to;
    }
    bins
}

/// The least of …, 0.1, 0.2, 0.5, 1, 2, 5, 10, … of which so many people need no more steps than
/// they should; 1 where all say the same. Between whole numbers there is nothing to count.
fn width(range: Amount, people: usize, whole: bool) -> Amount {
    let steps = people.next_power_of_two().trailing_zeros() + 1;
    if range == Amount::default() {
        return 1.into();
    }
    let mut width = if whole { 1.into() } else { Amount::LEAST };
    // From 1 to 2, from 2 to 5 (twice and a half), from 5 to 10.
    for (many, by) in [(2, 1), (5, 2), (2, 1)].into_iter().cycle() {
        if width.times(steps, 1) >= range {
            break;
        }
        width = width.times(many, by);
    }
    width
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amounts(texts: &[&str]) -> Vec<Amount> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    fn told(bins: &[Bin]) -> Vec<String> {
        bins.iter().map(|bin| format!("{}..{}: {}", bin.from, bin.to, bin.count)).collect()
    }

    #[test]
    fn every_number_is_in_one_step() {
        let hundreds: Vec<String> = (0..500).map(|number| number.to_string()).collect();
        let hundreds: Vec<&str> = hundreds.iter().map(String::as_str).collect();
        let far = ["-9000000000", "-0.000001", "0", "0.000001", "9000000000"];
        for numbers in [
            &["3"][..],
            &["0", "0", "0"],
            &["0.000001", "0.000002"],
            &["8999999999.999999", "9000000000"],
            &["-2.5", "0.1", "7.25", "99", "100"],
            &far,
            &hundreds,
        ] {
            let numbers = amounts(numbers);
            let bins = bins(&numbers);
            for (at, bin) in bins.iter().enumerate() {
                let inside = numbers.iter().filter(|n| **n >= bin.from && **n < bin.to).count();
                assert!(bin.count == inside && bin.from < bin.to, "{bins:?}");
                assert!(at == 0 || bins[at - 1].to == bin.from, "{bins:?}");
            }
            assert_eq!(bins.iter().map(|bin| bin.count).sum::<usize>(), numbers.len(), "{bins:?}");
            assert!(bins.len() <= 15, "{bins:?}");
        }
        assert_eq!(bins(&[]), []);
    }

    #[test]
    fn whole_numbers_are_not_cut_into_halves() {
        let bins = bins(&amounts(&["1", "1", "2", "2", "2", "3"]));
        assert_eq!(told(&bins), ["1..2: 2", "2..3: 3", "3..4: 1"]);
        assert_eq!(bins[0].words(), "1");
    }

    #[test]
    fn tenths_are_cut_where_they_are_written() {
        // Three of each but of 0.1 and 0.3: as sums of binary fractions, 3 × 0.2 is more than 0.6.
        let each = ["0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1", "1.1"];
        let mut numbers = [&each[..], &each, &each, &["1.2"; 3]].concat();
        numbers.sort_by(|a, b| a.parse::<f64>().unwrap().total_cmp(&b.parse().unwrap()));
        let bins = bins(&amounts(&numbers));
        let expected = [
            "0..0.2: 3",
            "0.2..0.4: 6",
            "0.4..0.6: 6",
            "0.6..0.8: 6",
            "0.8..1: 6",
            "1..1.2: 6",
            "1.2..1.4: 3",
        ];
        assert_eq!(told(&bins), expected);
        assert_eq!(bins[3].words(), "0.6 to under 0.8");
        // Where somebody said 4.5, "0 to 4" would leave them out.
        let bins = super::bins(&amounts(&["3", "4.5", "12"]));
        assert_eq!(bins[0].words(), "0 to under 5");
    }

    #[test]
    fn steps_are_round() {
        for (range, people, wide) in [
            ("0.21", 3, "0.1"),
            ("0.45", 4, "0.2"),
            ("3", 4, "1"),
            ("9", 4, "5"),
            ("210", 4, "100"),
            ("0.000001", 2, "0.000001"),
            ("0", 9, "1"),
        ] {
            let of = |text: &str| amounts(&[text])[0];
            let expected = wide.parse::<f64>().unwrap();
            let found = width(of(range), people, false).value();
            assert!((found - expected).abs() < 1e-12, "{range}: {found}");
        }
    }
}
