//! More people than a map can show.

use super::{Opinions, Settings, Votes, opinions};

/// At most so many people are drawn on the map and looked at for groups.
pub const PLACED: usize = 5_000;

/// As [`opinions`]; of more than [`PLACED`] people every n-th by the order of their keys is drawn
/// and looked at, while the votes of all are counted.
pub fn of_many<Key: Clone + Ord>(votes: &Votes<Key>, settings: &Settings) -> Opinions {
    let all = votes.cells.len();
    if all <= PLACED {
        return opinions(votes, settings);
    }
    let mut rows: Vec<usize> = (0..all).collect();
    rows.sort_by_key(|row| votes.people.get(*row));
    let mut drawn: Vec<usize> = rows.into_iter().step_by(all.div_ceil(PLACED)).collect();
    drawn.sort_unstable();
    let of = |rows: &[usize]| Votes {
        people: rows.iter().filter_map(|row| votes.people.get(*row).cloned()).collect(),
        statements: votes.statements,
        cells: rows.iter().filter_map(|row| votes.cells.get(*row).cloned()).collect(),
    };
    opinions(&of(&drawn), settings).recounted(votes, |row| drawn.get(row).copied())
}
