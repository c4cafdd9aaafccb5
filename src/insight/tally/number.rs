//! Numbers, in equal steps.

use super::Counts;
use crate::analysis::stats::quantile;
use crate::domain::kind::Amount;
use crate::domain::{Answer, QuestionId};
use crate::insight::Material;

/// People whose number lies in one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Bin {
    /// Where it begins.
    pub from: f64,
    /// Where it ends; the last step includes it.
    pub to: f64,
    /// How many.
    pub count: usize,
}

impl Bin {
    /// Its numbers in words: `3`, `3 to 5`, or `0.5 to under 1` where there are fractions.
    pub fn words(&self) -> String {
        let Self { from, to, .. } = self;
        if from.fract() != 0.0 || to.fract() != 0.0 {
            return format!("{from} to under {to}");
        }
        let last = to - 1.0;
        if last > *from { format!("{from} to {last}") } else { format!("{from}") }
    }
}

/// The steps in which a question's numbers lie.
pub fn bins_of(material: &Material, id: QuestionId) -> Vec<Bin> {
    let values: Vec<f64> = sorted(material, id).iter().map(|number| number.value()).collect();
    bins(&values)
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
        bins: bins(&values),
        least: numbers.first().copied(),
        most: numbers.last().copied(),
        median: quantile(&values, 0.5),
        unit: unit.to_owned(),
    }
}

/// Steps of a round width, about as many as Sturges' rule asks for (1926, "The choice of a class
/// interval"). `sorted`: ascending.
fn bins(sorted: &[f64]) -> Vec<Bin> {
    let (Some(least), Some(most)) = (sorted.first(), sorted.last()) else { return vec![] };
    let count = f64::from(u32::try_from(sorted.len()).unwrap_or(u32::MAX));
    let wide = round_up((most - least) / (count.log2().ceil() + 1.0));
    // Between whole numbers there is nothing to count.
    let whole = sorted.iter().all(|value| value.fract() == 0.0);
    let width = if whole { wide.max(1.0) } else { wide };
    let begin = (least / width).floor() * width;
    let mut bins: Vec<Bin> = vec![];
    let mut step = 0.0;
    while begin + step * width <= *most && bins.len() < 60 {
        let (from, to) = (begin + step * width, begin + (step + 1.0) * width);
        let count = sorted.iter().filter(|value| **value >= from && **value < to).count();
        bins.push(Bin { from, to, count });
        step += 1.0;
    }
    bins
}

/// The next of …, 0.1, 0.2, 0.5, 1, 2, 5, 10, … that is not smaller; 1 for nothing at all.
fn round_up(width: f64) -> f64 {
    if width <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(width.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].into_iter().map(|step| step * power);
    steps.into_iter().find(|step| *step >= width).unwrap_or(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_in_one_step() {
        for numbers in [
            vec![3.0],
            vec![0.0, 0.0, 0.0],
            vec![-2.5, 0.1, 7.25, 99.0, 100.0],
            (0..500).map(f64::from).collect(),
        ] {
            let bins = bins(&numbers);
            assert_eq!(bins.iter().map(|bin| bin.count).sum::<usize>(), numbers.len(), "{bins:?}");
            assert!(bins.len() <= 15, "{bins:?}");
        }
        assert_eq!(bins(&[]), []);
    }

    #[test]
    fn whole_numbers_are_not_cut_into_halves() {
        let bins = bins(&[1.0, 1.0, 2.0, 2.0, 2.0, 3.0]);
        assert_eq!(bins.iter().map(|bin| bin.count).collect::<Vec<_>>(), [2, 3, 1]);
        assert!((bins[0].from - 1.0).abs() < 1e-12 && (bins[2].to - 4.0).abs() < 1e-12);
    }

    #[test]
    fn steps_are_round() {
        for (width, round) in [(0.07, 0.1), (0.15, 0.2), (1.0, 1.0), (3.0, 5.0), (70.0, 100.0)] {
            assert!((round_up(width) - round).abs() < 1e-12, "{width}");
        }
    }
}
