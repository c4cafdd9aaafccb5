use super::*;

fn rows(given: &[[f32; 2]]) -> Matrix {
    let mut rows = Matrix::zeros(given.len(), 2);
    for (row, values) in given.iter().enumerate() {
        rows.row_mut(row).copy_from_slice(values);
    }
    rows.normalize();
    rows
}

const THREE: [[f32; 2]; 12] = [
    [1.0, 0.0],
    [1.0, 0.05],
    [1.0, -0.05],
    [0.98, 0.02],
    [0.0, 1.0],
    [0.05, 1.0],
    [-0.05, 1.0],
    [0.02, 0.97],
    [-1.0, -1.0],
    [-1.0, -0.9],
    [-0.9, -1.0],
    [-1.0, -0.95],
];

#[test]
fn clear_groups_are_found_for_every_seed() {
    let rows = rows(&THREE);
    for seed in 0..20 {
        assert_eq!(kmeans(&rows, 3, 4, seed), [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]);
    }
}

#[test]
fn the_silhouette_is_that_of_its_definition() {
    let rows = rows(&THREE);
    let groups = [0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 0];
    let distance = |a: usize, b: usize| f64::from(1.0 - dot(rows.row(a), rows.row(b)));
    let mean = |a: usize, group: usize| {
        let others: Vec<f64> =
            (0..12).filter(|b| *b != a && groups[*b] == group).map(|b| distance(a, b)).collect();
        others.iter().sum::<f64>() / others.len() as f64
    };
    let expected: f64 = (0..12)
        .map(|a| {
            let inside = mean(a, groups[a]);
            let outside = (0..3)
                .filter(|group| *group != groups[a])
                .map(|group| mean(a, group))
                .fold(f64::MAX, f64::min);
            (outside - inside) / outside.max(inside)
        })
        .sum::<f64>()
        / 12.0;
    assert!((f64::from(silhouette(&rows, &groups)) - expected).abs() < 1e-4);
}

#[test]
fn more_groups_than_rows_and_no_rows_are_no_trouble() {
    assert!(kmeans(&Matrix::zeros(0, 2), 3, 2, 0).is_empty());
    assert_eq!(kmeans(&rows(&[[1.0, 0.0], [0.0, 1.0]]), 5, 3, 0), [0, 1]);
    let same = kmeans(&rows(&[[1.0, 0.0]; 5]), 3, 3, 0);
    assert_eq!(same, [0; 5]);
    assert!(by_itself(&Matrix::zeros(0, 2), 0).is_empty());
}
