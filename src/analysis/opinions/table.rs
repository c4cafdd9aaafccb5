//! The votes in a canonical order, kept sparse: rows by key, columns by what they hold.
//!
//! Everything after this works in this order, so the order in which rows and statements came
//! cannot change a single bit of the result.
#![expect(clippy::indexing_slicing, reason = "positions come from the table itself")]
#![expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "counts fit an f64")]

use super::Votes;

/// Code of a cell that was not seen, before all votes.
const UNSEEN: i8 = -2;

/// Seen cells, row after row.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// Given row of each canonical row.
    pub rows: Vec<usize>,
    /// Given statement of each canonical column.
    pub columns: Vec<usize>,
    /// Where each row's cells begin; one more entry than rows.
    pub starts: Vec<usize>,
    /// Canonical column of each cell.
    pub column: Vec<usize>,
    /// Vote of each cell: 1, 0 or -1.
    pub vote: Vec<f64>,
}

impl Table {
    /// Takes hostile shapes too: rows that are too short or too long, too few keys, odd votes.
    pub fn new<Key: Ord>(votes: &Votes<Key>) -> Self {
        let codes: Vec<Vec<i8>> =
            votes.cells.iter().map(|row| coded(row, votes.statements)).collect();
        let mut rows: Vec<usize> = (0..codes.len()).collect();
        let key = |row: usize| (votes.people.get(row), &codes[row]);
        rows.sort_by(|&a, &b| key(a).cmp(&key(b)));

        let mut held: Vec<Vec<i8>> =
            (0..votes.statements).map(|_| Vec::with_capacity(rows.len())).collect();
        // Some rows at a time, so that they stay in the processor's cache for all columns.
        for some in rows.chunks(64) {
            for (statement, column) in held.iter_mut().enumerate() {
                column.extend(some.iter().map(|&row| codes[row][statement]));
            }
        }
        let mut columns: Vec<usize> = (0..votes.statements).collect();
        columns.sort_by(|&a, &b| held[a].cmp(&held[b]));

        let seen = codes.iter().flatten().filter(|code| **code != UNSEEN).count();
        let (mut column, mut vote) = (vec![0; seen + 1], vec![0.0; seen + 1]);
        let (mut starts, mut end) = (vec![0], 0);
        for &row in &rows {
            let codes = &codes[row];
            for (at, &statement) in columns.iter().enumerate() {
                // Without a branch: whether a vote comes next cannot be foretold. What is unseen
                // is overwritten by the next.
                (column[end], vote[end]) = (at, f64::from(codes[statement]));
                end += usize::from(codes[statement] != UNSEEN);
            }
            starts.push(end);
        }
        column.truncate(seen);
        vote.truncate(seen);
        Self { rows, columns, starts, column, vote }
    }

    /// How many votes a canonical row holds.
    pub fn seen(&self, row: usize) -> usize {
        self.starts[row + 1] - self.starts[row]
    }

    /// The mean vote of each column, passes counted as 0; 0 where nobody voted.
    pub fn centre(&self) -> Vec<f64> {
        let mut sums = vec![0.0; self.columns.len()];
        let mut counts = vec![0_usize; self.columns.len()];
        for (&column, &vote) in self.column.iter().zip(&self.vote) {
            sums[column] += vote;
            counts[column] += 1;
        }
        for (sum, &count) in sums.iter_mut().zip(&counts) {
            *sum /= count.max(1) as f64;
        }
        sums
    }

    /// The same table without the cells for which `keep` says no.
    pub fn without(&self, keep: &[bool]) -> Self {
        let mut less = Self {
            rows: self.rows.clone(),
            columns: self.columns.clone(),
            starts: vec![0],
            column: vec![],
            vote: vec![],
        };
        for row in 0..self.rows.len() {
            let cells = self.starts[row]..self.starts[row + 1];
            for (cell, _) in cells.clone().zip(&keep[cells]).filter(|(_, keep)| **keep) {
                less.column.push(self.column[cell]);
                less.vote.push(self.vote[cell]);
            }
            less.starts.push(less.vote.len());
        }
        less
    }
}

/// A row's votes as 1, 0, -1 or [`UNSEEN`], one for each statement.
fn coded(row: &[Option<i8>], statements: usize) -> Vec<i8> {
    let mut codes: Vec<i8> =
        row.iter().take(statements).map(|vote| vote.map_or(UNSEEN, i8::signum)).collect();
    codes.resize(statements, UNSEEN);
    codes
}
