//! Numbers, in equal steps.

use super::Counts;
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

pub(super) fn number(material: &Material, id: QuestionId, unit: &str) -> Counts {
    let mut numbers: Vec<Amount> = material
        .answers(id)
        .filter_map(|(_, answer)| match answer {
            Answer::Number(number) => Some(*number),
            _ => None,
        })
        .collect();
    numbers.sort_unstable();
    let values: Vec<f64> = numbers.iter().map(|number| number.value()).collect();
    Counts::Numbers {
        bins: bins(&values),
        least: numbers.first().copied(),
        most: numbers.last().copied(),
        median: super::middle(&values),
        unit: unit.to_owned(),
    }
}

/// Steps of a round width, about as many as Sturges' rule asks for (1926, "The choice of a class
/// interval"). `sorted`: ascending.
fn bins(sorted: &[f64]) -> Vec<Bin> {
    let (Some(least), Some(most)) = (sorted.first(), sorted.last()) else { return vec![] };
    let count = f64::from(u32::try_from(sorted.len()).unwrap_or(u32::MAX));
    let width = round_up((most - least) / (count.log2().ceil() + 1.0));
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
    fn steps_are_round() {
        for (width, round) in [(0.07, 0.1), (0.15, 0.2), (1.0, 1.0), (3.0, 5.0), (70.0, 100.0)] {
            assert!((round_up(width) - round).abs() < 1e-12, "{width}");
        }
    }
}
