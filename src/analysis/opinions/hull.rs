//! The outline of a group on the map.

/// The convex hull of points, counterclockwise from the leftmost (of those the lowest) point,
/// without points on its edges (Andrew's monotone chain, 1979).
///
/// One point gives itself, points on a line their two ends; points that are not finite are left
/// out.
pub fn hull(points: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let mut sorted: Vec<[f64; 2]> =
        points.iter().copied().filter(|p| p.iter().all(|x| x.is_finite())).collect();
    sorted.sort_by(|a, b| order(*a).partial_cmp(&order(*b)).unwrap_or(std::cmp::Ordering::Equal));
    sorted.dedup();
    if sorted.len() < 3 {
        return sorted;
    }
    let mut outline = chain(sorted.iter().copied());
    outline.extend(chain(sorted.iter().rev().copied()));
    outline
}

/// For sorting; adding zero makes both zeros the same.
fn order(point: [f64; 2]) -> (f64, f64) {
    let [x, y] = point;
    (x + 0.0, y + 0.0)
}

/// One half of the hull, without its last point, which begins the other half.
fn chain(points: impl Iterator<Item = [f64; 2]>) -> Vec<[f64; 2]> {
    let mut kept: Vec<[f64; 2]> = vec![];
    for point in points {
        while let [.., before, last] = kept.as_slice() {
            if turn(*before, *last, point) > 0.0 {
                break;
            }
            kept.pop();
        }
        kept.push(point);
    }
    kept.pop();
    kept
}

/// Positive where the way from `a` over `b` to `c` turns left.
fn turn(a: [f64; 2], b: [f64; 2], c: [f64; 2]) -> f64 {
    let ([ax, ay], [bx, by], [cx, cy]) = (a, b, c);
    (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
}

#[cfg(test)]
mod tests {
    use super::{hull, turn};
    use crate::analysis::rng::Rng;

    #[test]
    fn the_hull_of_a_square_is_its_corners_counterclockwise() {
        let points =
            [[0.5, 0.5], [1.0, 1.0], [0.0, 0.0], [0.5, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]];
        assert_eq!(hull(&points), [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]);
    }

    #[test]
    fn few_points_and_lines_have_small_hulls() {
        assert!(hull(&[]).is_empty());
        assert_eq!(hull(&[[2.0, 3.0], [2.0, 3.0]]), [[2.0, 3.0]]);
        assert_eq!(hull(&[[2.0, 2.0], [0.0, 0.0], [1.0, 1.0]]), [[0.0, 0.0], [2.0, 2.0]]);
        assert_eq!(hull(&[[f64::NAN, 0.0], [1.0, 0.0]]), [[1.0, 0.0]]);
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "the same points are compared")]
    fn exactly_the_points_that_some_line_cuts_off_are_on_the_hull() {
        for seed in 0..30 {
            let mut rng = Rng::new(seed);
            // No three of these are on a line, almost surely.
            let points: Vec<[f64; 2]> =
                (0..25).map(|_| [rng.unit() - 0.5, rng.unit() - 0.5]).collect();
            let outline = hull(&points);
            for &p in &points {
                // By brute force: a corner is the start of an edge that has all others on its left.
                let corner = points.iter().any(|&q| {
                    q != p && points.iter().all(|&r| r == p || r == q || turn(p, q, r) > 0.0)
                });
                assert_eq!(corner, outline.contains(&p));
            }
            let round = outline.iter().zip(outline.iter().cycle().skip(1));
            for ((&a, &b), &c) in round.zip(outline.iter().cycle().skip(2)) {
                assert!(turn(a, b, c) > 0.0);
            }
        }
    }
}
