//! Two closed questions against each other: who says this says that.

use super::Material;
use super::topics::Topic;
use crate::analysis::stats::chi_square_above;
use crate::domain::condition::CANNOT_SAY;

/// People by what they say to one question and to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossed {
    /// What stands in the rows.
    pub rows: Topic,
    /// What stands in the columns.
    pub columns: Topic,
    /// How many answered both questions: nobody else is counted anywhere here.
    pub people: usize,
    /// People by row and column; who says several things counts for each.
    pub cells: Vec<Vec<usize>>,
    /// People by row.
    pub row_people: Vec<usize>,
    /// People by column.
    pub column_people: Vec<usize>,
    /// Whether the two hang together, where that can be said.
    pub association: Option<Association>,
}

/// How strongly two questions hang together, of which nobody can say two things each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Association {
    /// Pearson's chi-square of the rows and columns that anybody is in.
    pub chi_square: f64,
    /// Its degrees of freedom.
    pub df: usize,
    /// The chance of one at least as large if the two had nothing to do with each other.
    pub chance: f64,
    /// Cramér's V (1946): 0 for nothing, 1 if one answer tells the other.
    pub v: f64,
}

impl Crossed {
    /// Of how many people the share of a cell is, in a row with these cells and so many people:
    /// in the columns of a scale's points of those who placed themselves, as in
    /// [`super::tally::Tally::of`]; else of everybody in the row.
    pub fn of(&self, column: usize, cells: &[usize], people: usize) -> usize {
        let cannot = self.columns.choices.iter().position(|choice| choice.value == CANNOT_SAY);
        let cannot = cannot.filter(|at| *at != column).and_then(|at| cells.get(at));
        people - cannot.copied().unwrap_or(0).min(people)
    }

    /// Whether the columns are the points of a scale, and who can't say.
    pub fn is_of_placed(&self) -> bool {
        self.columns.choices.iter().any(|choice| choice.value == CANNOT_SAY)
    }
}

/// Crosses two topics.
pub fn crossed(material: &Material, rows: Topic, columns: Topic) -> Crossed {
    let mut cells = vec![vec![0; columns.choices.len()]; rows.choices.len()];
    let mut row_people = vec![0; rows.choices.len()];
    let mut column_people = vec![0; columns.choices.len()];
    let mut people = 0;
    for voice in &material.voices {
        let (Some(said), Some(also)) = (rows.said(voice), columns.said(voice)) else { continue };
        people += 1;
        for column in &also {
            add(&mut column_people, *column);
        }
        for row in said {
            add(&mut row_people, row);
            for column in &also {
                if let Some(cells) = cells.get_mut(row) {
                    add(cells, *column);
                }
            }
        }
    }
    let exclusive = rows.exclusive && columns.exclusive;
    let association = if exclusive { association(&cells) } else { None };
    Crossed { rows, columns, people, cells, row_people, column_people, association }
}

fn add(counts: &mut [usize], place: usize) {
    if let Some(count) = counts.get_mut(place) {
        *count += 1;
    }
}

/// Only where its approximation holds: no expected count below 1 and at most a fifth of them
/// below 5 (Cochran 1954, "Some methods for strengthening the common χ² tests").
fn association(cells: &[Vec<usize>]) -> Option<Association> {
    let number = |count: usize| u32::try_from(count).map_or(f64::from(u32::MAX), f64::from);
    let width = cells.iter().map(Vec::len).max().unwrap_or(0);
    let rows: Vec<f64> = cells.iter().map(|row| number(row.iter().sum())).collect();
    let at = |row: &[usize], column: usize| number(row.get(column).copied().unwrap_or(0));
    let columns: Vec<f64> =
        (0..width).map(|column| cells.iter().map(|row| at(row, column)).sum()).collect();
    let all: f64 = rows.iter().sum();
    let filled = |sums: &[f64]| sums.iter().filter(|sum| **sum > 0.0).count();
    let (high, wide) = (filled(&rows), filled(&columns));
    if high < 2 || wide < 2 {
        return None;
    }
    let (mut chi_square, mut small, mut expected_cells) = (0.0, 0_usize, 0_usize);
    for (row, row_sum) in cells.iter().zip(&rows).filter(|(_, sum)| **sum > 0.0) {
        for (column, column_sum) in columns.iter().enumerate().filter(|(_, sum)| **sum > 0.0) {
            let expected = row_sum * column_sum / all;
            if expected < 1.0 {
                return None;
            }
            expected_cells += 1;
            small += usize::from(expected < 5.0);
            chi_square += (at(row, column) - expected).powi(2) / expected;
        }
    }
    if small * 5 > expected_cells {
        return None;
    }
    let df = (high - 1) * (wide - 1);
    let least = number(high.min(wide) - 1);
    let v = (chi_square / (all * least)).sqrt().min(1.0);
    Some(Association { chi_square, df, chance: chi_square_above(chi_square, df), v })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_association_of_a_published_table() {
        // Eye and hair colour in Caithness (Fisher 1940, "The precision of discriminant
        // functions"): chi-square 1240.04 with 12 degrees of freedom.
        let table = [
            [326, 38, 241, 110, 3],
            [688, 116, 584, 188, 4],
            [343, 84, 909, 412, 26],
            [98, 48, 403, 681, 85],
        ];
        let cells: Vec<Vec<usize>> = table.iter().map(|row| row.to_vec()).collect();
        let found = association(&cells).unwrap();
        assert!((found.chi_square - 1240.04).abs() < 0.01, "{found:?}");
        assert_eq!(found.df, 12);
        assert!((found.v - (1240.04_f64 / (5387.0 * 3.0)).sqrt()).abs() < 1e-5);
        assert!(found.chance < 1e-9);
    }

    #[test]
    fn nothing_is_said_of_tables_that_are_too_thin() {
        assert_eq!(association(&[vec![3, 1], vec![1, 3]]), None);
        assert_eq!(association(&[vec![30, 10]]), None);
        assert_eq!(association(&[vec![0, 0], vec![0, 0]]), None);
        assert_eq!(association(&[]), None);
        let even = association(&[vec![10, 10], vec![10, 10], vec![0, 0]]).unwrap();
        assert!(even.v.abs() < 1e-12 && even.df == 1 && (even.chance - 1.0).abs() < 1e-7);
    }
}
