//! Draws every text towards its nearest neighbours, so that chains of near meanings close up.
#![expect(
    clippy::indexing_slicing,
    reason = "every index is a row below the number of rows it was made from"
)]

use super::matrix::{Matrix, add, dot};

const NEIGHBOURS: usize = 14;
const ROUNDS: usize = 4;

/// Smooths rows of length one over the graph of their fourteen nearest neighbours, four times by half.
///
/// An edge weighs the cosine, half if only one end counts the other among its nearest; ties go to
/// the lower row. Quadratic: the caller bounds the rows.
pub(super) fn smooth(features: &Matrix) -> Matrix {
    let edges = edges(features);
    let mut current = features.clone();
    for _ in 0..ROUNDS {
        let mut next = current.clone();
        for (row, near) in edges.iter().enumerate() {
            let total: f32 = near.iter().map(|(_, weight)| weight).sum();
            if total > 0.0 {
                for (other, weight) in near {
                    add(next.row_mut(row), current.row(*other), weight / total);
                }
            }
        }
        next.normalize();
        current = next;
    }
    current
}

fn edges(features: &Matrix) -> Vec<Vec<(usize, f32)>> {
    let count = features.rows;
    let nearest = NEIGHBOURS.min((count / 6).max(2)).min(count.saturating_sub(1));
    let mut edges: Vec<Vec<(usize, f32)>> = vec![Vec::new(); count];
    let mut near: Vec<(f32, usize)> = Vec::with_capacity(count);
    for row in 0..count {
        near.clear();
        near.extend(
            (0..count)
                .filter(|other| *other != row)
                .map(|other| (dot(features.row(row), features.row(other)), other)),
        );
        if nearest > 0 && near.len() > nearest {
            near.select_nth_unstable_by(nearest - 1, |a, b| {
                b.0.total_cmp(&a.0).then(a.1.cmp(&b.1))
            });
            near.truncate(nearest);
        }
        near.sort_unstable_by_key(|(_, other)| *other);
        for (cosine, other) in near.iter().filter(|(cosine, _)| *cosine > 0.0) {
            edges[row].push((*other, cosine / 2.0));
            edges[*other].push((row, cosine / 2.0));
        }
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_come_closer_and_strangers_do_not() {
        let mut rows = Matrix::zeros(6, 3);
        let given = [
            [1.0, 0.2, 0.0],
            [1.0, 0.0, 0.2],
            [1.0, 0.1, 0.1],
            [0.0, 1.0, -0.2],
            [0.0, 1.0, 0.2],
            [0.0, 0.9, 0.0],
        ];
        for (row, values) in given.iter().enumerate() {
            rows.row_mut(row).copy_from_slice(values);
        }
        rows.normalize();
        let smooth = smooth(&rows);
        let cosine = |m: &Matrix, a: usize, b: usize| dot(m.row(a), m.row(b));
        assert!(cosine(&smooth, 0, 1) > cosine(&rows, 0, 1) + 0.01);
        assert!(cosine(&smooth, 3, 4) > cosine(&rows, 3, 4) + 0.01);
        assert!(cosine(&smooth, 0, 3) < 0.3);
    }

    #[test]
    fn one_row_and_none_stay() {
        assert_eq!(smooth(&Matrix::zeros(0, 4)).rows, 0);
        let mut one = Matrix::zeros(1, 2);
        one.row_mut(0)[1] = 1.0;
        assert!((smooth(&one).row(0)[1] - 1.0).abs() < 1e-6);
    }
}
