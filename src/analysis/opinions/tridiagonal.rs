//! The top of a symmetric tridiagonal matrix, into which the iteration of [`super::map`] turns
//! the votes.
#![expect(clippy::indexing_slicing, reason = "all positions are below the size")]

/// The largest eigenvalue of a symmetric tridiagonal matrix and its unit vector: bisection on the
/// signs of the pivots, then inverse iteration just above the eigenvalue, where the matrix is
/// definite and elimination needs no exchanges.
pub(super) fn top(diagonal: &[f64], beside: &[f64]) -> (f64, Vec<f64>) {
    let size = diagonal.len();
    let after = |at: usize| beside.get(at).copied().unwrap_or(0.0);
    let before = |at: usize| if at == 0 { 0.0 } else { after(at - 1) };
    let mut low = diagonal.iter().copied().fold(f64::MIN, f64::max);
    let mut high = (0..size).map(|i| diagonal[i] + after(i) + before(i)).fold(low, f64::max);
    let is_above = |shift: f64| {
        let mut pivot = 1.0;
        for (at, value) in diagonal.iter().enumerate() {
            pivot = shift - value - before(at) * before(at) / pivot;
            if pivot <= 0.0 {
                return false;
            }
        }
        true
    };
    let grain = high.abs() * 4.0 * f64::EPSILON;
    while high - low > grain {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if is_above(middle) { high = middle } else { low = middle }
    }
    let shift = high + grain.max(f64::MIN_POSITIVE);
    let mut vector = vec![1.0; size];
    let mut pivots = vec![0.0; size];
    for _ in 0..4 {
        for at in 0..size {
            let last = if at == 0 { 1.0 } else { pivots[at - 1] };
            let pivot: f64 = shift - diagonal[at] - before(at) * before(at) / last;
            pivots[at] = if pivot.abs() < f64::MIN_POSITIVE { grain.max(1e-300) } else { pivot };
            if at > 0 {
                vector[at] += before(at) / pivots[at - 1] * vector[at - 1];
            }
        }
        for at in (0..size).rev() {
            let next = vector.get(at + 1).copied().unwrap_or(0.0);
            vector[at] = (vector[at] + after(at) * next) / pivots[at];
        }
        let largest = vector.iter().fold(0.0_f64, |best, x| best.max(x.abs()));
        if largest > 0.0 && largest.is_finite() {
            for x in &mut vector {
                *x /= largest;
            }
        }
        let length = vector.iter().map(|x| x * x).sum::<f64>().sqrt();
        for x in &mut vector {
            *x /= length;
        }
    }
    (f64::midpoint(low, high), vector)
}

#[cfg(test)]
mod tests {
    use super::top;

    #[test]
    fn the_second_difference_matrix_has_its_known_top() {
        // Diagonal 2, beside it 1: eigenvalues 2 + 2 cos(j pi / (n + 1)), vectors sin(i j pi / ..).
        for size in [1_u32, 2, 3, 10, 60] {
            let count = usize::try_from(size).unwrap();
            let (value, vector) = top(&vec![2.0; count], &vec![1.0; count - 1]);
            let angle = std::f64::consts::PI / f64::from(size + 1);
            assert!((value - (2.0 + 2.0 * angle.cos())).abs() < 1e-12, "{size}: {value}");
            let length = (f64::from(size + 1) / 2.0).sqrt();
            for (at, x) in (1..).zip(&vector) {
                let known = (angle * f64::from(at)).sin() / length;
                assert!((x - known).abs() < 1e-9, "{size} {at}: {x} {known}");
            }
        }
    }

    #[test]
    fn zero_and_diagonal_matrices_have_a_top_too() {
        assert!(top(&[0.0, 0.0], &[0.0]).0.abs() < 1e-300);
        let (value, vector) = top(&[1.0, 5.0, 3.0], &[0.0, 0.0]);
        assert!((value - 5.0).abs() < 1e-12);
        assert!((vector[1] - 1.0).abs() < 1e-9 && vector.iter().all(|x| x.is_finite()));
    }
}
