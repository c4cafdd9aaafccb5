//! From people in cells to people in groups.

#![expect(clippy::indexing_slicing, reason = "people and cells are indices of one problem")]

use super::flow::Placed;
use super::problem::{Problem, Seating};

/// Deals the units of each cell to its groups.
pub(super) fn deal(problem: &Problem, placed: &Placed) -> Seating {
    let none = problem.cells.len();
    let mut cells = Vec::new();
    let mut first = Vec::new();
    for (cell, &groups) in placed.groups.iter().enumerate() {
        first.push(cells.len());
        cells.extend(std::iter::repeat_n(cell, groups));
    }
    let mut dealt = vec![0_usize; none];
    let mut members = vec![Vec::new(); cells.len()];
    let mut left = Vec::new();
    for (unit, &cell) in placed.at.iter().enumerate() {
        if cell == none {
            left.push(unit);
            continue;
        }
        members[first[cell] + dealt[cell] % placed.groups[cell].max(1)].push(unit);
        dealt[cell] += 1;
    }
    let hosts = vec![None; cells.len()];
    Seating { cells, members, hosts, leads: vec![false; placed.at.len()], left }
}
