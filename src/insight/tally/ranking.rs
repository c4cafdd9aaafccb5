//! Orders of options, as places and first choices.

use super::Counts;
use crate::domain::Answer;
use crate::insight::Material;
use crate::store::questionnaires::Asked;

/// One option of a ranking.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// Its words.
    pub label: String,
    /// Mean points by Borda's count, modified for orders that leave options out (Emerson 2013,
    /// "The original Borda count and partial voting"): who ranks m options gives m to the first,
    /// m - 1 to the second, …, and nothing to the rest.
    pub points: f64,
    /// How many put it first.
    pub first: usize,
    /// How many gave it any place.
    pub placed: usize,
}

pub(super) fn ranking(material: &Material, asked: &Asked) -> Counts {
    let orders: Vec<&Vec<String>> = material
        .answers(asked.id)
        .filter_map(|(_, answer)| match answer {
            Answer::Ranking(keys) => Some(keys),
            _ => None,
        })
        .collect();
    let people = u32::try_from(orders.len()).unwrap_or(u32::MAX).max(1);
    let rows = material.lines(asked).into_iter().map(|line| {
        let places: Vec<(usize, usize)> = orders
            .iter()
            .filter_map(|keys| {
                let place = keys.iter().position(|key| *key == line.key)?;
                Some((place, keys.len()))
            })
            .collect();
        let sum: u32 = places
            .iter()
            .map(|(place, of)| u32::try_from(of - place).unwrap_or(0))
            .fold(0, u32::saturating_add);
        Ranked {
            label: line.text,
            points: f64::from(sum) / f64::from(people),
            first: places.iter().filter(|(place, _)| *place == 0).count(),
            placed: places.len(),
        }
    });
    let mut rows: Vec<Ranked> = rows.collect();
    // Equal points stay in the order of the form.
    rows.sort_by(|a, b| b.points.total_cmp(&a.points));
    Counts::Ranking(rows)
}
