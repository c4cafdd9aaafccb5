//! The map: the two directions along which people's votes differ most.
//!
//! An unseen cell counts as its statement's mean vote; centred, such cells are zero, so the exact
//! principal components of the filled matrix come from the seen cells alone. They are found by
//! Lanczos iteration with full reorthogonalization (Golub and Van Loan, Matrix Computations,
//! chapter 10), the second after the first was projected out, so that equal variances do no harm.
#![expect(clippy::indexing_slicing, reason = "positions come from the table itself")]
#![expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "counts fit an f64, three times the statements fit 32 bits, votes are -1, 0 or 1"
)]

use super::table::Table;
use super::{Components, tridiagonal};
use crate::analysis::rng::Rng;

/// How exact the components of a result are, and of the many that it is compared with.
pub(super) const EXACT: f64 = 1e-14;
pub(super) const ROUGH: f64 = 1e-4;

/// As many votes as somebody needs to be placed; see [`Axes::place`].
pub(super) const PRIOR: f64 = 7.0;

/// Two principal components over the canonical columns.
#[derive(Clone, Debug)]
pub(super) struct Axes {
    pub centre: Vec<f64>,
    /// Unit vectors, or zero where the votes differ along fewer directions.
    pub components: [Vec<f64>; 2],
    /// Share of the variance along each.
    pub explained: [f64; 2],
}

impl Axes {
    pub fn new(table: &Table, tolerance: f64) -> Self {
        let centre = table.centre();
        let centred = Centred::new(table, &centre);
        let total = centred.total();
        let mut components: [Vec<f64>; 2] = std::array::from_fn(|_| vec![0.0; centre.len()]);
        let mut explained = [0.0; 2];
        if total > 1e-9 {
            for axis in 0..2 {
                let (variance, mut direction) = strongest(&centred, &components[..axis], tolerance);
                if variance <= 1e-10 * total {
                    break;
                }
                fix_sign(&mut direction);
                components[axis] = direction;
                explained[axis] = (variance / total).min(1.0);
            }
        }
        Self { centre, components, explained }
    }

    /// Where a canonical row stands: its votes along both components, over the statements seen,
    /// times the root of (all + `prior`) / (seen + `prior`).
    ///
    /// Without a prior this is the textbook rule, under which seven votes of fifty throw somebody
    /// far out; [`PRIOR`] unseen votes at the mean hold such people back.
    pub fn place(&self, table: &Table, row: usize, prior: f64) -> [f64; 2] {
        let mut point = [0.0; 2];
        for cell in table.starts[row]..table.starts[row + 1] {
            let column = table.column[cell];
            let value = table.vote[cell] - self.centre[column];
            point[0] += value * self.components[0][column];
            point[1] += value * self.components[1][column];
        }
        let (all, seen) = (self.centre.len() as f64, table.seen(row).max(1) as f64);
        let scale = ((all + prior) / (seen + prior)).sqrt();
        point.map(|x| x * scale)
    }

    /// Centre and components by given statement.
    pub fn by_given(&self, table: &Table) -> Components {
        let given = |values: &[f64]| {
            let mut out = vec![0.0; values.len()];
            for (&at, &value) in table.columns.iter().zip(values) {
                out[at] = value;
            }
            out
        };
        let [first, second] = &self.components;
        Components { centre: given(&self.centre), directions: [given(first), given(second)] }
    }

    /// Where several rows stand on the map.
    pub fn place_all(&self, table: &Table, rows: &[usize]) -> Vec<[f64; 2]> {
        rows.iter().map(|&row| self.place(table, row, PRIOR)).collect()
    }
}

/// Turns a direction so that its largest loading is positive (the first of equal ones).
fn fix_sign(direction: &mut [f64]) {
    let largest = direction.iter().fold(0.0_f64, |best, x| best.max(x.abs()));
    let leading = direction.iter().find(|x| x.abs() >= largest * (1.0 - 1e-9));
    if leading.is_some_and(|x| *x < 0.0) {
        for x in direction {
            *x = -*x;
        }
    }
}

/// Four sums side by side, always added up in the same order: one sum has to wait for each of its
/// additions.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let (fours, others) = (a.as_chunks::<4>(), b.as_chunks::<4>());
    let mut sums = [0.0; 4];
    for (x, y) in fours.0.iter().zip(others.0) {
        for (sum, (x, y)) in sums.iter_mut().zip(x.iter().zip(y)) {
            *sum += x * y;
        }
    }
    let rest: f64 = fours.1.iter().zip(others.1).map(|(x, y)| x * y).sum();
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

/// Takes out of `vector` what lies along the unit vectors `basis`.
fn reject(vector: &mut [f64], basis: &[Vec<f64>]) {
    for unit in basis {
        let along = dot(vector, unit);
        for (x, u) in vector.iter_mut().zip(unit) {
            *x -= along * u;
        }
    }
}

/// Makes `vector` orthogonal to all of these, and gives its length. Where little is left of it, what
/// rounding left along them is no longer little, and is taken out once more: twice is enough
/// (Parlett, The Symmetric Eigenvalue Problem, section 6.9).
fn orthogonal(vector: &mut [f64], found: &[Vec<f64>], basis: &[Vec<f64>]) -> f64 {
    let mut length = dot(vector, vector).sqrt();
    for _ in 0..2 {
        let before = length;
        reject(vector, found);
        reject(vector, basis);
        length = dot(vector, vector).sqrt();
        if length > before * std::f64::consts::FRAC_1_SQRT_2 {
            break;
        }
    }
    length
}

/// The centred votes X, each cell as the number of one of the three values that its column has:
/// four bytes to read instead of sixteen, since that is what takes time. They are there twice, by row
/// and by value, so that both halves of the product only add up what they read.
struct Centred<'a> {
    starts: &'a [usize],
    cells: Vec<u32>,
    /// What disagreement, pass and agreement are in each column, less its mean.
    values: Vec<f64>,
    /// Where in `rows` each value's rows end.
    ends: Vec<usize>,
    rows: Vec<u32>,
}

impl<'a> Centred<'a> {
    fn new(table: &'a Table, centre: &[f64]) -> Self {
        let cell = |(&column, vote): (&usize, &f64)| (3 * column) as u32 + (vote + 1.0) as u32;
        let cells: Vec<u32> = table.column.iter().zip(&table.vote).map(cell).collect();
        let values = centre.iter().flat_map(|mean| [-1.0, 0.0, 1.0].map(|x| x - mean)).collect();
        let mut ends = vec![0; 3 * centre.len()];
        for &cell in &cells {
            ends[cell as usize] += 1;
        }
        let mut before = 0;
        for end in &mut ends {
            (before, *end) = (before + *end, before);
        }
        let mut rows = vec![0; cells.len()];
        for (row, bounds) in (0..).zip(table.starts.windows(2)) {
            for &cell in &cells[bounds[0]..bounds[1]] {
                let end = &mut ends[cell as usize];
                rows[*end] = row;
                *end += 1;
            }
        }
        Self { starts: &table.starts, cells, values, ends, rows }
    }

    /// The sum of all squares.
    fn total(&self) -> f64 {
        let starts = std::iter::once(&0).chain(&self.ends);
        let counts = self.ends.iter().zip(starts).map(|(end, start)| (end - start) as f64);
        counts.zip(&self.values).map(|(count, value)| count * value * value).sum()
    }

    /// `out` = transpose(X) X `vector`.
    fn scatter(&self, vector: &[f64], out: &mut [f64]) {
        let (triples, _) = self.values.as_chunks::<3>();
        let each: Vec<f64> =
            triples.iter().zip(vector).flat_map(|(values, x)| values.map(|v| v * x)).collect();
        let rows = self.starts.windows(2).map(|bounds| &self.cells[bounds[0]..bounds[1]]);
        let along: Vec<f64> = rows.map(|cells| sum_at(&each, cells)).collect();
        let (ends, _) = self.ends.as_chunks::<3>();
        let mut start = 0;
        for ((out, ends), values) in out.iter_mut().zip(ends).zip(triples) {
            *out = 0.0;
            for (end, value) in ends.iter().zip(values) {
                *out += value * sum_at(&along, &self.rows[start..*end]);
                start = *end;
            }
        }
    }
}

/// The sum of the values at these places, four side by side as in [`dot`].
pub(super) fn sum_at(values: &[f64], places: &[u32]) -> f64 {
    let (fours, rest) = places.as_chunks::<4>();
    let mut sums = [0.0; 4];
    for four in fours {
        for (sum, &place) in sums.iter_mut().zip(four) {
            *sum += values[place as usize];
        }
    }
    let rest: f64 = rest.iter().map(|&place| values[place as usize]).sum();
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

/// The direction of most variance that is orthogonal to those `found`, with that variance.
fn strongest(centred: &Centred<'_>, found: &[Vec<f64>], tolerance: f64) -> (f64, Vec<f64>) {
    let size = centred.values.len() / 3;
    let mut rng = Rng::new(0x006c_616e_637a_6f73);
    let mut next: Vec<f64> = (0..size).map(|_| rng.unit() - 0.5).collect();
    let (mut basis, mut diagonal, mut beside): (Vec<Vec<f64>>, Vec<f64>, Vec<f64>) =
        (vec![], vec![], vec![]);
    let mut best = (0.0, vec![]);
    for step in 0..size.min(400) {
        let length = orthogonal(&mut next, found, &basis);
        if length <= 1e-12 * diagonal.first().copied().unwrap_or(0.0).max(1e-3) {
            break;
        }
        if step > 0 {
            beside.push(length);
        }
        let unit: Vec<f64> = next.iter().map(|x| x / length).collect();
        centred.scatter(&unit, &mut next);
        diagonal.push(dot(&unit, &next));
        basis.push(unit);
        best = tridiagonal::top(&diagonal, &beside);
        reject(&mut next, found);
        // All but a rounding of what lies along the basis lies along its last two.
        reject(&mut next, &basis[basis.len().saturating_sub(2)..]);
        let error = dot(&next, &next).sqrt() * best.1.last().map_or(0.0, |x: &f64| x.abs());
        if error <= tolerance * best.0 {
            break;
        }
    }
    let mut direction = vec![0.0; size];
    for (weight, unit) in best.1.iter().zip(&basis) {
        for (x, u) in direction.iter_mut().zip(unit) {
            *x += weight * u;
        }
    }
    let length = dot(&direction, &direction).sqrt();
    if length > 0.0 {
        for x in &mut direction {
            *x /= length;
        }
    }
    (best.0.max(0.0), direction)
}
