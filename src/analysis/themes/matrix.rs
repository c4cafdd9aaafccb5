//! Rows of numbers in one piece of memory, and the little algebra that is needed on them.
#![expect(
    clippy::indexing_slicing,
    reason = "every index is a row or column below the sizes that the matrix was made with"
)]

/// A dense matrix, row after row.
#[derive(Clone)]
pub(super) struct Matrix {
    pub rows: usize,
    pub columns: usize,
    values: Vec<f32>,
}

impl Matrix {
    pub fn zeros(rows: usize, columns: usize) -> Self {
        Self { rows, columns, values: vec![0.0; rows * columns] }
    }

    pub fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.columns..(row + 1) * self.columns]
    }

    pub fn row_mut(&mut self, row: usize) -> &mut [f32] {
        &mut self.values[row * self.columns..(row + 1) * self.columns]
    }

    /// The named rows, in the order named.
    pub fn select(&self, rows: &[usize]) -> Self {
        let mut out = Self::zeros(rows.len(), self.columns);
        for (to, from) in rows.iter().enumerate() {
            out.row_mut(to).copy_from_slice(self.row(*from));
        }
        out
    }

    /// Scales each row to length one; rows of zeros stay.
    pub fn normalize(&mut self) {
        for row in 0..self.rows {
            unit(self.row_mut(row));
        }
    }
}

/// The inner product, in eight lanes so that the compiler can use wide registers.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 8];
    let (left, right) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = left.remainder().iter().zip(right.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in left.zip(right) {
        for lane in 0..8 {
            lanes[lane] += x[lane] * y[lane];
        }
    }
    lanes.iter().sum::<f32>() + rest
}

/// Adds `scale` times `b` to `a`.
pub(super) fn add(a: &mut [f32], b: &[f32], scale: f32) {
    for (x, y) in a.iter_mut().zip(b) {
        *x += scale * y;
    }
}

/// Scales to length one; zeros stay.
pub(super) fn unit(row: &mut [f32]) {
    let length = dot(row, row).sqrt();
    if length > 1e-12 {
        for value in row {
            *value /= length;
        }
    }
}

/// Makes the columns of `matrix` orthonormal (Gram and Schmidt, twice for accuracy); a column
/// that depends on those before it becomes zero. Kept transposed: each row here is a column there.
pub(super) fn orthonormalize(matrix: &mut Matrix) {
    for row in 0..matrix.rows {
        let mut current = matrix.row(row).to_vec();
        let before = dot(&current, &current).sqrt();
        for _ in 0..2 {
            for other in 0..row {
                let base = matrix.row(other);
                let share = dot(&current, base);
                add(&mut current, base, -share);
            }
        }
        if dot(&current, &current).sqrt() > 1e-5 * before.max(1e-12) {
            unit(&mut current);
        } else {
            current.fill(0.0);
        }
        matrix.row_mut(row).copy_from_slice(&current);
    }
}
